"""The waiting fox, the lake frog and the diving grebe."""

from coop.kit.knitting.bands import motif_band, plain
from coop.kit.knitting.creatures.family import (
    chart_of,
    ear,
    eyes,
    row_of_stitches,
    rows_in,
    smile,
    wheel,
)
from coop.kit.knitting.creatures.parts import (
    Bead,
    Cord,
    Creature,
    Part,
    Parts,
    Strands,
    Tassel,
    Tube,
    both,
)
from coop.kit.knitting.fabric import patched, solid


def _fox_paw(coat: str, dark: str) -> Tube:
    return Tube(
        ((74, -250), (80, -120), (84, -20)),
        (52, 50, 52),
        patched(solid(coat), (lambda _i, j: j > 6, solid(dark))),
        stitch=20,
        caps=(40, 40),
        seed=5,
    )


def _fox_tail(coat: str, white: str) -> Tube:
    return Tube(
        ((218, -90), (320, -50), (250, 26), (60, 30), (-130, 4), (-300, -30)),
        (44, 70, 82, 84, 74, 8),
        patched(solid(coat), (lambda i, j: j > 31 + (i % 2), solid(white))),
        stitch=21,
        gather=0.1,
        bow=0.1,
        caps=(40, 0),
        shade=0.65,
        seed=7,
    )


def _fox_haunch(coat: str) -> Tube:
    return Tube(
        ((190, -300), (232, -190), (216, -50)),
        (70, 104, 86),
        solid(coat),
        stitch=21,
        caps=(64, 64),
        seed=6,
    )


def waiting_fox() -> Creature:
    coat, white, dark, lake = "orange", "cream", "near_black", "lake"
    sash = [
        *plain(white, 1),
        *plain(lake, 1),
        *motif_band("zorro", (lake, coat, white, dark)),
        *plain(lake, 1),
        *plain(white, 1),
    ]
    total = rows_in(640, 20)
    rows = [*plain(coat, total - len(sash) - 12), *sash, *plain(coat, 12)]
    bib = (lambda i, j: (j < 15) & (abs(i) <= 7 - j * 0.4), solid(white))
    face = patched(
        solid(coat),
        (lambda i, j: (j >= 11) & (abs(i) <= 13) & (abs(i) >= (21 - j) * 0.66), solid(white)),
    )
    paw = _fox_paw(coat, dark)
    tail = _fox_tail(coat, white)
    haunch = _fox_haunch(coat)
    parts: tuple[Part, ...] = (
        *both(haunch),
        Tube(
            ((0, -640), (0, 0)),
            (104, 138, 164, 184, 202, 216, 224, 222, 204),
            patched(chart_of(rows), bib),
            stitch=20,
            caps=(0, 40),
            seed=3,
        ),
        *both(paw),
        tail,
        *ear(
            ((92, -900), (122, -1010), (154, -1122)),
            (80, 62, 4),
            patched(solid(coat), (lambda _i, j: j > 9, solid(dark))),
            "cream",
        ),
        Tube(
            ((0, -1010), (0, -580)),
            (118, 150, 178, 194, 198, 184, 150, 108, 62),
            face,
            caps=(130, 0),
            gather=0.4,
            bow=0.2,
            seed=4,
        ),
        Tube(
            ((0, -776), (0, -724), (0, -668)),
            (54, 72, 58),
            solid(white),
            stitch=18,
            caps=(48, 48),
            bow=0.25,
        ),
        Tube(((0, -778), (0, -750), (0, -730)), (30, 28, 12), solid(dark), stitch=12, caps=(16, 8)),
        Cord(((0, -732), (0, -706)), 4.2, dark, shade=0.2),
        smile(0, -696, 34, dark),
        *eyes(84, -790, 19),
        *both(Cord(((54, -824), (86, -838), (116, -820)), 4.6, dark)),
    )
    return Creature(key="waiting-fox", ground="straw", parts=parts, scale=1.16, foot=(640, 1400))


def _frog_thigh(gold: str, green: str) -> Tube:
    return Tube(
        ((186, -260), (336, -236), (360, -100), (250, -30)),
        (76, 112, 104, 60),
        patched(solid(green), (lambda i, j: (i * 5 + j * 7) % 29 == 0, solid(gold))),
        stitch=21,
        caps=(60, 40),
        seed=5,
    )


def _frog_toes(green: str) -> Parts:
    return tuple(
        Tube(
            ((270 + x * 0.3, -34), (286 + x, 2 + abs(x) * 0.02)),
            (26, 24),
            solid(green),
            stitch=15,
            caps=(10, 22),
            seed=6,
        )
        for x in (70, 0, -66)
    )


def _frog_folds(green: str) -> Parts:
    return tuple(
        Tube(points, widths, solid(green), stitch=18, caps=(26, 26), shade=0.6, seed=8 + number)
        for number, (points, widths) in enumerate(
            (
                (((196, -430), (262, -380), (268, -300)), (20, 34, 18)),
                (((170, -360), (254, -304), (246, -222)), (20, 36, 20)),
                (((150, -286), (232, -228), (214, -140)), (18, 36, 20)),
            )
        )
    )


def _frog_arm(green: str) -> Tube:
    return Tube(
        ((186, -330), (206, -200), (166, -64), (152, -30)),
        (50, 52, 42, 36),
        solid(green),
        stitch=19,
        caps=(40, 16),
        shade=0.6,
        seed=7,
    )


def _frog_chin(green: str) -> Parts:
    return tuple(
        Tube(
            (
                (-half, -446 + y),
                (-half * 0.5, -412 + y),
                (0, -402 + y),
                (half * 0.5, -412 + y),
                (half, -446 + y),
            ),
            (12, 26, 29, 26, 12),
            solid(green),
            stitch=16,
            caps=(20, 20),
            shade=0.6,
            seed=9,
        )
        for half, y in ((186, 34), (160, 0))
    )


def _frog_eye(gold: str, green: str) -> Parts:
    return (
        Tube(
            ((112, -676), (112, -560)),
            (62, 76, 78, 70),
            solid(green),
            stitch=18,
            caps=(58, 20),
            seed=4,
        ),
        wheel((114, -622), 48, solid(gold), stitch=13, seed=3),
        Bead((114, -622), 25),
        Tube(
            ((54, -650), (112, -690), (172, -650)),
            (14, 19, 14),
            solid(green),
            stitch=12,
            caps=(14, 14),
            shade=0.6,
        ),
    )


def lake_frog() -> Creature:
    green, gold, cream, dark = "chilca", "qolle", "cream", "near_black"
    waves = motif_band("olas", (cream, green, gold))
    total = rows_in(600, 21)
    rows = [*plain(green, total - len(waves) - 8), *plain(gold, 1), *waves, *plain(cream, 8)]
    belly = chart_of(rows)
    skin = patched(
        belly,
        (lambda i, j: (abs(i) > 10) | (j < total - len(waves) - 8), solid(green)),
        (lambda i, j: (j < 15) & ((i * 7 + j * 5) % 23 == 0), solid(gold)),
    )
    thigh = _frog_thigh(gold, green)
    toes = _frog_toes(green)
    folds = _frog_folds(green)
    arm = _frog_arm(green)
    fingers = tuple(
        Tube(
            ((154, -44), (154 + x, -2)), (19, 18), solid(green), stitch=13, caps=(8, 16), shade=0.5
        )
        for x in (46, 4, -38)
    )
    chin = _frog_chin(green)
    eye = _frog_eye(gold, green)
    parts: tuple[Part, ...] = (
        *both(thigh),
        Tube(
            ((0, -600), (0, 0)),
            (190, 222, 244, 248, 236, 234, 246, 256, 252, 226),
            skin,
            stitch=21,
            caps=(120, 50),
            gather=0.3,
            bow=0.15,
            seed=3,
        ),
        *both(*folds),
        *both(*toes),
        *chin,
        *both(*eye),
        Cord(((-196, -488), (-110, -452), (0, -440), (110, -452), (196, -488)), 7, dark, shade=0.6),
        *both(Cord(((196, -486), (214, -498)), 6, dark), Bead((24, -520), 5, "#22301a")),
        *both(arm, *fingers),
    )
    return Creature(key="lake-frog", ground="rose", parts=parts, scale=1.27, foot=(640, 1240))


def _grebe_wing(brown: str, dark: str) -> Tube:
    return Tube(
        ((60, -330), (-60, -296), (-168, -232)),
        (50, 66, 10),
        patched(solid(brown), (lambda _i, j: j % 4 == 3, solid(dark))),
        stitch=19,
        caps=(40, 0),
        gather=0.1,
        shade=0.65,
        seed=6,
    )


def _grebe_crest(dark: str) -> Strands:
    return Strands(
        tuple(
            (
                (226 + k * 5, -724 - k * 3),
                (170 - k * 8, -760 - k * 9),
                (112 - k * 9 + (k % 3) * 16, -742 - k * 15),
            )
            for k in range(9)
        ),
        dark,
        6.5,
    )


def _grebe_cheek(cream: str) -> Strands:
    return Strands(
        tuple(
            ((262, -648 + k * 3), (216, -640 + k * 8), (172 + (k % 2) * 14, -622 + k * 11))
            for k in range(6)
        ),
        cream,
        5.5,
    )


def diving_grebe() -> Creature:
    brown, cream, dark, red = "brown", "cream", "near_black", "cochineal"
    stitch = 19.0
    total = rows_in(400, stitch)
    reeds = motif_band("totora", (cream, brown, red, dark))
    rows = [
        *plain(brown, total - len(reeds) - 6),
        *plain(dark, 1),
        *reeds,
        *plain(dark, 1),
        *plain(brown, 6),
    ]
    wing = _grebe_wing(brown, dark)
    crest = _grebe_crest(dark)
    cheek = _grebe_cheek(cream)
    parts: tuple[Part, ...] = (
        Tassel((-348, -262), 120, 34, (brown, cream), degrees=72, seed=3),
        Tube(
            ((-10, -400), (-10, 0)),
            (210, 280, 326, 346, 350, 342, 318, 276, 220),
            chart_of(rows),
            stitch=stitch,
            caps=(150, 90),
            gather=0.2,
            bow=0.08,
            seed=3,
        ),
        Tube(
            ((196, -250), (270, -360), (238, -480), (220, -590), (268, -690)),
            (122, 92, 70, 68, 80),
            patched(solid(cream), (lambda i, _j: i > 2, solid(brown))),
            stitch=19,
            caps=(70, 40),
            gather=0.15,
            shade=0.5,
            seed=5,
        ),
        crest,
        Tube(
            ((196, -680), (270, -692), (348, -668), (388, -650)),
            (76, 88, 62, 30),
            patched(solid(brown), (lambda i, j: (i < -1) & (j > 2), solid(cream))),
            stitch=18,
            caps=(70, 20),
            gather=0.15,
            seed=7,
        ),
        Tube(
            ((372, -656), (446, -636), (524, -622)),
            (27, 19, 3),
            solid(dark),
            stitch=12,
            caps=(12, 0),
        ),
        cheek,
        wheel((306, -696), 26, solid(red), hole=3, stitch=9),
        Bead((306, -696), 13),
        wing,
        *row_of_stitches((30, -360), (74, -300), 3, (26, 16), cream, width=5.5),
    )
    return Creature(key="diving-grebe", ground="lake", parts=parts, scale=1.09, foot=(600, 1150))
