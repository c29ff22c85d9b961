"""The llama, the fox and the condor: the three that stand on the first page."""

import math

from coop.kit.knitting.bands import motif_band, plain
from coop.kit.knitting.creatures.family import (
    arms,
    body,
    chart_of,
    darning_needle,
    ear,
    eyes,
    head,
    hem,
    lashes,
    row_of_stitches,
    rows_in,
    smile,
)
from coop.kit.knitting.creatures.parts import (
    Bead,
    Cord,
    Creature,
    Loops,
    Pompom,
    Tassel,
    Tube,
    both,
)
from coop.kit.knitting.fabric import Chart, patched, solid


def _llama_long_body(chart: Chart, total: int) -> Tube:
    return Tube(
        spine=((0, -880), (0, 0)),
        widths=(92, 112, 124, 127, 121, 110, 106, 120, 148, 172, 185, 190, 190, 190),
        caps=(90, 0),
        chart=chart,
        rib=(total - 4, total + 40),
        seed=2,
    )


def _llama_muzzle() -> Tube:
    return Tube(
        spine=((0, -742), (0, -670), (0, -602)),
        widths=(66, 82, 70),
        chart=solid("cream"),
        stitch=19,
        caps=(58, 56),
        gather=0.2,
        bow=0.25,
    )


def llama() -> Creature:
    white, red, gold, blue = "undyed_white", "cochineal", "qolle", "indigo"
    belly = [
        *plain(red, 1),
        *plain(gold, 1),
        *plain(red, 1),
        *motif_band("andenes", (red, white, gold, blue)),
        *plain(red, 1),
        *plain(gold, 1),
        *plain(red, 1),
    ]
    total = rows_in(880)
    chart = chart_of(plain(white, total - 6 - len(belly)), belly, plain(white, 6))
    long_body = _llama_long_body(chart, total)
    muzzle = _llama_muzzle()
    return Creature(
        key="llama-finger-puppet",
        ground="lake",
        props=darning_needle(318, "cochineal"),
        parts=(
            *ear(((60, -815), (80, -900), (71, -990)), (33, 32, 4), solid(white), "rose"),
            *arms(white, width=50),
            long_body,
            hem(white, 190),
            muzzle,
            *eyes(70, -752, 18),
            *lashes(70, -752, 18),
            *both(Bead((21, -690), 6, "#3a1d1d")),
            Cord(((0, -676), (0, -650)), 3.6, "brown", shade=0.2),
            smile(0, -642, 32),
            Cord(((-110, -596), (-60, -572), (0, -564), (60, -572), (110, -596)), 9, red),
            Cord(((-112, -577), (-60, -553), (0, -545), (60, -553), (112, -577)), 7, gold),
            Tassel((-84, -560), 74, 24, (red, "pink"), seed=1),
            Tassel((84, -560), 74, 24, (blue, "lake"), seed=2),
            Loops((0, -884), (82, 56), (white, "cream"), size=34, form=0.5, seed=4),
            Tassel((-94, -886), 84, 20, (red, "pink"), degrees=8, seed=5),
            Tassel((94, -886), 84, 20, (gold, "orange"), degrees=-8, seed=6),
        ),
    )


def _fox_face(coat: str, white: str) -> Chart:
    return patched(
        solid(coat),
        (
            lambda i, j: (j >= 11) & (abs(i + 3) <= 11) & (abs(i + 3) >= (20 - j) * 0.62),
            solid(white),
        ),
    )


def _fox_tail(coat: str, white: str) -> Tube:
    return Tube(
        spine=((140, -84), (262, -62), (344, -170), (338, -320), (286, -440)),
        widths=(34, 66, 86, 74, 7),
        chart=patched(solid(coat), (lambda i, j: j > 20 + (i % 2), solid(white))),
        gather=0.1,
        bow=0.1,
    )


def fox() -> Creature:
    coat, white, dark, lake = "orange", "cream", "near_black", "lake"
    belly = [
        *plain(white, 1),
        *plain(lake, 1),
        *motif_band("zorro", (lake, coat, white, dark)),
        *plain(lake, 1),
        *plain(white, 1),
    ]
    # He looks back over his shoulder: the whole face has turned by five stitches.
    face = _fox_face(coat, white)
    bib = (lambda i, j: (j < 11) & (abs(i + 1) <= 4.5 - j * 0.35), solid(white))
    tail = _fox_tail(coat, white)
    return Creature(
        key="fox-finger-puppet",
        ground="straw",
        props=darning_needle(-326, "lake", degrees=-7),
        parts=(
            tail,
            *ear(
                ((84, -800), (108, -900), (134, -1005)),
                (74, 56, 4),
                patched(solid(coat), (lambda _i, j: j > 8, solid(dark))),
                "cream",
            ),
            *arms(coat, hand=dark),
            *body(coat, belly, marks=(bib,), seed=3),
            *row_of_stitches((166, -132), (166, -34), 6, (24, 7), white),
            *row_of_stitches((190, -124), (190, -36), 6, (22, 7), white),
            head(face, widths=(106, 134, 156, 172, 177, 166, 136, 98, 60)),
            Tube(
                spine=((-34, -694), (-62, -668), (-104, -634)),
                widths=(58, 56, 38),
                chart=solid(white),
                stitch=17,
                caps=(44, 34),
                bow=0.2,
                shade=0.55,
            ),
            Tube(((-104, -664), (-122, -628)), (24, 24), solid(dark), stitch=12, caps=(20, 20)),
            Cord(((-96, -594), (-62, -592), (-34, -610)), 4.6, dark),
            Bead((-116, -722), 16),
            Bead((16, -724), 17),
            Cord(((-136, -752), (-114, -762), (-96, -752)), 4, dark),
            Cord(((-6, -756), (18, -766), (42, -752)), 4, dark),
        ),
        foot=(604, 1440),
    )


def condor() -> Creature:
    dark, white, lake, red = "near_black", "undyed_white", "lake", "cochineal"
    belly = [
        *plain(white, 1),
        *motif_band("condor", (lake, dark, white, red), margin=1, gap=2),
        *plain(white, 1),
        *plain(dark, 1),
        *plain(red, 1),
    ]
    wing = patched(
        solid(dark),
        (lambda _i, j: (j >= 8) & (j <= 12), solid(white)),
        (lambda i, j: (j > 12) & (i % 3 == 0), solid(white)),
    )
    collar = tuple(
        Pompom((x, -556 + 26 * math.cos(x / 92)), 44, (white, "cream"), seed=20 + number)
        for number, x in enumerate((-128, -97, -64, -32, 0, 32, 64, 97, 128))
    )
    return Creature(
        key="condor-finger-puppet",
        foot=(640, 1440),
        ground="rose",
        parts=(
            *both(
                Tube(
                    spine=((112, -500), (236, -452), (318, -300), (300, -90)),
                    widths=(56, 104, 98, 18),
                    chart=wing,
                    gather=0.1,
                    bow=0.1,
                    caps=(0, 26),
                    seed=5,
                )
            ),
            *body(dark, belly, stitch=18.5, seed=4),
            Tube(
                spine=((0, -870), (0, -560)),
                widths=(90, 102, 109, 110, 102, 96, 92),
                caps=(84, 0),
                chart=solid("condor_head"),
                stitch=20,
                bow=0.15,
                seed=6,
            ),
            Tube(
                spine=((0, -905), (0, -845), (0, -782)),
                widths=(16, 30, 13),
                chart=solid("condor_comb"),
                stitch=13,
                caps=(16, 10),
            ),
            *collar,
            Tube(
                spine=((0, -776), (0, -712), (0, -640)),
                widths=(34, 42, 6),
                chart=solid("cream"),
                stitch=15,
                shade=0.6,
                bow=0.35,
                caps=(20, 0),
            ),
            Tube(((0, -668), (0, -642), (0, -622)), (13, 14, 3), solid(dark), stitch=10),
            *both(Bead((12, -736), 4, "#3a2a20")),
            *eyes(60, -762, 16),
            *both(Cord(((36, -790), (62, -800), (86, -784)), 5, "condor_comb")),
        ),
    )


HERD = (llama, fox, condor)
