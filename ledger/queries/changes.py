"""Rows beside the journal that were changed or deleted, from their traces."""

import json
from dataclasses import dataclass
from typing import Any

from django.db.models import Field, OuterRef, QuerySet, Subquery

from ledger.models import RowTrace
from ledger.traces import Traced, plain, traced


@dataclass(frozen=True)
class Change:
    """One change: of which row, when, and what it said before and after, column by column."""

    trace: RowTrace
    what: str
    columns: list[tuple[str, str, str]]

    @property
    def is_deletion(self) -> bool:
        """Whether the row is gone."""
        return self.trace.verb == RowTrace.Verb.DELETE


def changes() -> QuerySet[RowTrace]:
    """Every change and deletion, the newest first; each with the row as it was `before`."""
    earlier = RowTrace.objects.filter(
        table=OuterRef("table"), key=OuterRef("key"), pk__lt=OuterRef("pk")
    ).order_by("-pk")
    return (
        RowTrace.objects.exclude(verb=RowTrace.Verb.INSERT)
        .annotate(before=Subquery(earlier.values("row")[:1]))
        .order_by("-pk")
    )


def told_changes(traces: list[RowTrace]) -> list[Change]:
    """The traces of a page, told."""
    tables = {one.table: one for one in traced()}
    return [_told(one, tables.get(one.table)) for one in traces]


def _told(trace: RowTrace, table: Traced | None) -> Change:
    after = _row(trace.row)
    before = _row(getattr(trace, "before", None))
    if trace.verb == RowTrace.Verb.DELETE:
        before, after = after, {}
    names = table.fields if table else dict.fromkeys([*before, *after])
    pairs = [(_label(table, name), *_two(table, name, before, after)) for name in names]
    known = next((str(before[name]) for name in _NAMES if before.get(name)), trace.key)
    what = str(table.model._meta.verbose_name) if table else trace.table  # noqa: SLF001 - documented
    return Change(trace, f"{what} {known}", [one for one in pairs if one[1] != one[2]])


_NAMES = ("code", "reference", "name", "name_es", "number")


def _row(text: Any) -> dict[str, Any]:
    found = json.loads(text) if text else {}
    return found if isinstance(found, dict) else {}


def _two(
    table: Traced | None, name: str, before: dict[str, Any], after: dict[str, Any]
) -> tuple[str, str]:
    values = before.get(name), after.get(name)
    if table is None:
        return str(values[0] or ""), str(values[1] or "")
    field = table.fields[name]
    first, second = (_shown(field, plain(field, one)) for one in values)
    return first, second


def _label(table: Traced | None, name: str) -> str:
    """What a column is called by people; of a table that nobody knows, by the database."""
    return str(table.fields[name].verbose_name) if table else name


def _shown(field: "Field[Any, Any]", value: str | None) -> str:
    """A value, a choice by its word; one that is no choice any more as the database has it."""
    choices = {str(key): str(word) for key, word in field.flatchoices or ()}
    return choices.get(value, value) if value else ""
