"""Little animals that stand on four feet: llama, alpaca, sheep and bull."""

from coop.kit.knitting.bands import Rows, framed, motif_band, plain, stripes
from coop.kit.knitting.creatures.family import chart_of, smile, wheel
from coop.kit.knitting.creatures.parts import (
    Bead,
    Cord,
    Creature,
    Fringe,
    Loops,
    Part,
    Parts,
    Pompom,
    Tassel,
    Tube,
)
from coop.kit.knitting.fabric import patched, solid


def _legs(
    places: tuple[float, ...],
    coat: str,
    foot: str,
    *,
    top: float,
    widths: tuple[float, ...] = (84, 64, 57, 57, 60),
    dimmed: float = 1.0,
    shade: float = 0.5,
) -> Parts:
    """Legs that stand on the ground; those on the far side lie in shade (`dimmed`)."""
    rows = round(-top / 16.4)
    chart = patched(
        solid(coat, dimmed=dimmed),
        (lambda _i, j: j > rows - 5, solid(foot, dimmed=dimmed)),
    )
    return tuple(
        Tube(
            ((x, top), (x, 4)),
            widths,
            chart,
            stitch=21,
            caps=(70, 28),
            shade=shade,
            seed=6 + number,
        )
        for number, x in enumerate(places)
    )


def _saddle_cloth(
    x: float,
    top: float,
    bottom: float,
    half: float,
    rows: Rows,
    fringe: tuple[str, ...],
    *,
    stitch: float,
    roundness: float = 0.4,
) -> Parts:
    """A blanket over the back, knitted apart, its fringe knotted in."""
    return (
        Fringe(
            (x - half + 8, bottom),
            (x + half - 8, bottom),
            72,
            fringe,
            round(half / 9),
            width=4.6,
            seed=4,
        ),
        Tube(
            ((x, top), (x, (top + bottom) / 2), (x, bottom)),
            (half - 10, half + 1, half),
            chart_of(rows),
            stitch=stitch,
            roundness=roundness,
            gather=0.6,
            bow=0,
            folds=3,
            shade=0.6,
            seed=10,
        ),
    )


def _travelling_llama(colour: str) -> Creature:
    is_fawn = colour == "fawn"
    coat, foot = (colour, "brown") if is_fawn else (colour, "near_black")
    muzzle, second = ("cream", "indigo") if is_fawn else ("cream", "qolle")
    figure = "cream" if is_fawn else "undyed_white"
    dark = "indigo" if is_fawn else "near_black"
    cloth = [
        *stripes((dark, 2), (second, 1), ("cochineal", 1)),
        *motif_band("llamas", ("cochineal", figure, second, dark)),
        *stripes(("cochineal", 1), (second, 1)),
        (dark, figure, figure, dark),
        (dark, dark, figure, figure),
        *stripes((second, 1), ("cochineal", 2), (dark, 1), ("cochineal", 3)),
    ]
    parts: tuple[Part, ...] = (
        *_legs((-186, 150), coat, foot, top=-420, dimmed=0.68, shade=0.3),
        Pompom((-342, -566), 56, (coat, "cream"), seed=2),
        Tube(
            ((-352, -470), (-200, -500), (0, -490), (160, -480), (288, -500)),
            (120, 178, 190, 182, 90),
            solid(coat),
            stitch=21,
            caps=(110, 60),
            gather=0.1,
            bow=0,
            seed=5,
        ),
        *_legs((-234, 208), coat, foot, top=-460, widths=(88, 66, 58, 57, 60)),
        Tube(
            ((152, -372), (250, -600), (274, -800), (270, -966)),
            (132, 112, 88, 62),
            solid(coat),
            stitch=21,
            caps=(110, 40),
            gather=0.2,
            seed=7,
        ),
        *(
            Tube(
                ((258 + x, -962), (246 + x * 1.5, -1052), (252 + x * 1.7, -1128)),
                (29, 29, 4),
                solid(coat),
                stitch=17,
                seed=8,
            )
            for x in (-30, 30)
        ),
        Tube(
            ((292, -982), (300, -1048), (304, -1096)),
            (12, 13, 2),
            solid("rose"),
            stitch=11,
            shade=0.2,
        ),
        Tube(
            ((212, -938), (300, -934), (392, -898), (446, -872)),
            (84, 94, 68, 40),
            patched(solid(coat), (lambda _i, j: j > 9, solid(muzzle))),
            stitch=20,
            caps=(66, 30),
            gather=0.1,
            seed=9,
        ),
        Bead((324, -956), 16),
        Cord(((302, -974), (324, -984), (350, -968)), 5, "near_black"),
        Bead((436, -893), 5.5, "#3a1d1d"),
        Cord(((440, -852), (418, -848), (392, -856)), 4.6, "brown"),
        *(
            Pompom((x, y), 30, (coat, "cream"), seed=14 + number)
            for number, (x, y) in enumerate(((214, -1000), (250, -1022), (290, -1018)))
        ),
        Pompom((262, -1046), 30, ("cochineal", "pink", second), seed=11),
        *_saddle_cloth(-26, -696, -344, 150, cloth, ("cochineal", second, dark), stitch=15.5),
        Cord(((170, -652), (230, -610), (300, -612), (360, -662)), 10, "cochineal"),
        Cord(((168, -630), (230, -588), (300, -590), (358, -642)), 8, second),
        Tassel((286, -598), 96, 28, ("cochineal", "pink"), seed=9),
        Tassel((214, -604), 78, 22, (second, dark), seed=10),
    )
    return Creature(
        key=f"travelling-llama-{colour}",
        ground="clay" if is_fawn else "moss",
        parts=parts,
        scale=1.12,
        foot=(598, 1424),
    )


def travelling_llamas() -> tuple[Creature, ...]:
    return tuple(_travelling_llama(colour) for colour in ("fawn", "undyed_white"))


def curly_alpaca() -> Creature:
    coat, dark, red = "cream", "near_black", "cochineal"
    wool = (coat, coat, "undyed_white")
    collar = [*plain(dark, 1), *motif_band("surcos", (coat, red)), *plain(dark, 1)]
    parts: tuple[Part, ...] = (
        *_legs(
            (-150, 118), coat, dark, top=-330, widths=(84, 74, 66, 60, 62), dimmed=0.7, shade=0.3
        ),
        Loops((-142, -236), (84, 120), wool, size=38, form=0.6, seed=3),
        Loops((122, -236), (84, 120), wool, size=38, form=0.6, seed=4),
        *_legs((-212, 186), coat, dark, top=-330, widths=(90, 78, 68, 60, 62)),
        Loops((-212, -230), (92, 128), wool, size=40, seed=5),
        Loops((188, -230), (92, 128), wool, size=40, seed=6),
        Loops((-316, -500), (74, 92), wool, size=42, seed=7),
        Loops((-20, -452), (322, 206), wool, size=42, seed=8),
        Loops((214, -640), (116, 250), wool, size=40, degrees=6, seed=9),
        Tube(
            ((238, -716), (238, -606)),
            (112, 120, 122),
            chart_of(collar),
            stitch=14,
            roundness=0.9,
            bow=0.25,
            shade=0.6,
        ),
    )
    face: Parts = (
        *(
            Tube(points, (30, 34, 5), solid(coat), stitch=17, seed=8)
            for points in (
                ((176, -950), (128, -1004), (112, -1068)),
                ((306, -950), (358, -1004), (376, -1068)),
            )
        ),
        Loops((240, -962), (118, 96), wool, size=42, seed=12),
        Tube(
            ((240, -968), (240, -738)),
            (96, 104, 100, 88, 72),
            solid(coat),
            stitch=19,
            caps=(80, 60),
            gather=0.3,
            bow=0.2,
            seed=13,
        ),
        Tube(
            ((240, -856), (240, -810), (240, -762)),
            (46, 62, 50),
            solid("undyed_white"),
            stitch=16,
            caps=(42, 42),
        ),
        Tube(
            ((222, -838), (240, -832), (258, -838)),
            (14, 17, 14),
            solid(dark),
            stitch=9,
            caps=(12, 12),
        ),
        Cord(((240, -818), (240, -800)), 3.6, dark, shade=0.2),
        smile(240, -790, 27, dark),
        Bead((186, -878), 17),
        Bead((294, -878), 17),
        Loops((240, -1000), (100, 62), wool, size=40, seed=15),
        Tassel((128, -1030), 78, 20, (red, "pink"), degrees=8, seed=5),
        Tassel((360, -1030), 78, 20, (red, "pink"), degrees=-8, seed=6),
    )
    return Creature(
        key="curly-alpaca", ground="lake", parts=parts + face, scale=1.16, foot=(614, 1424)
    )


def pampa_sheep() -> Creature:
    white, dark, pink, green = "undyed_white", "near_black", "pink", "chilca"
    wool = (white, white, "cream")
    flower = motif_band("flor", (dark, pink, white, "pink", green))
    cloth = [
        *stripes((pink, 1), (green, 1)),
        *framed(flower, dark, 19),
        *stripes((green, 1), (pink, 1)),
        (dark, white, white, dark),
        (white, dark, dark, white),
        (white, pink, pink, white),
        (white, dark, dark, white),
        (dark, white, white, dark),
        *stripes((pink, 1), (green, 1), (dark, 2)),
    ]
    parts: tuple[Part, ...] = (
        *_legs(
            (-178, 120), dark, dark, top=-240, widths=(84, 76, 72, 70, 70), dimmed=0.75, shade=0.3
        ),
        *_legs((-240, 64), dark, dark, top=-240, widths=(86, 78, 74, 72, 72)),
        Loops((-338, -420), (62, 56), wool, size=28, seed=4),
        Loops((-40, -400), (330, 232), wool, size=27, seed=5),
        *_saddle_cloth(-92, -614, -318, 132, cloth, (pink, green, white), stitch=13.6),
        *(
            Tube(points, (28, 42, 34, 8), solid(dark), stitch=17, caps=(10, 12), seed=6)
            for points in (
                ((168, -566), (104, -560), (70, -528), (66, -484)),
                ((316, -566), (380, -560), (414, -528), (418, -484)),
            )
        ),
        Tube(
            ((242, -636), (242, -310)),
            (84, 108, 114, 108, 96, 84, 70),
            solid(dark),
            stitch=20,
            caps=(80, 66),
            gather=0.35,
            bow=0.2,
            seed=7,
        ),
        Loops((242, -610), (124, 74), wool, size=30, seed=8),
        wheel((195, -496), 26, solid("cream"), stitch=11, seed=3),
        wheel((289, -496), 26, solid("cream"), stitch=11, seed=4),
        Bead((198, -494), 17),
        Bead((286, -494), 17),
        Tube(
            ((222, -408), (242, -400), (262, -408)),
            (15, 18, 15),
            solid("rose"),
            stitch=10,
            caps=(13, 13),
        ),
        Cord(((242, -386), (242, -364)), 4.4, "cream", shade=0.2),
        smile(242, -352, 30, "cream", width=4.8),
    )
    return Creature(key="pampa-sheep", ground="sand", parts=parts, scale=1.3, foot=(610, 1340))


def small_bull() -> Creature:
    dark, red, gold, cream = "near_black", "cochineal", "qolle", "cream"
    star = framed(motif_band("estrella", (red, cream, gold, dark)), red, 21)
    cloth = [
        *stripes((gold, 1), (red, 1)),
        *star,
        *stripes((red, 1), (gold, 1)),
        (dark, cream, cream, dark),
        (cream, cream, dark, dark),
        (cream, dark, dark, cream),
        *stripes((gold, 1), (red, 2), (gold, 1), (red, 3)),
    ]
    horn = Tube(
        ((302, -726), (384, -760), (424, -828), (408, -906)),
        (34, 30, 23, 4),
        solid(cream),
        stitch=15,
        caps=(10, 0),
        seed=6,
    )
    left_horn = Tube(
        ((178, -726), (96, -760), (56, -828), (72, -906)),
        (34, 30, 23, 4),
        solid(cream),
        stitch=15,
        caps=(10, 0),
        seed=7,
    )
    petals: Parts = tuple(
        Pompom((92 + x, -688 + y), 27, (red, "pink"), seed=20 + number)
        for number, (x, y) in enumerate(((0, -32), (31, -10), (19, 26), (-19, 26), (-31, -10)))
    )
    parts: tuple[Part, ...] = (
        *_legs(
            (-190, 110), dark, cream, top=-280, widths=(90, 76, 70, 68, 70), dimmed=0.7, shade=0.3
        ),
        Cord(((-346, -540), (-408, -470), (-404, -330), (-420, -236)), 13, dark),
        Tassel((-420, -250), 110, 30, (dark, "brown"), seed=4),
        Tube(
            ((-366, -440), (-200, -466), (0, -462), (140, -470), (262, -480)),
            (140, 186, 194, 206, 150),
            solid(dark),
            stitch=21,
            caps=(120, 70),
            gather=0.1,
            bow=0,
            seed=5,
        ),
        *_legs((-236, 76), dark, cream, top=-330, widths=(96, 80, 72, 70, 72)),
        *_saddle_cloth(-108, -672, -330, 152, cloth, (red, gold, cream), stitch=14.4),
        horn,
        left_horn,
        *(
            Tube(points, (26, 40, 32, 8), solid(dark), stitch=17, caps=(10, 12), seed=6)
            for points in (
                ((166, -664), (106, -668), (66, -644), (48, -600)),
                ((314, -664), (374, -668), (414, -644), (432, -600)),
            )
        ),
        Tube(
            ((240, -770), (240, -404)),
            (104, 128, 136, 130, 116, 106, 100, 90),
            patched(
                solid(dark),
                (lambda i, j: (abs(i) <= 2 - (j > 5)) & (j > 2) & (j < 9), solid(cream)),
            ),
            stitch=21,
            caps=(90, 70),
            gather=0.35,
            bow=0.2,
            seed=7,
        ),
        *(
            Pompom((240 + x, -768 + y), 32, (dark, "brown"), seed=80 + x)
            for x, y in ((-36, 4), (36, 4), (0, -10))
        ),
        Tube(
            ((240, -548), (240, -488), (240, -424)),
            (78, 98, 84),
            solid("brown"),
            stitch=19,
            caps=(62, 58),
            bow=0.25,
        ),
        Bead((206, -498), 9, "#140c0a"),
        Bead((274, -498), 9, "#140c0a"),
        smile(240, -450, 40, dark, depth=12, width=5),
        wheel((182, -620), 27, solid(cream), stitch=11, seed=3),
        wheel((298, -620), 27, solid(cream), stitch=11, seed=4),
        Bead((186, -617), 18, "#2c1a12"),
        Bead((294, -617), 18, "#2c1a12"),
        Cord(((146, -640), (180, -660), (216, -646)), 7, dark),
        Cord(((334, -640), (300, -660), (264, -646)), 7, dark),
        *petals,
        Pompom((92, -688), 20, (gold,), seed=31),
        Cord(((136, -402), (190, -366), (260, -364), (300, -382)), 11, red),
        Tassel((244, -372), 92, 28, (gold, red), seed=9),
    )
    return Creature(key="small-bull", ground="stone", parts=parts, scale=1.22, foot=(630, 1390))


def animals() -> tuple[Creature, ...]:
    return (*travelling_llamas(), curly_alpaca(), pampa_sheep(), small_bull())
