"""Three from lower down, where trees grow: owl, spectacled bear, hummingbird."""

from coop.kit.knitting.arrays import Point
from coop.kit.knitting.bands import motif_band, plain
from coop.kit.knitting.creatures.family import (
    arms,
    body,
    darning_needle,
    ear,
    eyes,
    head,
    row_of_stitches,
    smile,
    wheel,
)
from coop.kit.knitting.creatures.parts import (
    Bead,
    Cord,
    Creature,
    Part,
    Parts,
    Tassel,
    Tube,
    both,
)
from coop.kit.knitting.fabric import patched, solid


def _owl_eye(middle: Point, seed: int) -> Parts:
    x, y = middle
    return (
        wheel(
            middle,
            84,
            patched(solid("cream"), (lambda _i, j: j % 4 == 0, solid("fawn"))),
            stitch=17,
            seed=seed,
        ),
        wheel(middle, 40, solid("qolle"), stitch=12, seed=seed + 1),
        Bead((x, y), 22),
    )


def _owl_wing(brown: str, cream: str) -> Tube:
    return Tube(
        spine=((126, -470), (222, -420), (252, -280), (206, -110)),
        widths=(50, 74, 66, 10),
        chart=patched(solid(brown), (lambda _i, j: (j > 6) & (j % 4 == 0), solid(cream))),
        caps=(44, 14),
        gather=0.12,
        seed=5,
    )


def owl() -> Creature:
    brown, cream, gold, red = "brown", "cream", "qolle", "cochineal"
    belly = [
        *plain(gold, 1),
        *plain(cream, 1),
        *motif_band("estrella", (cream, red, gold, brown)),
        *plain(cream, 1),
        *plain(gold, 1),
    ]
    specks = (
        lambda i, j: (j < 27) & (j % 5 == 2) & ((i + j // 5 * 2) % 4 == 0) & (abs(i) > 0),
        solid("fawn"),
    )
    wing = _owl_wing(brown, cream)
    tuft = Tube(
        ((116, -800), (150, -872), (160, -946)), (54, 40, 4), solid(brown), stitch=18, seed=5
    )
    return Creature(
        key="owl-finger-puppet",
        ground="straw",
        props=darning_needle(336, "cochineal", y=-50),
        parts=(
            *both(tuft),
            *both(wing),
            *body(
                brown,
                belly,
                top=-868,
                widths=(136, 164, 182, 190, 190, 182, 174, 172, 176, 182, 188, 190, 190, 190),
                crown=130,
                marks=(specks,),
                seed=9,
            ),
            *both(Tassel((142, -888), 66, 16, (cream, "fawn"), degrees=-150, seed=4)),
            *_owl_eye((-80, -660), 11),
            *_owl_eye((80, -680), 12),
            Tube(
                ((0, -640), (0, -600), (0, -556)),
                (20, 27, 4),
                solid(gold),
                stitch=12,
                shade=0.6,
                caps=(12, 0),
            ),
            *both(Cord(((34, -748), (82, -786), (148, -782)), 9, cream)),
        ),
        scale=1.27,
    )


def _spectacled_bear_glasses(cream: str) -> Tube:
    return Tube(
        spine=((8, -700), (36, -770), (92, -786), (128, -736), (108, -672), (58, -660)),
        widths=(12, 15, 16, 16, 15, 10),
        chart=solid(cream),
        stitch=12,
        caps=(10, 10),
        bow=0,
        shade=0.3,
    )


def spectacled_bear() -> Creature:
    dark, cream, orange, gold = "near_black", "cream", "orange", "qolle"
    belly = [
        *plain(gold, 1),
        *motif_band("ojo", (orange, cream, dark, gold)),
        *plain(gold, 1),
    ]
    glasses = _spectacled_bear_glasses(cream)
    return Creature(
        key="spectacled-bear-finger-puppet",
        ground="rose",
        props=darning_needle(322, "orange"),
        parts=(
            *ear(
                ((110, -830), (142, -872), (152, -906)),
                (58, 62, 46),
                solid(dark),
                "brown",
                caps=(0, 44),
            ),
            *arms(dark, width=55),
            *body(
                dark,
                belly,
                widths=(76, 136, 160, 174, 184, 190, 194, 194, 192),
                marks=((lambda i, j: (j < 8) & (abs(i) < 6 - j * 0.6), solid(cream)),),
                seed=10,
            ),
            head(solid(dark), widths=(116, 144, 166, 179, 182, 176, 156, 120, 66)),
            *both(glasses),
            Tube(
                ((0, -716), (0, -658), (0, -596)),
                (58, 78, 58),
                solid(cream),
                stitch=18,
                caps=(50, 48),
            ),
            Tube(
                ((0, -712), (0, -686), (0, -664)),
                (32, 30, 10),
                solid(dark),
                stitch=11,
                caps=(18, 8),
            ),
            Cord(((0, -664), (0, -642)), 4.4, dark, shade=0.2),
            smile(0, -632, 34, dark),
            *eyes(74, -728, 17, "#3a2216"),
        ),
    )


def _hummingbird_wing(dark: str, green: str, lake: str) -> Tube:
    return Tube(
        spine=((84, -430), (214, -480), (324, -590), (366, -770)),
        widths=(40, 84, 84, 6),
        chart=patched(
            solid(green),
            (lambda _i, j: j > 11, solid(lake)),
            (lambda i, j: (j > 13) & (i % 3 == 0), solid(dark)),
        ),
        gather=0.12,
        caps=(26, 0),
        seed=5,
    )


def _hummingbird_beak(dark: str) -> Tube:
    return Tube(
        spine=((96, -704), (196, -744), (372, -830)),
        widths=(24, 14, 3),
        chart=solid(dark),
        stitch=11,
        shade=0.6,
        caps=(10, 0),
    )


def hummingbird() -> Creature:
    green, lake, red, gold, dark = "chilca", "lake", "cochineal", "qolle", "near_black"
    belly = [
        *plain(gold, 1),
        *motif_band("flor", (dark, red, gold, gold, green)),
        *plain(gold, 1),
    ]
    wing = _hummingbird_wing(dark, green, lake)
    face = patched(
        solid(green),
        (lambda i, j: (j > 13) & (abs(i - 2) < 9), solid(red)),
        (lambda i, j: (j > 12) & (j < 15) & (abs(i - 2) < 9) & ((i + j) % 2 == 0), solid(gold)),
        (lambda i, j: (j > 15) & ((i + j) % 3 == 0) & (abs(i - 2) < 8), solid(lake)),
    )
    beak = _hummingbird_beak(dark)
    parts: tuple[Part, ...] = (
        *both(wing),
        *body(green, belly, top=-540, widths=(62, 112, 140, 156, 166, 174, 178, 178, 178), seed=11),
        *row_of_stitches((-128, -408), (-116, -362), 3, (26, -6), gold),
        *row_of_stitches((104, -414), (94, -368), 3, (26, 6), gold),
        beak,
        head(
            face, top=-860, chin=-520, widths=(92, 118, 138, 150, 152, 142, 120, 92, 56), stitch=20
        ),
        Bead((62, -728), 18),
        Cord(((34, -752), (62, -768), (96, -752)), 5, "cream"),
    )
    return Creature(
        key="hummingbird-finger-puppet",
        ground="lake",
        props=darning_needle(296, "cochineal", y=-20, degrees=6),
        parts=parts,
        scale=1.12,
        foot=(640, 1350),
    )


VALLEY = (owl, spectacled_bear, hummingbird)
