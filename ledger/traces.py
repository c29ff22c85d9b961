"""Traces: every table of the books keeps what its rows said, so that no change can hide.

A trigger writes a `RowTrace` for each row that is written, changed or deleted, whoever does it;
blocks vouch for the traces (`services.blocks`), and the audit compares every row with its newest
trace (`ledger.audit.traces`). Whoever goes behind the application's back leaves a trace, or a
row that differs from its trace.

Tables are found from the models, of this app and of every app below it ("ledger.bank"): a new
table or column is traced without a word said here. Their triggers are derived from the columns,
so no migration installs them: they are put in place after every migration.
"""
# ruff: noqa: SLF001 - `_meta` is Django's documented way to ask a model

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction

from coop.kit import triggers
from coop.kit.triggers import Event, Trigger, never, no_replacing, said_by

TRACE = "ledger_rowtrace"

#: Tables of the core that are vouched for in another way: the audit names each change of theirs.
VOUCHED_OTHERWISE = {
    "ledger_journalentry": "its seal holds every column; its block gives the number",
    "ledger_posting": "the seal of its entry holds every column; the chain holds their order",
    "ledger_seal": "its leaf is the hash of its entry; the chains and blocks hold the leaf",
    "ledger_block": "its root holds every column; the next root holds it",
    "ledger_blockitem": "the root of its block holds it",
    "ledger_accountbalance": "it is what the postings come to, and the end of their chain",
    "ledger_accountmonth": "it is what the postings of the month come to",
    TRACE: "the root of its block holds it",
}


@dataclass(frozen=True)
class Traced:
    """A table whose rows leave traces."""

    model: type[models.Model]

    @property
    def table(self) -> str:
        """Its name in the database."""
        return self.model._meta.db_table

    @property
    def app_label(self) -> str:
        """The app that it belongs to."""
        return self.model._meta.app_label

    @property
    def fields(self) -> dict[str, "models.Field[Any, Any]"]:
        """Its fields by the name of their column."""
        return {str(one.column): one for one in self.model._meta.concrete_fields}

    @property
    def key(self) -> str:
        """The column of the primary key."""
        return str(self.model._meta.pk.column)

    def as_json(self, row: str) -> str:
        """SQL for the row called `row` as JSON."""
        pairs = (f"'{name}', {self._value(row, one)}" for name, one in self.fields.items())
        return f"ROW_AS_JSON({', '.join(pairs)})"

    def _value(self, row: str, field: "models.Field[Any, Any]") -> str:
        column = f'{row}."{field.column}"'
        return f"HEX_OF({column})" if isinstance(field, models.BinaryField) else column

    def trace_of(self, row: str, verb: str) -> str:
        """SQL that writes the trace of the row called `row`; more may follow it."""
        key = f'CAST({row}."{self.key}" AS VARCHAR(40))'
        return (
            f'INSERT INTO {TRACE} ("table", "key", "verb", "row", "salt", "at")'
            f" SELECT '{self.table}', {key}, '{verb}', {self.as_json(row)},"
            " RANDOM_HEX(), RIGHT_NOW()"
        )

    def triggers(self) -> list[Trigger]:
        """One for each way to write a row."""
        changed = " OR ".join(f'NEW."{one}" IS DISTINCT FROM OLD."{one}"' for one in self.fields)
        return [
            self._trigger("INSERT", self.trace_of("NEW", "insert")),
            self._trigger("UPDATE", f"{self.trace_of('NEW', 'update')} WHERE {changed}"),
            self._trigger("DELETE", self.trace_of("OLD", "delete")),
        ]

    def _trigger(self, event: Event, sql: str) -> Trigger:
        name = f"{self.table}_trace_{event.lower()}"
        return Trigger(name, self.table, "AFTER", event, (), then=(sql,))


def traced() -> list[Traced]:
    """Every traced table, by name."""
    found = {
        model._meta.db_table: Traced(model)
        for config in apps.get_app_configs()
        if config.name == "ledger" or config.name.startswith("ledger.")
        for model in config.get_models(include_auto_created=True)
        if not model._meta.proxy and model._meta.managed
    }
    return [found[table] for table in sorted(found) if table not in VOUCHED_OTHERWISE]


def plain(field: "models.Field[Any, Any]", value: Any) -> str | None:
    """A value of a column as text, the same from either database and from JSON."""
    if value is None:
        return None
    for kind, as_text in _AS_TEXT:
        if isinstance(field, kind):
            return as_text(value)
    return str(value)


def _bytes(value: Any) -> str:
    return value if isinstance(value, str) else bytes(value).hex()


def _json(value: Any) -> str:
    found = json.loads(value) if isinstance(value, str) else value
    return json.dumps(found, sort_keys=True, ensure_ascii=False)


def _moment(value: Any) -> str:
    if not isinstance(value, datetime):
        try:
            value = datetime.fromisoformat(str(value))
        except ValueError:
            return str(value)  # not a moment any more: it differs from whatever was written
    value = value if value.tzinfo else value.replace(tzinfo=UTC)
    return str(value.astimezone(UTC).isoformat(timespec="microseconds"))


_AS_TEXT: list[tuple[type["models.Field[Any, Any]"], Callable[[Any], str]]] = [
    (models.BinaryField, _bytes),
    (models.JSONField, _json),
    (models.BooleanField, lambda value: {0: "false", 1: "true"}.get(value, str(value))),
    (models.DateTimeField, _moment),
    (models.DecimalField, lambda value: format(Decimal(str(value)).normalize(), "f")),
    (models.UUIDField, lambda value: str(value).replace("-", "")),
]


def differences(one: Traced, row: dict[str, Any], trace: dict[str, Any]) -> Iterator[str]:
    """The columns in which a row differs from its trace, or of which the trace says nothing."""
    for name, field in one.fields.items():
        if name not in trace or plain(field, row[name]) != plain(field, trace[name]):
            yield name


def rows_of(one: Traced) -> Iterator[dict[str, Any]]:
    """Every row as the database itself holds it, in pieces, by key."""
    columns = ", ".join(f'"{name}"' for name in one.fields)
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT {columns} FROM {one.table} ORDER BY "{one.key}"')  # noqa: S608
        while piece := cursor.fetchmany(PIECE):
            for row in piece:
                yield dict(zip(one.fields, row, strict=True))


PIECE = 500


def newest(one: Traced, keys: Iterable[str]) -> dict[str, tuple[int, str, dict[str, Any]]]:
    """The newest trace of each key: its own id, its verb and the row that it holds."""
    wanted = list(keys)
    marks = ", ".join(["%s"] * len(wanted))
    sql = (
        f'SELECT t."key", t.id, t.verb, t."row" FROM {TRACE} t WHERE t."table" = %s'  # noqa: S608
        f' AND t."key" IN ({marks}) ORDER BY t.id'
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [one.table, *wanted])
        found = cursor.fetchall()
    return {key: (number, verb, _read(row)) for key, number, verb, row in found}


def _read(row: str) -> dict[str, Any]:
    """A row from its JSON; nothing at all if somebody made nonsense of it."""
    try:
        found = json.loads(row)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


#: The rules of the traces' own table: gathered once, never changed.
OWN_RULES = [
    Trigger(
        f"{TRACE}_insert_rules", TRACE, "AFTER", "INSERT",
        (triggers.Rule("a trace is gathered later", "NEW.block_id IS NOT NULL"),),
    ),
    Trigger(
        f"{TRACE}_update_rules", TRACE, "BEFORE", "UPDATE",
        (
            triggers.Rule(
                "a trace stays as written",
                " OR ".join(
                    f'NEW."{one}" IS DISTINCT FROM OLD."{one}"'
                    for one in ("id", "table", "key", "verb", "row", "salt", "at")
                )
                + " OR OLD.block_id IS NOT NULL",
            ),
            triggers.Rule(
                "a trace comes into the newest block",
                "NEW.block_id IS DISTINCT FROM (SELECT b.id FROM ledger_block b"
                " ORDER BY b.number DESC LIMIT 1)",
            ),
        ),
    ),
    *never(TRACE, "DELETE", "TRUNCATE"),
    no_replacing(TRACE, ("id",)),
]  # fmt: skip


def register() -> None:
    """Remember the traces' triggers; to be called when all models are known."""
    triggers.register("ledger", OWN_RULES)
    for one in traced():
        triggers.register(one.app_label, one.triggers())


def put_in_place(*, migrated: bool) -> list[str]:
    """Put every trace's trigger where it is missing or another; the tables that were touched.

    What `migrated` while the triggers were away is taken up anew, as found: a later word, which
    leaves the one before it where it is.
    """
    there = set(connection.introspection.table_names())
    wrong = {sentence.split(" on ")[1].split()[0] for sentence in triggers.problems(connection)}
    touched = []
    for one in traced():
        if one.table not in wrong or not {one.table, TRACE} <= there or not _is_whole(one):
            continue
        with transaction.atomic():
            triggers.install_outside(connection, one.triggers())
            if migrated:
                take_up(one)
        touched.append(one.table)
    return touched


def _is_whole(one: Traced) -> bool:
    """Whether the table has every column: half way through the migrations it may not."""
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, one.table)
    return set(one.fields) <= {column.name for column in columns}


def take_up(one: Traced) -> int:
    """Write as found what no trace tells as it is; how many rows."""
    told = 0
    piece: list[dict[str, Any]] = []
    for row in [*rows_of(one), None]:
        if row is not None:
            piece.append(row)
        if piece and (row is None or len(piece) == PIECE):
            told += _take_up(one, piece)
            piece = []
    return told


def _take_up(one: Traced, piece: list[dict[str, Any]]) -> int:
    known = newest(one, (str(row[one.key]) for row in piece))
    strange = [
        row[one.key]
        for row in piece
        if str(row[one.key]) not in known or any(differences(one, row, known[str(row[one.key])][2]))
    ]
    # Beside parameters, a percent sign of our own is written twice.
    sql = said_by(connection.vendor, one.trace_of("x", "found")).replace("%", "%%")
    with connection.cursor() as cursor:
        for key in strange:
            cursor.execute(f'{sql} FROM {one.table} x WHERE x."{one.key}" = %s', [key])
    return len(strange)


def step_aside(tables: Iterable[str]) -> None:
    """Before a migration changes columns: SQLite refuses to drop one that a trigger names."""
    if connection.vendor != triggers.SQLITE:
        return
    with connection.cursor() as cursor:
        for table in tables:
            for event in ("insert", "update", "delete"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_trace_{event}")


def leaf_of(trace: Any) -> bytes:
    """The bytes of a trace for which its block vouches."""
    at: datetime | date = trace.at
    moment = _moment(at)
    content = ["minka-trace-1", trace.pk, trace.table, trace.key, trace.verb, trace.row, trace.salt]
    return json.dumps([*content, moment], ensure_ascii=False, separators=(",", ":")).encode()
