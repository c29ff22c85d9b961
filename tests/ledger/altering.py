"""Every column of every table of the books, altered one at a time behind the application's back.

All of it follows from the models: a table or a column that comes tomorrow, also in an app below
the ledger, is altered too, and the audit must name the row.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from ledger.traces import Traced, take_up
from tests.ledger.behind import rules_off, run

#: Where `make_row` leaves the trace of a row that it has made.
TRACES = "ledger_rowtrace"
#: Columns that may change without anybody noticing, and why that is no harm.
MAY_CHANGE = {
    ("ledger_accountmonth", "id"): "account and month name the row; nothing refers to its key",
}


def tables() -> list[Traced]:
    """Every table of the books, whether it is traced or sealed."""
    return [
        Traced(model)
        for config in apps.get_app_configs()
        if config.name == "ledger" or config.name.startswith("ledger.")
        for model in config.get_models(include_auto_created=True)
    ]


def names(one: Traced) -> str:
    """What a parametrized test calls a table."""
    return one.table


@contextmanager
def nothing_refuses(one: Traced) -> Iterator[None]:
    """No trigger of the table speaks, none of its checks; afterwards nothing has happened."""
    with rules_off(one.table, TRACES):
        if connection.vendor == "sqlite":
            run("PRAGMA ignore_check_constraints = ON")
        else:
            for name in _checks(one):
                run(f'ALTER TABLE {one.table} DROP CONSTRAINT "{name}"')
        try:
            yield
        finally:
            if connection.vendor == "sqlite":
                run("PRAGMA ignore_check_constraints = OFF")


def _checks(one: Traced) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE contype = 'c' AND conrelid = %s::regclass",
            [one.table],
        )
        return [name for (name,) in cursor.fetchall()]


def any_row(one: Traced) -> dict[str, Any] | None:
    """The first row of a table, as the database holds it."""
    columns = ", ".join(f'"{name}"' for name in one.fields)
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT {columns} FROM {one.table} ORDER BY "{one.key}" LIMIT 1')
        found = cursor.fetchone()
    return dict(zip(one.fields, found, strict=True)) if found else None


def make_row(one: Traced, *, with_trace: bool) -> dict[str, Any]:
    """A row of a table in which the test's books have none, written past all rules."""
    values = {name: _first(field) for name, field in one.fields.items()}
    if isinstance(one.model._meta.pk, models.AutoField):
        values[one.key] = 990_001
    insert(one, values)
    if with_trace:
        take_up(one)
    row = any_row(one)
    assert row is not None
    return row


def insert(one: Traced, values: dict[str, Any]) -> None:
    """A row, past all rules."""
    columns = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join(["%s"] * len(values))
    run(f"INSERT INTO {one.table} ({columns}) VALUES ({marks})", *values.values())


def alter(one: Traced, row: dict[str, Any], column: str) -> None:
    """Another value in one column of a row: the first that no unique constraint refuses."""
    sql = f'UPDATE {one.table} SET "{column}" = %s WHERE "{one.key}" = %s'
    refusal = None
    for value in _others(one.fields[column], row[column]):
        try:
            with transaction.atomic():
                assert run(sql, value, row[one.key]) == 1, (one.table, column)
        except IntegrityError as refused:
            refusal = refused
        else:
            return
    assert refusal
    raise refusal


def _stored(field: models.Field, value: Any) -> Any:
    return field.get_db_prep_save(value, connection)


def _first(field: models.Field) -> Any:
    """A value for a new row."""
    if isinstance(field, models.ForeignKey):
        if field.null:
            return None
        other = field.related_model._base_manager.order_by("pk").values_list("pk", flat=True)
        return other.first() or 1
    values: list[tuple[type[models.Field], Any]] = [
        (models.BooleanField, True),
        (models.DateTimeField, timezone.now()),
        (models.DateField, date(2026, 3, 10)),
        (models.TimeField, datetime(2026, 3, 10, 9, tzinfo=UTC).time()),
        (models.DurationField, timedelta(hours=1)),
        (models.UUIDField, "0" * 31 + "7"),
        (models.JSONField, {"a": 1}),
        (models.BinaryField, b"a"),
        (models.DecimalField, 1),
        (models.IntegerField, 1),
    ]
    for kind, value in values:
        if isinstance(field, kind):
            return _stored(field, value)
    choices = [key for key, _ in field.flatchoices]
    return choices[0] if choices else secrets.token_hex(16)[: field.max_length or 16]


def _others(field: models.Field, value: Any) -> Iterator[Any]:
    """Other values of the same kind, in which nobody sees at once that they are wrong."""
    if isinstance(field, models.ForeignKey):
        others = field.related_model._base_manager.exclude(pk=value).order_by("-pk")
        yield from others.values_list("pk", flat=True)[:40]
        yield (value or 0) + 20_001
        return
    days = [date(2026, 3, day) for day in (9, 8)]
    values: list[tuple[type[models.Field], list[Any]]] = [
        (models.BooleanField, [not value]),
        (models.JSONField, [{"other": 2}]),
        (models.BinaryField, [b"other"]),
        (models.DateTimeField, [timezone.now() + timedelta(days=400)]),
        (models.DateField, [one for one in days if str(one) != str(value)]),
        (models.UUIDField, ["0" * 30 + "77"]),
        (models.DurationField, [timedelta(hours=7)]),
    ]
    for kind, others in values:
        if isinstance(field, kind):
            yield from (_stored(field, other) for other in others)
            return
    if isinstance(field, models.IntegerField | models.DecimalField):
        yield from (7_001 if value is None else value + more for more in (1, 20_001))
        return
    yield from _other_texts(field, str(value or ""))


def _other_texts(field: models.Field, value: str) -> Iterator[str]:
    yield from reversed([str(key) for key, _ in field.flatchoices if str(key) != value])
    if len(value) >= 32:  # a hash, a salt
        yield ("1" if value[0] != "1" else "2") + value[1:]
    yield ("y" if value[:1] != "y" else "z") + value[1:]
