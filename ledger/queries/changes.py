"""Rows beside the journal that were changed or deleted, from their traces."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import (
    DateField,
    DateTimeField,
    F,
    Field,
    ForeignKey,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Length, Substr
from django.utils.formats import date_format
from django.utils.text import Truncator, capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy

from coop.kit.money import from_minor
from coop.people.models import User
from ledger.models import Account, RowTrace
from ledger.naming import Name, named, passing_tables
from ledger.queries import names  # registers how rows of the core are called
from ledger.traces import Traced, plain, traced

__all__ = ["Change", "changes", "names", "told_changes"]

#: So much of a value is shown: a photograph is long.
_MOST_SHOWN = 300


@dataclass(frozen=True)
class Change:
    """One change: of which row, when, and what it said before and after, column by column.

    `what` is the row in plain words, `sort` what kind of row it is, `url` its page, if it has one.
    """

    trace: RowTrace
    sort: str
    what: str
    url: str
    columns: list[tuple[str, str, str]]

    @property
    def is_deletion(self) -> bool:
        """Whether the row is gone."""
        return self.trace.verb == RowTrace.Verb.DELETE


def changes() -> QuerySet[RowTrace]:
    """Every change and deletion, the newest first; each with the row as it was `before`.

    What a migration took up as it was, with a column more, is no change that somebody made, and
    rows that only help along hold nothing of the books (`ledger.naming.passing`): neither is told.
    """
    earlier = RowTrace.objects.filter(
        table=OuterRef("table"), key=OuterRef("key"), pk__lt=OuterRef("pk")
    ).order_by("-pk")
    # A row in JSON ends with a brace, where a column more goes on with a comma.
    all_but_end = Length("before") - Value(1)
    is_as_it_was = Q(verb=RowTrace.Verb.FOUND) & (
        Q(before=None) | Q(begins=Substr("before", 1, all_but_end))
    )
    return (
        RowTrace.objects.exclude(verb=RowTrace.Verb.INSERT)
        .exclude(table__in=passing_tables())
        .annotate(before=Subquery(earlier.values("row")[:1]))
        .annotate(begins=Substr(F("row"), 1, all_but_end))
        .exclude(is_as_it_was)
        .order_by("-pk")
    )


def told_changes(traces: list[RowTrace]) -> list[Change]:
    """The traces of a page, told; a handful of queries, however many they are."""
    tables = {one.table: one for one in traced()}
    rows = [_before_and_after(one) for one in traces]
    called = named(
        (trace.table, trace.key, after or before)
        for trace, (before, after) in zip(traces, rows, strict=True)
    )
    others = _others(
        (tables[trace.table], one)
        for trace, both in zip(traces, rows, strict=True)
        for one in both
        if trace.table in tables
    )
    return [
        _told(trace, tables.get(trace.table), *both, name, others)
        for trace, both, name in zip(traces, rows, called, strict=True)
    ]


def _told(
    trace: RowTrace,
    table: Traced | None,
    before: dict[str, Any],
    after: dict[str, Any],
    name: Name | None,
    others: "_Others",
) -> Change:
    columns = table.fields if table else dict.fromkeys([*before, *after])
    pairs = [
        (_label(table, one), *_two(table, one, before, after, others))
        for one in columns
        if _plain(table, one, before) != _plain(table, one, after)
    ]
    sort = str(table.model._meta.verbose_name) if table else trace.table  # noqa: SLF001 - documented
    known = next((str(before[one]) for one in _NAMES if before.get(one)), trace.key)
    what, url = (name.words, name.url) if name else (known, "")
    return Change(trace, capfirst(sort), what, url, pairs)


#: Columns by which people know a row that has no name of its own.
_NAMES = ("code", "reference", "name", "name_es", "number")


def _before_and_after(trace: RowTrace) -> tuple[dict[str, Any], dict[str, Any]]:
    after, before = _row(trace.row), _row(getattr(trace, "before", None))
    return (after, {}) if trace.verb == RowTrace.Verb.DELETE else (before, after)


def _row(text: Any) -> dict[str, Any]:
    found = json.loads(text) if text else {}
    return found if isinstance(found, dict) else {}


def _two(
    table: Traced | None,
    name: str,
    before: dict[str, Any],
    after: dict[str, Any],
    others: "_Others",
) -> tuple[str, str]:
    values = _plain(table, name, before), _plain(table, name, after)
    field = table.fields[name] if table else None
    first, second = (_shown(field, one, others) for one in values)
    return first, second


def _plain(table: Traced | None, name: str, row: dict[str, Any]) -> str:
    value = row.get(name)
    return str((plain(table.fields[name], value) if table else value) or "")


#: Columns that no form shows, so that their field has no words of its own.
_WORDS = {
    "amount_minor": gettext_lazy("amount"),
    "balances": gettext_lazy("where its balances are from"),
    "closing_minor": gettext_lazy("closing balance"),
    "digest": gettext_lazy("seal"),
    "entry_id": gettext_lazy("entry"),
    "opening_minor": gettext_lazy("opening balance"),
    "payment_id": gettext_lazy("payment"),
    "why_void": gettext_lazy("why it was called off"),
    "withdrawn_at": gettext_lazy("withdrawn at"),
    "withdrawn_by_id": gettext_lazy("withdrawn by"),
    "withdrawn_why": gettext_lazy("why it was withdrawn"),
    "written_by_id": gettext_lazy("written by"),
}


def _label(table: Traced | None, name: str) -> str:
    """What a column is called by people; of a table that nobody knows, by the database."""
    return str(_WORDS.get(name) or table.fields[name].verbose_name) if table else name


def _shown(field: "Field[Any, Any] | None", value: str, others: "_Others") -> str:
    """A value: a choice by its word, another row by its name; else as the database has it."""
    if isinstance(field, ForeignKey):
        return others.get((field.related_model, value), value)
    if isinstance(field, DateField):
        return _day(field, value)
    if field is not None and field.name.endswith("_minor") and value.lstrip("-").isdecimal():
        return f"{from_minor(int(value)).amount:.2f}"
    choices = {str(key): str(word) for key, word in (field.flatchoices if field else ()) or ()}
    return choices.get(value, Truncator(value).chars(_MOST_SHOWN))


def _day(field: "DateField[Any, Any]", value: str) -> str:
    """A day or a moment by the calendar; nonsense as it stands."""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return value
    if isinstance(field, DateTimeField):
        return date_format(localtime(moment), "SHORT_DATETIME_FORMAT")
    return date_format(moment, "SHORT_DATE_FORMAT")


#: Rows to which others lead and that are called by their name.
_TOLD = (User, Account)
#: What they are called, by model and key.
_Others = dict[tuple[Any, str], str]


def _others(rows: Iterable[tuple[Traced, dict[str, Any]]]) -> _Others:
    """People and accounts to which rows of a page lead: a query for each of the two."""
    wanted: dict[Any, set[str]] = defaultdict(set)
    for table, row in rows:
        for column, field in table.fields.items():
            told = str(row.get(column) or "")
            if isinstance(field, ForeignKey) and field.related_model in _TOLD and told.isdecimal():
                wanted[field.related_model].add(told)
    return {
        (model, str(one.pk)): str(one)
        for model, keys in wanted.items()
        for one in model.objects.filter(pk__in=keys)
    }
