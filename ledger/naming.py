"""What a row of the books is called in plain words, and where it can be read.

A trace knows a table and a key. Each part of the ledger registers how its rows are called, a page
at a time, or of which other row one is a part, whose name it takes then:

    @names(Payment)
    def _payments(keys): ...

    part_of(Approval, "payment")
"""
# ruff: noqa: SLF001 - `_meta` is Django's documented way to ask a model

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models


@dataclass(frozen=True)
class Name:
    """A row in words for those who read the books, and the address of its page, if it has one.

    Every such page opens for `ledger.read_books`, the right with which names are read.
    """

    words: str
    url: str = ""


#: By key. A handful of queries for all of them, not one for each; nothing for what is not there.
Namer = Callable[[Sequence[int]], Mapping[int, Name]]
_namers: dict[str, Namer] = {}
#: Of a table: the field that leads to the row of which it is a part (models are not all known yet).
_parts: dict[str, Any] = {}
_passing: set[str] = set()


def names(model: type[models.Model]) -> Callable[[Namer], Namer]:
    """Register how rows of a model are called."""

    def register(namer: Namer) -> Namer:
        _namers[model._meta.db_table] = namer
        return namer

    return register


def part_of(model: type[models.Model], field: str) -> None:
    """Say that rows of a model take the name of the row to which `field` leads."""
    _parts[model._meta.db_table] = model._meta.get_field(field)


def passing(*models_: type[models.Model]) -> None:
    """Say that rows of these only help along: sums that the audit reckons anew, a paper that is
    made again, a file until it is read, somebody's own mark. No change of theirs is told.
    """
    _passing.update(one._meta.db_table for one in models_)


def passing_tables() -> frozenset[str]:
    """The tables whose rows only help along."""
    return frozenset(_passing)


#: A row as a trace tells of it: its table, its key, and what stands in it by column.
Row = tuple[str, str, Mapping[str, Any]]


def named(rows: Iterable[Row]) -> list[Name | None]:
    """The names of these rows, in their order; None for what nobody knows, or is gone."""
    places = [_place(*one) for one in rows]
    wanted: dict[str, set[int]] = {}
    for table, key in filter(None, places):
        wanted.setdefault(table, set()).add(key)
    found = {table: _namers[table](sorted(keys)) for table, keys in wanted.items()}
    return [found[one[0]].get(one[1]) if one else None for one in places]


def _place(table: str, key: str, row: Mapping[str, Any]) -> tuple[str, int] | None:
    """The table and key of what names a row: itself, or what it is a part of."""
    told: Any = key
    if table in _parts:
        field = _parts[table]
        table, told = field.related_model._meta.db_table, row.get(field.column)
    return (table, int(told)) if table in _namers and str(told).isdecimal() else None
