"""The sheep, the bull and the round guinea pig."""

from coop.kit.knitting.bands import framed, motif_band, plain, stripes
from coop.kit.knitting.creatures.animal_parts import legs, saddle_cloth
from coop.kit.knitting.creatures.family import chart_of, smile, wheel
from coop.kit.knitting.creatures.parts import (
    Bead,
    Cord,
    Creature,
    Loops,
    Part,
    Parts,
    Pompom,
    Strands,
    Tassel,
    Tube,
)
from coop.kit.knitting.fabric import patched, solid


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
        *legs(
            (-178, 120), dark, dark, top=-240, widths=(84, 76, 72, 70, 70), dimmed=0.75, shade=0.3
        ),
        *legs((-240, 64), dark, dark, top=-240, widths=(86, 78, 74, 72, 72)),
        Loops((-338, -420), (62, 56), wool, size=28, seed=4),
        Loops((-40, -400), (330, 232), wool, size=27, seed=5),
        *saddle_cloth(-92, -614, -318, 132, cloth, (pink, green, white), stitch=13.6),
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


def _bull_horn(cream: str) -> Tube:
    return Tube(
        ((302, -726), (384, -760), (424, -828), (408, -906)),
        (34, 30, 23, 4),
        solid(cream),
        stitch=15,
        caps=(10, 0),
        seed=6,
    )


def _bull_left_horn(cream: str) -> Tube:
    return Tube(
        ((178, -726), (96, -760), (56, -828), (72, -906)),
        (34, 30, 23, 4),
        solid(cream),
        stitch=15,
        caps=(10, 0),
        seed=7,
    )


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
    horn = _bull_horn(cream)
    left_horn = _bull_left_horn(cream)
    petals: Parts = tuple(
        Pompom((92 + x, -688 + y), 27, (red, "pink"), seed=20 + number)
        for number, (x, y) in enumerate(((0, -32), (31, -10), (19, 26), (-19, 26), (-31, -10)))
    )
    parts: tuple[Part, ...] = (
        *legs(
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
        *legs((-236, 76), dark, cream, top=-330, widths=(96, 80, 72, 70, 72)),
        *saddle_cloth(-108, -672, -330, 152, cloth, (red, gold, cream), stitch=14.4),
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


def _guinea_pig_foot(dark: str, white: str) -> Parts:
    return tuple(
        Tube(
            ((x, -60), (x + 36, -12), (x + 84, -10)),
            (40, 42, 30),
            solid(dark if x < 0 else white),
            stitch=16,
            caps=(20, 24),
            seed=4,
        )
        for x in (-250, 120)
    )


def _guinea_pig_leaf(dark: str) -> Tube:
    return Tube(
        ((196, -420), (150, -484), (96, -488), (72, -440)),
        (26, 50, 48, 10),
        solid(dark),
        stitch=17,
        caps=(16, 10),
        shade=0.6,
        seed=6,
    )


def _guinea_pig_far_leaf(dark: str) -> Tube:
    return Tube(
        ((262, -424), (252, -498), (216, -530)),
        (24, 40, 8),
        solid(dark, dimmed=0.8),
        stitch=16,
        caps=(10, 6),
    )


def _round_guinea_pig(colour: str) -> Creature:
    is_brown = colour == "brown"
    coat, white, dark = colour, "cream" if is_brown else "undyed_white", "near_black"
    stitch = 20.0
    band = motif_band("ojo", (white, coat, dark, coat))
    rows = [
        *plain(white, 8),
        *plain(coat, 7),
        *stripes((dark, 1), (white, 1)),
        *band,
        *stripes((white, 1), (dark, 1)),
        *plain(coat, 30),
    ]
    foot = _guinea_pig_foot(dark, white)
    leaf = _guinea_pig_leaf(dark)
    far_leaf = _guinea_pig_far_leaf(dark)
    parts: tuple[Part, ...] = (
        far_leaf,
        *foot,
        Tube(
            ((410, -206), (330, -236), (170, -262), (0, -274), (-180, -266), (-370, -214)),
            (136, 178, 214, 242, 254, 246, 190),
            chart_of(rows),
            stitch=stitch,
            caps=(120, 150),
            gather=0.15,
            bow=0.1,
            seed=3,
        ),
        leaf,
        Tube(
            ((394, -262), (398, -232), (392, -204)),
            (16, 26, 18),
            solid("rose"),
            stitch=12,
            caps=(12, 12),
        ),
        Cord(((386, -184), (366, -160), (336, -158)), 5.4, dark),
        Bead((276, -316), 21),
        Cord(((244, -340), (276, -354), (306, -336)), 4.6, coat if is_brown else "brown"),
        Strands(
            (
                ((352, -214), (262, -222), (180, -190)),
                ((350, -200), (266, -190), (190, -150)),
                ((346, -186), (272, -160), (208, -112)),
            ),
            dark,
            3.2,
        ),
    )
    return Creature(
        key=f"round-guinea-pig-{colour}",
        ground="moss" if is_brown else "lake",
        parts=parts,
        scale=1.24,
        foot=(620, 1160),
    )


def round_guinea_pigs() -> tuple[Creature, ...]:
    return tuple(_round_guinea_pig(colour) for colour in ("brown", "fawn"))
