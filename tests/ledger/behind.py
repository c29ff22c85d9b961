"""Going behind the application's back: SQL with the database's own rules switched off."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from coop.kit import triggers


def run(sql: str, *params: object) -> int:
    """Run a statement through the application's connection; how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.rowcount


@contextmanager
def rules_off(*tables: str) -> Iterator[None]:
    """A savepoint in which no trigger speaks; afterwards nothing has happened.

    On SQLite each trigger is dropped, which takes its time: `tables` names those that matter.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            run("SET CONSTRAINTS ALL IMMEDIATE")
            run("SET LOCAL session_replication_role = replica")
        else:
            for one in triggers.registered():
                if not tables or one.table in tables:
                    run(f"DROP TRIGGER IF EXISTS {one.name}")
        yield
        transaction.set_rollback(True)


def rules_on_again() -> None:
    """What was done is there; from here on the rules would speak again."""
    if connection.vendor == "postgresql":
        run("SET LOCAL session_replication_role = origin")
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        there = {name for (name,) in cursor.fetchall()}
    for one in triggers.registered():
        if "sqlite" in one.vendors and one.name not in there:
            run(one.sqlite_sql())
