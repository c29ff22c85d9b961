"""What all finger puppets share: a body as wide as a finger's glove, its hem, arms, faces."""

import math
from collections.abc import Iterable

from coop.kit.knitting.arrays import Point
from coop.kit.knitting.bands import Rows, plain, stack
from coop.kit.knitting.creatures.parts import (
    Bead,
    Cord,
    Needle,
    Part,
    Parts,
    Points,
    Strands,
    Tube,
    both,
)
from coop.kit.knitting.fabric import Chart, Where, grid, patched, solid
from coop.kit.knitting.stitch import ROW

STITCH = 22.0
SHOULDERS = -575
BODY = (70.0, 124.0, 146.0, 160.0, 172.0, 182.0, 188.0, 190.0, 190.0)
HEAD = (112.0, 138.0, 158.0, 169.0, 170.0, 160.0, 138.0, 104.0, 60.0)
CROWN = 120.0
_RIB = 4


def chart_of(*bands: Rows) -> Chart:
    """Bands from the top, each centred; the first and the last row go on for ever.

    A tube that hangs down counts its columns towards our left. The rows are turned, so that a
    motif looks the way it does in its chart.
    """
    rows = [row[::-1] for band in bands for row in band]
    return grid(stack(rows, math.lcm(*{len(row) for row in rows})))


def rows_in(length: float, stitch: float = STITCH) -> int:
    """How many rows of knitting so long a part has."""
    return round(length / (stitch * ROW))


def body(
    yarn: str,
    belly: Rows,
    *,
    top: float = SHOULDERS,
    widths: tuple[float, ...] = BODY,
    above_hem: int = 2,
    marks: Iterable[tuple[Where, Chart]] = (),
    stitch: float = STITCH,
    crown: float = 0,
    seed: int = 1,
) -> Parts:
    """A body open below, with a band on its belly, ending in rib and a turned hem."""
    total = rows_in(-top, stitch)
    start = total - _RIB - above_hem - len(belly)
    rows = [*plain(yarn, start), *belly, *plain(yarn, above_hem + _RIB)]
    chart = chart_of(rows)
    where = tuple(marks)
    whole = Tube(
        spine=((0, top), (0, 0)),
        widths=widths,
        chart=patched(chart, *where) if where else chart,
        stitch=stitch,
        caps=(crown, 0),
        rib=(total - _RIB, total + 40),
        seed=seed,
    )
    return (whole, hem(yarn, widths[-1], stitch=stitch))


def hem(yarn: str, half: float, *, y: float = 0, stitch: float = STITCH) -> Tube:
    """The cast-on edge, rolled: stitches that run across."""
    return Tube(
        spine=((-half + 2, y - 7), (0, y + 6), (half - 2, y - 7)),
        widths=(15, 15, 15),
        chart=solid(yarn),
        stitch=stitch * 0.74,
        caps=(12, 12),
        bow=0,
        shade=0.4,
        seed=4,
    )


def arms(
    yarn: str,
    *,
    hand: str | None = None,
    shoulder: Point = (96, -478),
    elbow: Point = (206, -388),
    wrist: Point = (226, -244),
    width: float = 47,
) -> Parts:
    """Two stuffed arms, sewn on behind the body; the hands in another yarn where they have one."""
    chart = solid(yarn)
    if hand:
        chart = patched(chart, (lambda _i, j: j > 11, solid(hand)))
    arm = Tube(
        spine=(shoulder, elbow, wrist),
        widths=(width, width, width * 0.92),
        chart=chart,
        stitch=STITCH * 0.9,
        caps=(width * 0.8, width),
    )
    return both(arm)


def head(
    chart: Chart,
    *,
    top: float = -925,
    chin: float = -545,
    widths: tuple[float, ...] = HEAD,
    stitch: float = STITCH,
    seed: int = 2,
) -> Tube:
    """A round head: crown above, chin sewn onto the shoulders."""
    return Tube(
        spine=((0, top), (0, chin)),
        widths=widths,
        chart=chart,
        stitch=stitch,
        caps=(CROWN, 0),
        gather=0.4,
        bow=0.2,
        seed=seed,
    )


def eyes(x: float, y: float, radius: float = 17, colour: str = "#1C1715") -> Parts:
    """Two beads, with a light in each."""
    return both(Bead((x, y), radius, colour))


def lashes(x: float, y: float, radius: float, yarn: str = "near_black") -> Parts:
    """An upper lid: a line embroidered over the bead, and three lashes outwards."""
    lid = Cord(
        (
            (x - radius * 1.2, y - radius * 0.25),
            (x, y - radius * 1.15),
            (x + radius * 1.35, y - radius * 0.3),
        ),
        4.2,
        yarn,
    )
    hairs = Strands(
        tuple(
            (
                (x + radius * 0.5 * k, y - radius * 0.85),
                (x + radius * (0.7 * k + 0.2), y - radius * 1.3),
                (x + radius * (0.9 * k + 0.5), y - radius * 1.7),
            )
            for k in (0.6, 1.4, 2.2)
        ),
        yarn,
        3.4,
    )
    return both(lid, hairs)


def smile(
    x: float, y: float, half: float, yarn: str = "brown", *, depth: float = 12, width: float = 4.6
) -> Cord:
    """A mouth: the line from the nose, and a small bow to each side."""
    return Cord(
        (
            (x - half, y - depth * 0.5),
            (x - half * 0.5, y + depth * 0.6),
            (x, y - depth * 0.2),
            (x + half * 0.5, y + depth * 0.6),
            (x + half, y - depth * 0.5),
        ),
        width,
        yarn,
    )


def ear(
    points: Points,
    widths: tuple[float, ...],
    outside: Chart,
    inside: str | None = None,
    *,
    caps: tuple[float, float] = (0, 0),
) -> Parts:
    """Two ears; what is seen of their inside is a smaller one, a little lower and in front."""
    outer = Tube(points, widths, outside, stitch=STITCH * 0.85, caps=caps, shade=0.4, seed=5)
    if inside is None:
        return both(outer)
    (x0, y0), *_, (x1, y1) = points
    middle = points[len(points) // 2]
    inner = Tube(
        (
            (x0 + (x1 - x0) * 0.12, y0 + (y1 - y0) * 0.12),
            (middle[0] - 2, middle[1] + 6),
            (x0 + (x1 - x0) * 0.76, y0 + (y1 - y0) * 0.76),
        ),
        tuple(width * 0.46 for width in widths),
        solid(inside),
        stitch=STITCH * 0.58,
        caps=(0, min(caps[1], widths[-1] * 0.4)),
        shade=0.25,
        seed=6,
    )
    return both(outer, inner)


def whiskers(
    x: float, y: float, length: float, yarn: str, *, droop: float = 0.25, width: float = 3.0
) -> Parts:
    """Three single strands on each side, trimmed level."""
    lines = tuple(
        (
            (x, y + k * 13),
            (x + length * 0.5, y + k * 16 - 10),
            (x + length, y + k * 22 + length * droop),
        )
        for k in (-1, 0, 1)
    )
    return both(Strands(lines, yarn, width))


def row_of_stitches(
    start: Point, end: Point, count: int, reach: Point, yarn: str, width: float = 4.0
) -> Parts:
    """Sewing that shows: `count` straight stitches along a line, each reaching so far across it."""
    parts: list[Part] = []
    for number in range(count):
        share = number / max(1, count - 1)
        x = start[0] + (end[0] - start[0]) * share
        y = start[1] + (end[1] - start[1]) * share
        parts.append(Cord(((x, y), (x + reach[0], y + reach[1])), width, yarn, shade=0.3))
    return tuple(parts)


def mouth(y: float, half: float, yarn: str, *, depth: float = 14) -> Cord:
    """A mouth that smiles: one bow."""
    points = (
        (-half, y - depth),
        (-half * 0.5, y - depth * 0.2),
        (0, y),
        (half * 0.5, y - depth * 0.2),
        (half, y - depth),
    )
    return Cord(points, 5, yarn)


def wheel(
    middle: Point,
    radius: float,
    chart: Chart,
    *,
    hole: float = 6,
    stitch: float = 15,
    seed: int = 1,
) -> Tube:
    """A round of knitting worked apart and sewn on: its stitches run in a ring."""
    x, y = middle
    half = (radius - hole) / 2
    ring = hole + half
    # Twice round its end: the seam of the ring must not be seen.
    points = tuple(
        (x + ring * c, y + ring * s)
        for c, s in (
            (0, 1), (-0.707, 0.707), (-1, 0), (-0.707, -0.707), (0, -1),
            (0.707, -0.707), (1, 0), (0.707, 0.707), (0.02, 1),
        )
    )  # fmt: skip
    return Tube(points, (half,), chart, stitch=stitch, bow=0, roundness=0.8, gather=1, seed=seed)


def darning_needle(
    x: float, yarn: str, *, y: float = -70, degrees: float = 8, length: float = 400.0
) -> Parts:
    """The needle that sewed it up, lying beside it: it tells how large a creature is.

    Everywhere the same needle of 40 mm: 400 units beside a puppet, fewer beside what is larger.
    """
    lean, part = math.tan(math.radians(degrees)), length / 400
    eye, point = (x + length * lean, y - length), (x, y)
    ex, ey = eye[0] - 4 * lean, eye[1] + 30 * part
    side = (1 if degrees > 0 else -1) * part
    thread = (
        (ex - 30 * side, ey + 128 * part),
        (ex - 34 * side, ey + 40 * part),
        (ex - 6 * side, ey),
        (ex + 34 * side, ey + 52 * part),
        (ex + 22 * side, ey + 150 * part),
        (ex + 44 * side, ey + 236 * part),
        (ex + 20 * side, ey + 330 * part),
    )
    return (Needle(eye, point, thread, yarn, width=7.0 * part),)
