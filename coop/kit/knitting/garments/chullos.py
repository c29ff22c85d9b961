"""Chullos: a crown in bands, a turned hem, ear flaps, braids and tassels."""

from collections.abc import Sequence

from coop.kit.knitting.bands import plain, stack
from coop.kit.knitting.fabric import Chart, grid, solid
from coop.kit.knitting.patterns import PATTERNS, figure, rows_of, stripe
from coop.kit.knitting.scenes import Scene
from coop.kit.knitting.sheet import Frame, Sheet
from coop.kit.knitting.stitch import ROW
from coop.kit.knitting.trims import bead, braid, cord, pompom, tassel
from coop.kit.knitting.tube import tube

_STITCH = 20.5
_COLUMNS = 1440  # a number that every motif's width divides, or nearly: the seam is at the back

# Half widths from the top of the crown to the hem.
_ROUND = (12, 158, 262, 326, 366, 392, 405, 412, 414, 412, 408)
_POINTED = (10, 92, 178, 254, 318, 362, 390, 404, 410, 410, 406)
_CHILD = (210, 285, 318, 332, 342, 350, 356, 358, 358, 356)


def andenes(yarns: Sequence[str]) -> Scene:
    """Round crown, pompom; braids that end in tassels."""

    def draw(sheet: Sheet) -> None:
        at = Frame(640, 838, scale=0.86, degrees=-0.8)
        main, light, third, fourth = yarns
        _flaps(sheet, at, "estrella", (light, main, third, fourth), (main, third, fourth))
        _crown(sheet, at, "andenes-chullo", yarns, _ROUND, hem=main)
        pompom(sheet, at(0, -778), at.size(102), [main, third, light], seed=3)

    return Scene(draw, ground="sand", seed=11)


def star(yarns: Sequence[str]) -> Scene:
    """A taller crown that ends in a cord with a tassel."""

    def draw(sheet: Sheet) -> None:
        # Hung from a peg by its own cord, it leans.
        at = Frame(592, 846, scale=0.84, degrees=7.5)
        main, light, third, fourth = yarns
        _flaps(sheet, at, "ojo", (main, light, third, fourth), (main, light, third))
        _crown(sheet, at, "star-chullo", yarns, _POINTED, hem=third)
        top = at(0, -752)
        peg = (top[0] + 16, top[1] - 92)
        cord(
            sheet, [top, (peg[0] - 26, peg[1] + 40), (peg[0] - 24, peg[1] - 6)], at.size(12), third
        )
        loop = [(peg[0] - 24, peg[1] - 6), (peg[0], peg[1] - 30), (peg[0] + 24, peg[1] - 6)]
        cord(
            sheet,
            [*loop, (peg[0] + 40, peg[1] + 70), (peg[0] + 44, peg[1] + 128)],
            at.size(12),
            third,
        )
        bead(sheet, peg, 23, "#8A5F2E")
        end = (peg[0] + 44, peg[1] + 110)
        tassel(sheet, end, at.size(150), at.size(46), [main, light, third, fourth], seed=7)

    return Scene(draw, ground="straw", seed=12)


def waves(yarns: Sequence[str]) -> Scene:
    """All blue and cream, with a large pompom."""

    def draw(sheet: Sheet) -> None:
        # Laid down as it was taken off.
        at = Frame(690, 856, scale=0.85, degrees=-14)
        lake, cream, indigo = yarns
        _flaps(sheet, at, "olas", (cream, indigo, lake), (lake, cream, indigo))
        _crown(sheet, at, "lake-waves-chullo", yarns, _ROUND, hem=indigo)
        pompom(sheet, at(0, -782), at.size(112), [cream, lake, indigo], seed=5)

    return Scene(draw, ground="stone", seed=13)


def fox(yarns: Sequence[str]) -> Scene:
    """Foxes by night, stars above them; three tassels on the top."""

    def draw(sheet: Sheet) -> None:
        at = Frame(640, 845, scale=0.86, degrees=0.6)
        main, orange, cream = yarns
        _flaps(sheet, at, "surcos", (main, orange), (orange, main, cream))
        _crown(sheet, at, "passing-fox-chullo", yarns, _POINTED, hem=orange)
        for number, (x, yarn) in enumerate(((-44, orange), (46, cream), (2, orange))):
            end = at(x * 1.5, -806 - 34 * (number == 2))
            cord(sheet, [at(0, -752), at(x * 0.7, -790), end], at.size(9), main)
            pompom(sheet, end, at.size(46), [yarn, yarn, main], seed=20 + number)

    return Scene(draw, ground="clay" if yarns[0] == "indigo" else "sand", seed=14)


def children(yarns: Sequence[str]) -> Scene:
    """Small, with two corners and a tassel on each: they do not come off."""

    def draw(sheet: Sheet) -> None:
        at = Frame(640, 850, scale=0.84)
        main, light, third, fourth = yarns
        _flaps(sheet, at, "seeds", (main, light), (third, main, fourth), aside=215)
        for side in (-1, 1):
            corner = [at(side * 190, -520), at(side * 262, -600), at(side * 300, -560)]
            cord(sheet, corner, at.size(11), third)
            top = at(side * 300, -575)
            tassel(sheet, top, at.size(150), at.size(48), [third, fourth, light], seed=9 + side)
        _crown(sheet, at, "little-llamas-chullo", yarns, _CHILD, hem=third, top=-540)

    return Scene(draw, ground="moss" if main_is_pink(yarns) else "rose", seed=15)


def main_is_pink(yarns: Sequence[str]) -> bool:
    """On a rose ground a pink hat would be lost."""
    return yarns[0] == "pink"


def _crown(
    sheet: Sheet,
    at: Frame,
    slug: str,
    yarns: Sequence[str],
    half_widths: Sequence[float],
    *,
    hem: str,
    top: float = -760,
) -> None:
    stitch = at.size(_STITCH)
    bands = rows_of(PATTERNS[slug](yarns))
    height = at.size(120 - top)
    above = max(0, round(height / (stitch * ROW)) - len(bands) - 2)
    rows = [*plain(yarns[0], above), *bands, *plain(yarns[0], 14)]
    tube(
        sheet,
        [at(0, top), at(0, 120)],
        at.sizes(*half_widths),
        grid(stack(rows, _COLUMNS)),
        stitch=stitch,
        gather=0.42,
        bow=0.10,
        folds=4.5,
        caps=(at.size(60), 0) if top > -700 else (0, 0),
        seed=8,
    )
    edge = half_widths[-1] + 3
    points = [at(-edge, 110), at(-edge / 2, 124), at(0, 128), at(edge / 2, 124), at(edge, 110)]
    tube(
        sheet,
        points,
        at.sizes(19, 19, 19),
        solid(hem),
        stitch=stitch * 0.8,
        bow=0,
        caps=(at.size(15), at.size(15)),
        shade=0.5,
        seed=4,
    )


def _flaps(
    sheet: Sheet,
    at: Frame,
    motif: str,
    motif_yarns: Sequence[str],
    strands: Sequence[str],
    *,
    aside: float = 262,
) -> None:
    main = motif_yarns[0]
    rows = rows_of([stripe(main, 4), figure(motif, *motif_yarns), stripe(main, 30)])
    if motif in {"seeds", "surcos"}:
        one = figure(motif, *motif_yarns)
        rows = rows_of([stripe(main, 2), *[one] * 8, stripe(main, 30)])
    chart: Chart = grid(stack(rows, 720))
    for side in (-1, 1):
        x = side * aside
        start, end = at(x, 318), at(x + side * 16, 640)
        braid(sheet, start, end, at.size(15), strands)
        tassel(sheet, end, at.size(124), at.size(40), strands, degrees=-side * 3, seed=12 + side)
        tube(
            sheet,
            [at(x - side * 6, -60), at(x, 120), at(x, 250), at(x, 344)],
            at.sizes(152, 142, 94, 17),
            chart,
            stitch=at.size(_STITCH),
            gather=0,
            bow=0.02,
            roundness=0.62,
            folds=3,
            first_row=-4,
            caps=(0, at.size(16)),
            seed=9 + side,
        )
        rim = [at(x + side * k * 146, y) for k, y in ((-1, 100), (-0.93, 190), (-0.55, 290))]
        rim += [at(x, 344)]
        rim += [at(x + side * k * 146, y) for k, y in ((0.55, 290), (0.93, 190), (1, 100))]
        cord(sheet, rim, at.size(9), strands[1], tapered=False, shade=0.35)
