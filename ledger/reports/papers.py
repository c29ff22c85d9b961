"""A report as it is before anybody writes it: columns and rows, the same for screen, PDF and table.

A statement is built of parts (`Section`, `Total`) for each span; `rows_of` lays the parts of one
span beside those of another.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from django.utils.translation import gettext as _
from djmoney.money import Money

from coop.kit.money import from_minor

Cell = str | int | date | Money | None
Level = Literal["heading", "line", "part", "sum", "total"]
Sort = Literal["text", "money", "day", "number"]


@dataclass(frozen=True)
class Column:
    """A column: its head, and what stands in it."""

    label: str
    sort: Sort = "text"
    #: Stands only where there is room: not on a phone.
    is_extra: bool = False


@dataclass(frozen=True)
class Row:
    """A row: a heading over others, a line, a part of the line before, the sum of some, or
    the total of a statement.
    """

    cells: tuple[Cell, ...]
    level: Level = "line"
    #: Where to read more.
    url: str = ""
    #: A few words under the row's name.
    note: str = ""


@dataclass(frozen=True)
class Check:
    """Two figures that must be the same, and whether they are."""

    words: str
    holds: bool


@dataclass(frozen=True)
class Report:
    """A report, ready to be written. `name` is the column that names a row."""

    key: str
    title: str
    #: In one sentence, what it answers.
    question: str
    #: Which days, which account.
    words: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    notes: Sequence[str] = ()
    checks: Sequence[Check] = ()
    name: int = 0

    @property
    def holds(self) -> bool:
        """Whether its figures agree with each other."""
        return all(one.holds for one in self.checks)


@dataclass(frozen=True)
class Line:
    """One line of a section. The key finds it again in another span; lines stand by key."""

    key: str
    label: str
    minor: int
    url: str = ""
    note: str = ""


@dataclass(frozen=True)
class Section:
    """Lines under a heading, with their sum."""

    key: str
    title: str
    sum_label: str
    lines: Sequence[Line] = field(default_factory=list)

    @property
    def minor(self) -> int:
        """Their sum."""
        return sum(one.minor for one in self.lines)


@dataclass(frozen=True)
class Total:
    """A figure that follows from what stands above it."""

    key: str
    label: str
    minor: int
    level: Level = "sum"


Part = Section | Total


def rows_of(
    now: Sequence[Part], before: Sequence[Part] | None, currency: str | None = None
) -> list[Row]:
    """The parts of one span as rows; beside them those of another, and what changed.

    A section that is empty in both is left out.
    """
    earlier = {one.key: one for one in before or ()}
    rows: list[Row] = []
    for part in now:
        other = earlier.get(part.key)
        if isinstance(part, Section):
            rows += _section(part, other if isinstance(other, Section) else None, before, currency)
        else:
            cells = _cells(part.label, part.minor, other.minor if other else 0, before, currency)
            rows.append(Row(cells, part.level))
    return rows


def _section(
    part: Section, other: Section | None, before: Sequence[Part] | None, currency: str | None
) -> list[Row]:
    mine = {one.key: one for one in part.lines}
    theirs = {one.key: one for one in other.lines} if other else {}
    shown = [
        (mine.get(key), theirs.get(key))
        for key in sorted(mine.keys() | theirs.keys())
        if (key in mine and mine[key].minor) or (key in theirs and theirs[key].minor)
    ]
    if not shown:
        return []
    rows = [Row((part.title, *[None] * (3 if before is not None else 1)), "heading")]
    for one, past in shown:
        told = one or past
        if told is not None:
            figures = (one.minor if one else 0, past.minor if past else 0)
            cells = _cells(told.label, *figures, before, currency)
            rows.append(Row(cells, url=told.url, note=told.note))
    figures = (part.minor, other.minor if other else 0)
    return [*rows, Row(_cells(part.sum_label, *figures, before, currency), "sum")]


def _cells(
    label: str, now: int, past: int, before: Sequence[Part] | None, currency: str | None
) -> tuple[Cell, ...]:
    if before is None:
        return label, from_minor(now, currency)
    return (label, *(from_minor(one, currency) for one in (now, past, now - past)))


def columns_for(first: str, now: str, before: str | None) -> list[Column]:
    """The columns of a statement that `rows_of` fills."""
    columns = [Column(first), Column(now, "money")]
    if before is not None:
        columns += [Column(before, "money"), Column(_("Difference"), "money", is_extra=True)]
    return columns


def has_figures(rows: Iterable[Row]) -> bool:
    """Whether anything but nothing stands in any row."""
    return any(isinstance(cell, Money) and cell.amount for row in rows for cell in row.cells)
