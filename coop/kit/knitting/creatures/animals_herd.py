"""The travelling llama and the curly alpaca."""

from coop.kit.knitting.bands import motif_band, plain, stripes
from coop.kit.knitting.creatures.animal_parts import legs, saddle_cloth
from coop.kit.knitting.creatures.family import chart_of, smile
from coop.kit.knitting.creatures.parts import (
    Bead,
    Cord,
    Creature,
    Loops,
    Part,
    Parts,
    Pompom,
    Tassel,
    Tube,
)
from coop.kit.knitting.fabric import patched, solid


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
        *legs((-186, 150), coat, foot, top=-420, dimmed=0.68, shade=0.3),
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
        *legs((-234, 208), coat, foot, top=-460, widths=(88, 66, 58, 57, 60)),
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
        *saddle_cloth(-26, -696, -344, 150, cloth, ("cochineal", second, dark), stitch=15.5),
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


def _alpaca_face(coat: str, dark: str, red: str, wool: tuple[str, ...]) -> Parts:
    return (
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


def curly_alpaca() -> Creature:
    coat, dark, red = "cream", "near_black", "cochineal"
    wool = (coat, coat, "undyed_white")
    collar = [*plain(dark, 1), *motif_band("surcos", (coat, red)), *plain(dark, 1)]
    parts: tuple[Part, ...] = (
        *legs(
            (-150, 118), coat, dark, top=-330, widths=(84, 74, 66, 60, 62), dimmed=0.7, shade=0.3
        ),
        Loops((-142, -236), (84, 120), wool, size=38, form=0.6, seed=3),
        Loops((122, -236), (84, 120), wool, size=38, form=0.6, seed=4),
        *legs((-212, 186), coat, dark, top=-330, widths=(90, 78, 68, 60, 62)),
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
    face = _alpaca_face(coat, dark, red, wool)
    return Creature(
        key="curly-alpaca", ground="lake", parts=parts + face, scale=1.16, foot=(614, 1424)
    )
