"""Four of the high plain: flamingo, guinea pig, vizcacha and puma."""

from coop.kit.knitting.bands import motif_band, plain
from coop.kit.knitting.creatures.family import (
    arms,
    body,
    darning_needle,
    ear,
    eyes,
    head,
    smile,
    whiskers,
)
from coop.kit.knitting.creatures.parts import Bead, Cord, Creature, Strands, Tube, both
from coop.kit.knitting.fabric import Chart, patched, solid


def _flamingo_wing(dark: str, pink: str) -> Tube:
    return Tube(
        spine=((92, -432), (208, -384), (250, -250), (196, -120)),
        widths=(40, 74, 68, 8),
        chart=patched(solid(pink), (lambda i, j: j > 15 + abs(i) % 2 * 2, solid(dark))),
        caps=(30, 0),
        gather=0.15,
        seed=5,
    )


def _flamingo_neck(pink: str) -> Tube:
    return Tube(
        spine=(
            (-6, -430),
            (62, -560),
            (44, -690),
            (-46, -800),
            (-48, -905),
            (34, -950),
            (98, -905),
        ),
        widths=(84, 58, 50, 48, 50, 58, 46),
        chart=solid(pink),
        stitch=19,
        gather=0.15,
        bow=0.2,
        caps=(0, 30),
        seed=8,
    )


def _flamingo_beak(dark: str, pink: str, white: str) -> Tube:
    return Tube(
        spine=((88, -922), (158, -908), (196, -846), (190, -786)),
        widths=(36, 35, 26, 5),
        chart=patched(
            solid(white),
            (lambda _i, j: j < 3, solid(pink)),
            (lambda _i, j: j > 8, solid(dark)),
        ),
        stitch=13,
        gather=0.5,
        shade=0.45,
        caps=(14, 6),
    )


def flamingo() -> Creature:
    pink, white, dark = "pink", "undyed_white", "near_black"
    belly = [
        *plain(dark, 1),
        *motif_band("pajaro", (white, pink, dark, dark)),
        *plain(dark, 1),
    ]
    wing = _flamingo_wing(dark, pink)
    neck = _flamingo_neck(pink)
    beak = _flamingo_beak(dark, pink, white)
    return Creature(
        key="flamingo-finger-puppet",
        ground="moss",
        props=darning_needle(318, "near_black", y=-40),
        parts=(
            *both(wing),
            neck,
            *body(
                pink,
                belly,
                top=-520,
                widths=(96, 126, 146, 160, 172, 182, 188, 190, 190),
                crown=90,
                seed=5,
            ),
            beak,
            Bead((44, -930), 15),
            Cord(((22, -952), (46, -964), (70, -948)), 4.2, "cochineal"),
            Cord(((112, -896), (150, -878), (176, -832)), 3.6, "cochineal", shade=0.2),
        ),
        scale=1.27,
    )


def _guinea_pig_leaf(brown: str) -> Tube:
    return Tube(
        spine=((148, -650), (190, -704), (236, -722)),
        widths=(24, 34, 16),
        chart=solid(brown),
        stitch=14,
        caps=(14, 30),
        seed=6,
    )


def guinea_pig() -> Creature:
    fawn, brown, cream, gold = "fawn", "brown", "cream", "qolle"
    belly = [
        *plain(gold, 1),
        *motif_band("surcos", (brown, gold)),
        *plain(gold, 1),
    ]
    blaze = (lambda i, j: (abs(i) <= 2) & (j < 19), solid(cream))
    patch = (
        lambda i, j: ((i - 8) ** 2 / 40 + (j - 11) ** 2 / 30 < 1) & (i > 2),
        solid(brown),
    )
    leaf = _guinea_pig_leaf(brown)
    paw = Tube(
        ((168, -360), (100, -366), (44, -392)), (34, 38, 32), solid(cream), stitch=18, caps=(30, 30)
    )
    kernel = Tube(
        ((0, -440), (0, -396), (0, -352)), (26, 38, 24), solid(gold), stitch=13, caps=(26, 26)
    )
    return Creature(
        key="guinea-pig-finger-puppet",
        ground="clay",
        props=darning_needle(300, "qolle"),
        parts=(
            *both(leaf),
            *body(
                fawn,
                belly,
                top=-760,
                widths=(140, 164, 186, 200, 208, 208, 204, 202, 202, 204, 206, 204, 202),
                crown=150,
                marks=(patch, blaze),
                above_hem=2,
                seed=6,
            ),
            Tube(
                ((0, -604), (0, -540), (0, -470)),
                (66, 104, 78),
                solid(cream),
                stitch=18,
                caps=(56, 56),
                bow=0.25,
            ),
            Tube(
                ((-20, -576), (0, -570), (20, -576)),
                (16, 19, 16),
                solid("rose"),
                stitch=10,
                caps=(14, 14),
            ),
            Cord(((0, -556), (0, -528)), 4, brown, shade=0.2),
            Tube(((-9, -524), (-9, -500)), (8, 8), solid("undyed_white"), stitch=7, caps=(4, 4)),
            Tube(((9, -524), (9, -500)), (8, 8), solid("undyed_white"), stitch=7, caps=(4, 4)),
            smile(0, -522, 34, depth=11),
            *whiskers(84, -530, 112, cream, droop=0.12),
            *eyes(122, -616, 19),
            *both(Cord(((98, -644), (124, -655), (148, -636)), 4, brown, shade=0.2)),
            kernel,
            *both(paw),
        ),
        scale=1.28,
    )


def _vizcacha_tail(cream: str) -> Tube:
    return Tube(
        spine=(
            (120, -70),
            (268, -36),
            (392, -84),
            (432, -206),
            (370, -302),
            (290, -262),
            (304, -186),
            (356, -190),
        ),
        widths=(40, 43, 42, 39, 35, 30, 26, 18),
        chart=solid(cream),
        stitch=18,
        caps=(0, 22),
        gather=0.1,
        seed=7,
    )


def _vizcacha_sleepy() -> Strands:
    return Strands(
        (
            ((60, -722), (56, -710), (50, -700)),
            ((82, -716), (82, -704), (80, -692)),
            ((104, -724), (108, -712), (112, -702)),
        ),
        "brown",
        3.4,
        shade=0.1,
    )


def vizcacha() -> Creature:
    fawn, cream, blue, lake = "fawn", "cream", "indigo", "lake"
    belly = [
        *plain(blue, 1),
        *motif_band("cerros", (cream, blue, lake, "undyed_white")),
        *plain(blue, 1),
    ]
    tail = _vizcacha_tail(cream)
    face = patched(
        solid(fawn),
        (lambda i, j: (j > 11) & (abs(i) < (j - 9) * 0.9), solid(cream)),
    )
    closed = Cord(((46, -738), (62, -722), (82, -718), (102, -724), (116, -742)), 6, "brown")
    sleepy = _vizcacha_sleepy()
    return Creature(
        key="vizcacha-finger-puppet",
        ground="stone",
        props=darning_needle(-350, "indigo", degrees=-7),
        parts=(
            tail,
            *ear(
                ((70, -850), (94, -965), (104, -1075)),
                (38, 54, 34),
                solid(fawn),
                "rose",
                caps=(0, 36),
            ),
            *arms(fawn, hand=cream),
            *body(fawn, belly, seed=7),
            head(face, widths=(104, 130, 150, 163, 168, 166, 150, 118, 64)),
            Tube(
                ((0, -716), (0, -672), (0, -622)),
                (54, 72, 56),
                solid(cream),
                stitch=17,
                caps=(46, 46),
            ),
            Tube(
                ((-17, -706), (0, -700), (17, -706)),
                (14, 17, 14),
                solid("rose"),
                stitch=9,
                caps=(12, 12),
            ),
            Cord(((0, -686), (0, -664)), 3.6, "brown", shade=0.2),
            smile(0, -654, 28),
            *whiskers(50, -676, 168, "brown", droop=0.42, width=3.2),
            *both(closed, sleepy),
        ),
        scale=1.13,
        foot=(574, 1450),
    )


def _puma_face(cream: str, fawn: str) -> Chart:
    return patched(
        solid(fawn),
        (lambda i, j: (j > 14) & (abs(i) < 7), solid(cream)),
        (lambda i, j: (j > 3) & (j < 9) & (abs(i) == 2), solid("brown")),
        (lambda i, j: (j > 4) & (j < 7) & (i == 0), solid("brown")),
        (lambda i, j: (j > 7) & (j < 11) & ((abs(i) == 4) | (abs(i) == 8)), solid(cream)),
    )


def _puma_tail(blue: str, fawn: str) -> Tube:
    return Tube(
        spine=((130, -60), (268, -36), (352, -130), (330, -262), (356, -392), (410, -452)),
        widths=(34, 36, 34, 33, 36, 32),
        chart=patched(solid(fawn), (lambda _i, j: j > 32, solid(blue))),
        stitch=18,
        caps=(0, 32),
        gather=0.1,
        seed=7,
    )


def puma() -> Creature:
    fawn, blue, gold, cream = "fawn", "indigo", "qolle", "cream"
    belly = [
        *plain(gold, 1),
        *plain(blue, 1),
        *motif_band("luna", (blue, gold, cream)),
        *plain(gold, 1),
    ]
    face = _puma_face(cream, fawn)
    tail = _puma_tail(blue, fawn)
    return Creature(
        key="puma-finger-puppet",
        ground="sand",
        props=darning_needle(-326, "qolle", degrees=-7),
        parts=(
            tail,
            *ear(
                ((98, -800), (128, -862), (138, -918)),
                (62, 62, 42),
                patched(solid(fawn), (lambda _i, j: j > 5, solid("brown"))),
                "rose",
                caps=(0, 44),
            ),
            *arms(fawn, hand=cream, width=52),
            *body(fawn, belly, seed=8),
            head(face, widths=(114, 142, 162, 174, 178, 172, 150, 112, 62)),
            Tube(
                ((-40, -690), (-40, -650), (-40, -606)),
                (38, 50, 40),
                solid(cream),
                stitch=16,
                caps=(36, 36),
            ),
            Tube(
                ((40, -690), (40, -650), (40, -606)),
                (38, 50, 40),
                solid(cream),
                stitch=16,
                caps=(36, 36),
            ),
            Tube(
                ((0, -712), (0, -684), (0, -662)),
                (32, 26, 5),
                solid("rose"),
                stitch=11,
                caps=(14, 0),
            ),
            Cord(((0, -666), (0, -640)), 4, "brown", shade=0.2),
            smile(0, -632, 34),
            *whiskers(58, -652, 176, "undyed_white", droop=0.05, width=3.4),
            *both(
                Bead((74, -756), 21, "#D99B22"),
                Bead((72, -755), 10),
                Cord(((40, -764), (68, -786), (108, -776)), 5.4, "brown"),
            ),
        ),
        foot=(596, 1440),
    )


PAMPA = (flamingo, guinea_pig, vizcacha, puma)
