"""A knitting chart for those who knit from it: stitch by stitch, with numbers and symbols.

Every yarn has a symbol besides its colour, so that a print in black and white can be read. Rows
are numbered as they are knitted: 1 is the lowest. Nothing here needs numpy.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from coop.kit.knitting.bands import EYELET, Rows, stack
from coop.kit.knitting.patterns import Band, rows_of
from coop.kit.knitting.yarns import channels, yarns

_WIDE, _HIGH = 14, 11
_SIDE, _FOOT = 30, 20
_MOST_COLUMNS, _FEWEST_COLUMNS = 34, 18

#: What is drawn in the middle of a stitch, from (-3, -3) to (3, 3); the ground stays empty.
SYMBOLS = (
    "",
    "m-2.5 0a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0z",
    "m-3 3l6-6",
    "m0-3.5v7",
    "m-3-3l6 6m0-6l-6 6",
    "m-3.5 0h7",
    "m-3-2l3 4l3-4",
    "m-3 2.5h6l-3-5z",
)
_HOLE = "m-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0z"
_INK, _PAPER = "#241B18", "#FDF9F1"


@dataclass(frozen=True)
class Yarn:
    """A yarn of the chart: its key, its colour, its symbol as a path, the ink that shows on it."""

    key: str
    hex: str
    symbol: str
    ink: str

    @property
    def swatch(self) -> str:
        """One stitch of it as an SVG picture."""
        return (
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 28 22" width="28" height="22"'
            f' aria-hidden="true"><rect x="1" y="1" width="26" height="20" fill="{self.hex}"'
            f' stroke="{_INK}"/><path d="M14 11{self.symbol}" fill="none" stroke="{self.ink}"'
            ' stroke-width="1.6" stroke-linecap="round"/></svg>'
        )


@dataclass(frozen=True)
class Diagram:
    """The chart as an SVG picture, its yarns in the order in which they are met from above."""

    svg: str
    yarns: tuple[Yarn, ...]
    columns: int
    rows: int


def diagram(bands: Sequence[Band], title: str) -> Diagram:
    """The chart of these bands, each centred, wide enough for the widest to be seen whole."""
    rows = rows_of(bands)
    widest = max((len(row) for row in rows), default=1)
    columns = min(_MOST_COLUMNS, max(_FEWEST_COLUMNS, widest + 2))
    full = stack(rows, columns)
    met = list(dict.fromkeys(cell for row in full for cell in row if cell != EYELET))
    found = tuple(_yarn(key, number) for number, key in enumerate(met))
    return Diagram(_svg(full, found, title), found, columns, len(full))


def _yarn(key: str, number: int) -> Yarn:
    colour = yarns()[key]
    red, green, blue = channels(colour)
    is_light = 0.3 * red + 0.59 * green + 0.11 * blue > 0.5
    return Yarn(key, colour, SYMBOLS[number % len(SYMBOLS)], _INK if is_light else _PAPER)


def _svg(rows: Rows, found: Sequence[Yarn], title: str) -> str:
    columns = len(rows[0]) if rows else 1
    width, height = columns * _WIDE, len(rows) * _HIGH
    cells = "".join(_colour(rows, yarn) for yarn in found)
    marks = "".join(_marks(rows, yarn) for yarn in found if yarn.symbol)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" class="knitting-chart" role="img"'
        f' data-rows="{len(rows)}" data-high="{_HIGH}"'
        f' viewBox="0 0 {width + _SIDE} {height + _FOOT}" width="{width + _SIDE}"'
        f' height="{height + _FOOT}"><title>{title}</title>'
        f"{cells}{marks}{_holes(rows)}{_lines(columns, len(rows))}{_numbers(columns, len(rows))}</svg>"
    )


def _colour(rows: Rows, yarn: Yarn) -> str:
    """All stitches of a yarn: each run of neighbours is one bar."""
    parts = []
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            start = x
            while x < len(row) and row[x] == yarn.key:
                x += 1
            if x > start:
                wide = (x - start) * _WIDE
                parts.append(f"M{start * _WIDE} {y * _HIGH}h{wide}v{_HIGH}h-{wide}z")
            else:
                x += 1
    return f'<path fill="{yarn.hex}" d="{"".join(parts)}"/>'


def _marks(rows: Rows, yarn: Yarn) -> str:
    at = "".join(
        f"M{x * _WIDE + _WIDE // 2} {y * _HIGH + _HIGH // 2}{yarn.symbol}"
        for y, row in enumerate(rows)
        for x, cell in enumerate(row)
        if cell == yarn.key
    )
    return f'<path fill="none" stroke="{yarn.ink}" stroke-width="1.2" d="{at}"/>'


def _holes(rows: Rows) -> str:
    at = "".join(
        f"M{x * _WIDE + _WIDE // 2} {y * _HIGH + _HIGH // 2}{_HOLE}"
        for y, row in enumerate(rows)
        for x, cell in enumerate(row)
        if cell == EYELET
    )
    return f'<path fill="#fff" stroke="{_INK}" d="{at}"/>' if at else ""


def _lines(columns: int, rows: int) -> str:
    """Thin between stitches, thick every fifth row and every tenth column, counted from below."""
    width, height = columns * _WIDE, rows * _HIGH
    thin = "".join(f"M{x * _WIDE} 0v{height}" for x in range(columns + 1))
    thin += "".join(f"M0 {y * _HIGH}h{width}" for y in range(rows + 1))
    thick = "".join(f"M{(columns - x) * _WIDE} 0v{height}" for x in range(0, columns + 1, 10))
    thick += "".join(f"M0 {(rows - y) * _HIGH}h{width}" for y in range(0, rows + 1, 5))
    return (
        f'<path fill="none" stroke="{_INK}" stroke-opacity=".35" stroke-width=".6" d="{thin}"/>'
        f'<path fill="none" stroke="{_INK}" stroke-width="1.4" d="{thick}"/>'
    )


def _numbers(columns: int, rows: int) -> str:
    """At the right, where a row begins, and below."""
    width, height = columns * _WIDE, rows * _HIGH
    beside = "".join(
        f'<text x="{width + 5}" y="{(rows - row) * _HIGH + _HIGH - 1}">{row}</text>'
        for row in (1, *range(5, rows + 1, 5))
    )
    below = "".join(
        f'<text x="{(columns - column) * _WIDE + 2}" y="{height + 15}">{column}</text>'
        for column in (1, *range(10, columns + 1, 10))
    )
    return f'<g font-size="11" font-family="Andika, sans-serif" fill="{_INK}">{beside}{below}</g>'
