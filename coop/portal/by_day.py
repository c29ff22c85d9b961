"""Long lists by day: a few days on a page, whole days where they fit, alike things together.

A page reads a bounded number of rows whatever lies behind it, and leads on from where it ended:
there is no count of pages to keep.
"""

import re
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from django.db.models import Q, QuerySet

T = TypeVar("T")

_PLACE = re.compile(r"(\d{4}-\d\d-\d\d)(?:\.(\d{1,18}))?")


@dataclass(frozen=True)
class Place:
    """Where a page begins: a day, and within it the row after which it goes on."""

    day: date
    after: int | None = None

    @classmethod
    def read(cls, text: str) -> "Place | None":
        """Out of an address; None for the beginning, and for what makes no sense."""
        found = _PLACE.fullmatch(text)
        if found is None:
            return None
        try:
            day = date.fromisoformat(found[1])
        except ValueError:
            return None
        return cls(day, int(found[2]) if found[2] else None)

    def __str__(self) -> str:
        return f"{self.day}" if self.after is None else f"{self.day}.{self.after}"


@dataclass(frozen=True)
class Days(Generic[T]):
    """Rows of a few days, the newest first, and where the next page begins."""

    rows: list[T]
    is_first: bool
    next: Place | None


def days_of(
    rows: QuerySet[Any], *, place: Place | None, order: str, most_days: int, most_rows: int
) -> Days[Any]:
    """The days from `place` on: at most so many, and at most so many rows (one query).

    `order` is the field that orders the rows of a day, growing. A day is cut only where it has
    more rows than fit on a page of its own.
    """
    if place is not None:
        here = Q(day__lt=place.day)
        on_the_day = Q(day=place.day)
        if place.after is not None:
            on_the_day &= Q(**{f"{order}__lt": place.after})
        rows = rows.filter(here | on_the_day)
    found = list(rows.order_by("-day", f"-{order}")[: most_rows + 1])
    shown = found[:most_rows]
    days = list(dict.fromkeys(row.day for row in found))
    rest: Place | None = None
    if len(found) > most_rows:
        cut = found[most_rows].day
        whole = [row for row in shown if row.day > cut]
        rest = Place(cut) if whole else Place(cut, getattr(shown[-1], order))
        shown = whole or shown
    if len(days) > most_days and shown[-1].day < days[most_days - 1]:
        rest = Place(days[most_days])
        shown = [row for row in shown if row.day > rest.day]
    return Days(shown, place is None, rest)


@dataclass(frozen=True)
class Group(Generic[T]):
    """Alike things of one day."""

    day: date
    rows: list[T]

    @property
    def first(self) -> T:
        """The newest of them, which stands for all."""
        return self.rows[0]

    @property
    def count(self) -> int:
        """How many they are."""
        return len(self.rows)


def grouped(
    rows: Iterable[T], *, day: Callable[[T], date], alike: Callable[[T], Hashable]
) -> list[tuple[date, list[Group[T]]]]:
    """Rows by day, as they come, and in each day alike ones together where the first stood."""
    days: dict[date, dict[Hashable, Group[T]]] = {}
    for row in rows:
        groups = days.setdefault(day(row), {})
        groups.setdefault(alike(row), Group(day(row), [])).rows.append(row)
    return [(one, list(groups.values())) for one, groups in days.items()]
