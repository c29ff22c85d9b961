"""The knitter and the boatman."""

from coop.kit.knitting.arrays import Point
from coop.kit.knitting.bands import motif_band, plain, stripes
from coop.kit.knitting.creatures.family import chart_of, darning_needle, head, hem, mouth, rows_in
from coop.kit.knitting.creatures.parts import (
    Bead,
    Cord,
    Creature,
    Fringe,
    Part,
    Parts,
    Pompom,
    Strands,
    Tassel,
    Tube,
    both,
)
from coop.kit.knitting.creatures.wool import ball_of_wool
from coop.kit.knitting.fabric import patched, solid

_FACE = (92.0, 114.0, 132.0, 143.0, 145.0, 140.0, 124.0, 94.0, 56.0)


def _face(skin: str, cheek: str) -> Parts:
    return (
        *both(
            Bead((56, -712), 13),
            Cord(((34, -746), (56, -756), (80, -746)), 4.4, "near_black", shade=0.2),
            Tube(
                ((70, -672), (96, -672)), (15,), solid(cheek), stitch=13, caps=(13, 13), shade=0.1
            ),
        ),
        Tube(((0, -706), (0, -668)), (13, 18), solid(skin), stitch=12, caps=(12, 16), shade=0.45),
        mouth(-622, 32, "cochineal"),
    )


def _knitter_shawl(blue: str, gold: str, red: str) -> Tube:
    return Tube(
        spine=((74, -556), (116, -488), (58, -412), (-10, -352)),
        widths=(40, 58, 50, 14),
        chart=chart_of(*[stripes((blue, 3), (gold, 1), (red, 2), (gold, 1)) for _ in range(6)]),
        stitch=18,
        gather=0.2,
        roundness=0.75,
        caps=(18, 10),
        seed=7,
    )


def _knitter_arm(blue: str) -> Tube:
    return Tube(
        spine=((100, -530), (178, -476), (166, -402), (84, -384)),
        widths=(40, 43, 42, 36),
        chart=patched(solid(blue), (lambda _i, j: j > 14, solid("skin"))),
        stitch=18,
        caps=(30, 34),
        seed=6,
    )


def _knitter_knitting(blue: str, gold: str) -> Tube:
    return Tube(
        spine=((0, -392), (2, -352), (0, -306)),
        widths=(40, 41, 40),
        chart=chart_of(
            stripes((gold, 3), ("undyed_white", 1), (blue, 2), ("undyed_white", 1), (gold, 30))
        ),
        stitch=11,
        roundness=0.35,
        bow=0,
        folds=3,
        shade=0.6,
    )


def _knitter_plait(dark: str) -> Tube:
    return Tube(
        spine=((116, -668), (150, -560), (140, -440), (150, -370)),
        widths=(28, 27, 24, 17),
        chart=solid(dark),
        stitch=24,
        gather=1,
        roundness=0.9,
        bow=0.9,
        seed=9,
    )


def knitter() -> Creature:
    red, dark, skin, blue, gold = "cochineal", "near_black", "fawn", "indigo", "qolle"
    stitch = 16.5
    total = rows_in(372, stitch)
    hands = motif_band("manos", (red, skin, gold, blue))
    skirt = [
        *plain(red, total - len(hands) - 8),
        *hands,
        *stripes((gold, 1), (red, 1), (blue, 2), (red, 1), (gold, 1), (red, 4)),
    ]
    shawl = _knitter_shawl(blue, gold, red)
    arm = _knitter_arm(blue)
    knitting = _knitter_knitting(blue, gold)
    plait = _knitter_plait(dark)
    hair = patched(
        solid("skin"),
        (lambda i, j: (j < 9) & (abs(i) + 11 > j * 1.5), solid(dark)),
        (lambda i, _j: abs(i) > 8, solid(dark)),
    )
    needles = both(
        Strands((((-100, -306), (66, -424)),), "cream", 8),
    )
    return Creature(
        key="knitter-finger-puppet",
        ground="moss",
        props=darning_needle(338, "indigo"),
        parts=(
            Tube(((0, -590), (0, -300)), (78, 118, 132, 130), solid(blue), seed=3),
            Tube(
                ((0, -372), (0, 0)),
                (122, 156, 186, 208, 224, 232),
                chart_of(skirt),
                stitch=stitch,
                gather=0.55,
                folds=2.5,
                seed=4,
            ),
            hem(red, 232, stitch=18),
            *both(shawl),
            head(hair, top=-872, chin=-548, widths=_FACE, stitch=17),
            *_face("skin", "pink"),
            *both(plait, Tassel((150, -384), 62, 18, (red, "pink"), seed=8)),
            Tube(
                ((0, -1000), (0, -820)),
                (64, 108, 116, 120),
                solid(dark),
                stitch=18,
                caps=(58, 0),
                bow=0.2,
            ),
            Tube(
                ((-196, -812), (0, -792), (196, -812)),
                (26, 30, 26),
                solid(dark),
                stitch=17,
                caps=(26, 26),
                bow=0,
                shade=0.6,
            ),
            Cord(((-121, -850), (0, -834), (121, -850)), 9, red),
            Bead((0, -416), 13, "#D99B22"),
            knitting,
            *needles,
            *both(arm),
            Cord(((34, -308), (120, -276), (196, -214), (196, -110)), 4.6, gold),
            *ball_of_wool((200, -62), 54, gold),
        ),
        scale=1.27,
    )


def _boatman_flap(blue: str, cream: str, gold: str, green: str) -> Tube:
    return Tube(
        spine=((118, -796), (136, -716), (132, -640)),
        widths=(46, 46, 12),
        chart=chart_of(stripes((blue, 5), (gold, 1), (cream, 2), (gold, 1), (green, 20))),
        stitch=16,
        roundness=0.7,
        gather=0.1,
        seed=5,
    )


def _boatman_arm(blue: str, face: str) -> Tube:
    return Tube(
        spine=((150, -420), (236, -372), (262, -300)),
        widths=(58, 52, 36),
        chart=patched(solid(blue), (lambda _i, j: j > 8, solid(face))),
        stitch=18,
        caps=(30, 34),
        seed=6,
    )


def _reed_boat(reed: str, rope: str) -> Parts:
    """A boat of bundled reeds in which he stands: its ends turned up, its bundles bound."""
    line: tuple[Point, ...] = (
        (-372, -214), (-330, -120), (-228, -40), (0, -6), (228, -40), (330, -120), (372, -214),
    )  # fmt: skip
    rows = chart_of([(reed, reed, reed, "fawn")])
    bound: list[Part] = []
    for x, lean, half in ((-286, -0.75, 40), (-160, -0.34, 62), (-54, -0.1, 70)):
        for aside in (-6, 7):
            foot = -6 - 34 * (x / 228) ** 2 - 36 * max(0.0, (abs(x) - 228) / 100)
            ends = ((x + aside + lean * half, foot - half), (x + aside - lean * half, foot + half))
            bound.append(Cord(ends, 6.4, rope, shade=0.5, is_tapered=False))
    boat = Tube(
        line, (8, 34, 60, 74, 60, 34, 8), rows, stitch=17, caps=(16, 16), gather=0.7, shade=0.6,
        seed=8,
    )  # fmt: skip
    return (boat, *both(*bound))


def boatman() -> Creature:
    blue, skin, green, gold, cream = "indigo", "brown", "chilca", "qolle", "cream"
    face = "skin"
    stitch = 19.0
    total = rows_in(505, stitch)
    reeds = motif_band("totora", (cream, green, gold, blue))
    poncho_rows = [
        *plain(blue, total - len(reeds) - 13),
        *stripes((gold, 1), (blue, 2), (green, 1), (gold, 1)),
        *reeds,
        *stripes((gold, 1), (green, 2), (blue, 1), (gold, 1), (blue, 3)),
    ]
    flap = _boatman_flap(blue, cream, gold, green)
    hat = chart_of(
        stripes((blue, 4), (gold, 1), (green, 2), (gold, 1)),
        [(cream, cream, blue, blue), (cream, blue, blue, cream), (blue, blue, cream, cream)],
        stripes((gold, 1), (blue, 2), (green, 2), (gold, 20)),
    )
    arm = _boatman_arm(blue, face)
    return Creature(
        key="boatman-finger-puppet",
        ground="clay",
        parts=(
            Tube(((0, -180), (0, 0)), (150, 158, 160), solid(skin), rib=(6, 99), seed=3),
            hem(skin, 160),
            Strands((((276, -1010), (262, -60)),), "fawn", 17),
            *both(arm),
            Fringe((-226, -70), (226, -70), 62, (blue, gold, green), 26, width=5, seed=3),
            Tube(
                ((0, -590), (0, -76)),
                (60, 138, 180, 204, 220, 232, 240),
                chart_of(poncho_rows),
                stitch=stitch,
                roundness=0.86,
                gather=0.1,
                folds=4,
                seed=5,
            ),
            head(
                patched(solid(face), (lambda i, j: (j < 10) | (abs(i) > 9), solid("near_black"))),
                top=-872,
                chin=-548,
                widths=_FACE,
                stitch=17,
            ),
            *_face(face, "rose"),
            *both(flap, Tassel((132, -650), 92, 20, (gold, green, blue), seed=7)),
            Tube(
                ((0, -1010), (0, -770)),
                (10, 84, 126, 144, 151, 152),
                hat,
                stitch=17,
                bow=0.18,
                gather=0.4,
                shade=0.6,
                seed=6,
            ),
            hem(gold, 152, y=-768, stitch=16),
            Pompom((0, -1022), 44, (gold, green, blue), seed=3),
            *_reed_boat("ochre", blue),
        ),
        scale=1.2,
        foot=(632, 1416),
    )


PEOPLE = (knitter, boatman)
