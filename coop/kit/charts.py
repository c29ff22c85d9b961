"""Charts of the office, knitted: figures as stitches, computed here, drawn by templates.

Everything is counted in stitches. Each chart carries its exact numbers as a table beside it.
Source: the art direction, "Everything is counted in stitches".
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.contrib.auth.models import AbstractUser

#: A stitch is so wide and so high (in the drawing's own units).
STITCH_WIDE, STITCH_HIGH = 10, 8
#: Rows of stitches in the highest column; stitches in the longest row.
ROWS, STITCHES = 20, 40


@dataclass(frozen=True)
class Series:
    """What one dye stands for in a chart of columns: a dye of `tones`, and a name."""

    name: str
    tone: str


@dataclass(frozen=True)
class Column:
    """A month: its name, and a value for each series with the words that tell it."""

    label: str
    values: Sequence[int]
    told: Sequence[str]


@dataclass(frozen=True)
class Block:
    """Some rows of stitches of one dye in a column."""

    tone: str
    x: int
    y: int
    height: int


@dataclass(frozen=True)
class Columns:
    """Months side by side, dyes on top of each other."""

    key: str
    title: str
    lead: str
    series: Sequence[Series]
    columns: Sequence[Column]
    url: str = ""
    link: str = ""
    kind: str = field(default="columns", init=False)

    #: A column is so many stitches wide, and the gap after it one.
    WIDE = 3

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not any(value > 0 for column in self.columns for value in column.values)

    @property
    def width(self) -> int:
        """How wide the drawing is."""
        return len(self.columns) * (self.WIDE + 1) * STITCH_WIDE - STITCH_WIDE

    @property
    def height(self) -> int:
        """How high the drawing is."""
        return ROWS * STITCH_HIGH

    @property
    def column_width(self) -> int:
        """How wide a column is."""
        return self.WIDE * STITCH_WIDE

    @property
    def blocks(self) -> list[Block]:
        """The columns from left to right, each from the bottom up."""
        most = max(
            (sum(max(one, 0) for one in column.values) for column in self.columns), default=0
        )
        found = []
        for at, column in enumerate(self.columns):
            done = 0
            below = 0
            for series, value in zip(self.series, column.values, strict=True):
                done += max(value, 0)
                top = rows_of(done, most, ROWS)
                if top > below:
                    high = (top - below) * STITCH_HIGH
                    x = at * (self.WIDE + 1) * STITCH_WIDE
                    found.append(Block(series.tone, x, self.height - top * STITCH_HIGH, high))
                below = top
        return found


@dataclass(frozen=True)
class Row:
    """A name, an amount, and how long its row of stitches is."""

    label: str
    value: int
    told: str
    tone: str = "fund"
    url: str = ""
    #: What of the whole row is full, where a row shows a part of something.
    of: int = 0
    #: A yarn's own colour (#94163a), instead of a dye of the house's charts.
    dye: str = ""


@dataclass(frozen=True)
class Rows:
    """Amounts below each other, each a row of stitches."""

    key: str
    title: str
    lead: str
    rows: Sequence[Row]
    url: str = ""
    link: str = ""
    kind: str = field(default="rows", init=False)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not any(row.value > 0 or row.of > 0 for row in self.rows)

    @property
    def width(self) -> int:
        """How wide the longest row is."""
        return STITCHES * STITCH_WIDE

    @property
    def drawn(self) -> list[tuple[Row, int, int]]:
        """Each row with the width of what is full, and of the whole."""
        most = max((max(row.value, row.of) for row in self.rows), default=0)
        return [
            (
                row,
                rows_of(row.value, most, STITCHES) * STITCH_WIDE,
                rows_of(row.of, most, STITCHES) * STITCH_WIDE,
            )
            for row in self.rows
        ]


Chart = Columns | Rows


def rows_of(value: int, most: int, size: int) -> int:
    """How many of `size` stitches stand for `value` of `most`; at least one for something."""
    if value <= 0 or most <= 0:
        return 0
    return max(1, min(size, (2 * value * size + most) // (2 * most)))


Source = Callable[[AbstractUser], Chart | None]
_sources: list[tuple[int, Source]] = []


def source(order: int) -> Callable[[Source], Source]:
    """Register a chart for the office's first page; it answers None to whom it is not for."""

    def register(function: Source) -> Source:
        _sources.append((order, function))
        return function

    return register


def charts_for(person: AbstractUser) -> list[Chart]:
    """The charts that are for this person and show something."""
    found = [draw(person) for _order, draw in sorted(_sources, key=lambda one: one[0])]
    return [one for one in found if one is not None and not one.is_empty]
