"""Rules that the database itself keeps, written once for SQLite and PostgreSQL.

An app registers its triggers (`register`), a migration installs them (`install`), and a system
check and the audit compare what is in the database with what was registered, word for word.

A rule is an SQL condition on NEW and OLD that both databases understand; where it holds, the
write is refused with an IntegrityError. `IS DISTINCT FROM` compares with nulls on both, and
`MONTH_OF(x)` stands for the first day of x's month; what else the two databases say differently
stands in `DIALECTS`.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from coop.kit.audit import finding

SQLITE = "sqlite"
POSTGRESQL = "postgresql"
BOTH = (SQLITE, POSTGRESQL)
Event = Literal["INSERT", "UPDATE", "DELETE", "TRUNCATE"]

#: Words of ours for what each database says in its own way, as patterns: a row as JSON, the bytes
#: of a column as hex, a random number nobody guesses, and now.
DIALECTS: dict[str, dict[str, str]] = {
    SQLITE: {
        r"MONTH_OF\(([\w.]+)\)": r"date(\1, 'start of month')",
        r"ROW_AS_JSON\(": "json_object(",
        r"HEX_OF\(([\w.\"]+)\)": r"lower(hex(\1))",
        r"RANDOM_HEX\(\)": "lower(hex(randomblob(16)))",
        r"RIGHT_NOW\(\)": "strftime('%Y-%m-%d %H:%M:%f', 'now')",
    },
    POSTGRESQL: {
        r"MONTH_OF\(([\w.]+)\)": r"date_trunc('month', \1)::date",
        r"ROW_AS_JSON\(": "json_build_object(",
        r"HEX_OF\(([\w.\"]+)\)": r"encode(\1, 'hex')",
        r"RANDOM_HEX\(\)": "replace(gen_random_uuid()::text, '-', '')",
        r"RIGHT_NOW\(\)": "clock_timestamp()",
    },
}


def said_by(vendor: str, sql: str) -> str:
    """`sql` with our words said as this database says them."""
    for word, meaning in DIALECTS[vendor].items():
        sql = re.sub(word, meaning, sql)
    return sql


@dataclass(frozen=True)
class Rule:
    """Refuse with `message` where `condition` holds; an empty condition always holds."""

    message: str
    condition: str = ""


@dataclass(frozen=True)
class Trigger:
    """A named trigger: its rules in order, then `then`, statements run when none refused."""

    name: str
    table: str
    timing: Literal["BEFORE", "AFTER"]
    event: Event
    rules: tuple[Rule, ...]
    then: tuple[str, ...] = ()
    vendors: tuple[str, ...] = BOTH
    #: One cheap question that holds for most rows, and only for rows that no rule refuses: where it
    #: holds, the rules are not asked. For tables into which much is written.
    ordinary: str = ""
    #: On PostgreSQL, ask once for all rows that a statement inserts, which stand in the table
    #: `fresh`, instead of once for each. `then` must be written for them.
    as_set: bool = False

    def sqlite_sql(self) -> str:
        """CREATE TRIGGER for SQLite."""
        steps = [_sqlite_rule(rule) for rule in self.rules] + [f"{one};" for one in self.then]
        body = said_by(SQLITE, "\n  ".join(steps))
        when = f"WHEN NOT ({self.ordinary}) " if self.ordinary else ""
        return (
            f"CREATE TRIGGER {self.name} {self.timing} {self.event} ON {self.table}\n"
            f"FOR EACH ROW {when}BEGIN\n  {body}\nEND"
        )

    def postgresql_source(self) -> str:
        """The body of the PostgreSQL function."""
        holds = _of_any_fresh if self.as_set else str
        rules = [_postgresql_rule(rule, holds) for rule in self.rules]
        if self.ordinary:
            rules = [
                f"IF {holds(f'NOT ({self.ordinary})')} THEN",
                *(f"  {one}" for one in rules),
                "END IF;",
            ]
        steps = rules + [f"{one};" for one in self.then]
        row = "OLD" if self.event == "DELETE" else "NEW"
        answer = "NULL" if self.timing == "AFTER" or self.event == "TRUNCATE" else row
        body = said_by(POSTGRESQL, "\n  ".join(steps))
        # `new` is the row of `fresh` there, not the variable of the same name, which is empty.
        head = "#variable_conflict use_column\n" if self.as_set else ""
        return f"\n{head}BEGIN\n  {body}\n  RETURN {answer};\nEND\n"

    def postgresql_definition(self) -> str:
        """The trigger as `pg_get_triggerdef(oid, true)` prints it."""
        level = "STATEMENT" if self.event == "TRUNCATE" or self.as_set else "ROW"
        fresh = " REFERENCING NEW TABLE AS fresh" if self.as_set else ""
        return (
            f"CREATE TRIGGER {self.name} {self.timing} {self.event} ON {self.table}{fresh}"
            f" FOR EACH {level} EXECUTE FUNCTION {self.name}()"
        )

    def postgresql_settings(self, schema: str) -> dict[str, str]:
        """What holds while the function runs.

        What is planned while a thousand rows are fresh is kept for the next single one, so it must
        not be one that reads whole tables.
        """
        planning = dict.fromkeys(("enable_hashjoin", "enable_mergejoin", "enable_seqscan"), "off")
        return {"search_path": search_path(schema), **(planning if self.as_set else {})}

    def statements(self, vendor: str, schema: str = "public") -> list[str]:
        """SQL that puts the trigger in place, whatever was there under its name."""
        if vendor == SQLITE:
            return [f"DROP TRIGGER IF EXISTS {self.name}", self.sqlite_sql()]
        settings = self.postgresql_settings(schema).items()
        function = (
            f"CREATE OR REPLACE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql"
            f"{''.join(f' SET {name} = {value}' for name, value in settings)}"
            f" AS $trigger${self.postgresql_source()}$trigger$"
        )
        return [
            f"DROP TRIGGER IF EXISTS {self.name} ON {self.table}",
            function,
            self.postgresql_definition(),
        ]

    def removal(self, vendor: str) -> list[str]:
        """SQL that takes the trigger away."""
        if vendor == SQLITE:
            return [f"DROP TRIGGER IF EXISTS {self.name}"]
        return [
            f"DROP TRIGGER IF EXISTS {self.name} ON {self.table}",
            f"DROP FUNCTION IF EXISTS {self.name}()",
        ]


def search_path(schema: str) -> str:
    """Where a function of ours looks for tables: in `schema`, in which they are.

    Without it a temporary table of the same name would come first, and a rule that reads it would
    believe what stands there. SQLite looks in the trigger's own database by itself.
    """
    return f"pg_catalog, {schema}, pg_temp"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _sqlite_rule(rule: Rule) -> str:
    where = f" WHERE {rule.condition}" if rule.condition else ""
    return f"SELECT RAISE(ABORT, {_quoted(rule.message)}){where};"


def _of_any_fresh(condition: str) -> str:
    """That `condition` holds for any row that the statement inserts."""
    return f"EXISTS (SELECT 1 FROM fresh AS new WHERE {condition})"  # noqa: S608 - our own words


def _postgresql_rule(rule: Rule, holds: Callable[[str], str]) -> str:
    # 23514 is a broken check: psycopg, and so Django, raises IntegrityError.
    refuse = f"RAISE EXCEPTION USING MESSAGE = {_quoted(rule.message)}, ERRCODE = '23514';"
    return f"IF {holds(rule.condition)} THEN {refuse} END IF;" if rule.condition else refuse


def never(table: str, *events: Event, why: str = "") -> list[Trigger]:
    """Refuse each of `events` on any row of `table`, always (TRUNCATE is PostgreSQL's alone)."""
    refusal = (Rule(why or f"{table} is append-only"),)
    return [
        Trigger(
            f"{table}_no_{event.lower()}",
            table,
            "BEFORE",
            event,
            refusal,
            vendors=(POSTGRESQL,) if event == "TRUNCATE" else BOTH,
        )
        for event in events
    ]


def no_replacing(table: str, *keys: tuple[str, ...]) -> Trigger:
    """On SQLite, refuse a row with the key of another before it goes in.

    INSERT OR REPLACE removes the other row without asking a DELETE trigger in every build.
    """
    rules = []
    for key in keys:
        same = " AND ".join(f"x.{column} = NEW.{column}" for column in key)
        taken = f"EXISTS (SELECT 1 FROM {table} x WHERE {same})"  # noqa: S608 - our own names
        rules.append(Rule(f"UNIQUE constraint failed: {table}.{key[-1]} exists", taken))
    return Trigger(
        f"{table}_no_replace", table, "BEFORE", "INSERT", tuple(rules), vendors=(SQLITE,)
    )


def append_only(table: str, *keys: tuple[str, ...], why: str = "") -> list[Trigger]:
    """Refuse to change, delete or replace any row of `table`.

    `keys` are its unique keys beside `id`, as tuples of columns.
    """
    return [
        *never(table, "UPDATE", "DELETE", "TRUNCATE", why=why),
        no_replacing(table, ("id",), *keys),
    ]


_registered: dict[str, dict[str, Trigger]] = {}


def register(app_label: str, triggers: Iterable[Trigger]) -> None:
    """Remember the triggers that must be in the database for `app_label`."""
    _registered.setdefault(app_label, {}).update({one.name: one for one in triggers})


def registered(app_label: str | None = None) -> list[Trigger]:
    """The registered triggers, of one app or of all."""
    apps = [_registered.get(app_label, {})] if app_label else list(_registered.values())
    return [trigger for app in apps for trigger in app.values()]


def install(schema_editor: BaseDatabaseSchemaEditor, triggers: Iterable[Trigger]) -> None:
    """Put `triggers` in place; for a migration's RunPython, also to put them back."""
    for statement in _statements(schema_editor.connection, triggers):
        schema_editor.execute(statement, params=None)


def install_outside(connection: BaseDatabaseWrapper, triggers: Iterable[Trigger]) -> None:
    """Put `triggers` in place where no migration runs, also within a transaction."""
    with connection.cursor() as cursor:
        for statement in _statements(connection, triggers):
            cursor.execute(statement)


def _statements(connection: BaseDatabaseWrapper, triggers: Iterable[Trigger]) -> Iterator[str]:
    schema = _schema(connection)
    for trigger in triggers:
        if connection.vendor in trigger.vendors:
            yield from trigger.statements(connection.vendor, schema)


def fix_search_paths(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Tell every function of ours that is in the database already where to look for tables."""
    connection = schema_editor.connection
    if connection.vendor != POSTGRESQL:
        return
    there, path = _read_pg(connection), search_path(_schema(connection))
    for name in sorted(there.keys() & {one.name for one in registered()}):
        schema_editor.execute(f"ALTER FUNCTION {name}() SET search_path = {path}", params=None)


def uninstall(schema_editor: BaseDatabaseSchemaEditor, triggers: Iterable[Trigger]) -> None:
    """Take `triggers` away, for a migration that goes backwards."""
    vendor = schema_editor.connection.vendor
    for trigger in triggers:
        if vendor in trigger.vendors:
            for statement in trigger.removal(vendor):
                schema_editor.execute(statement, params=None)


def problems(connection: BaseDatabaseWrapper, app_label: str | None = None) -> Iterator[str]:
    """One sentence for every registered trigger that is missing, changed or switched off."""
    found = _read_sqlite(connection) if connection.vendor == SQLITE else _read_pg(connection)
    schema = _schema(connection)
    for trigger in registered(app_label):
        if connection.vendor not in trigger.vendors:
            continue
        expected = _expected(trigger, connection.vendor, schema)
        if trigger.name not in found:
            yield finding(
                "trigger {name} on {table} is missing", name=trigger.name, table=trigger.table
            )
        elif found[trigger.name] != expected:
            yield finding(
                "trigger {name} on {table} is not the one we wrote",
                name=trigger.name,
                table=trigger.table,
            )


def _squeezed(sql: str) -> str:
    return re.sub(r"\s+", " ", sql).strip().rstrip(";")


def _schema(connection: BaseDatabaseWrapper) -> str:
    """The schema in which the house's tables are; SQLite has none."""
    if connection.vendor != POSTGRESQL:
        return ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_schema())")
        return str(cursor.fetchone()[0])


@cache  # an audit asks for hundreds, and whoever looks for holes asks for them again and again
def _expected(trigger: Trigger, vendor: str, schema: str) -> tuple[str, ...]:
    if vendor == SQLITE:
        return (_squeezed(trigger.sqlite_sql()),)
    source = _squeezed(trigger.postgresql_source())
    settings = sorted(
        f"{name}={value}" for name, value in trigger.postgresql_settings(schema).items()
    )
    return (trigger.postgresql_definition(), source, "O", "; ".join(settings))


def _read_sqlite(connection: BaseDatabaseWrapper) -> dict[str, tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        return {name: (_squeezed(sql),) for name, sql in cursor.fetchall()}


def _read_pg(connection: BaseDatabaseWrapper) -> dict[str, tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.tgname, pg_get_triggerdef(t.oid, true), p.prosrc, t.tgenabled::text,"
            " (SELECT string_agg(one, '; ' ORDER BY one COLLATE \"C\") FROM unnest(p.proconfig) AS one)"
            " FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal"
        )
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return {
        name: (definition, _squeezed(source), on, config or "")
        for name, definition, source, on, config in rows
    }
