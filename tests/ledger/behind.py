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
def rules_off() -> Iterator[None]:
    """A savepoint in which no trigger speaks; afterwards nothing has happened."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            run("SET CONSTRAINTS ALL IMMEDIATE")
            run("SET LOCAL session_replication_role = replica")
        else:
            for one in triggers.registered():
                run(f"DROP TRIGGER IF EXISTS {one.name}")
        yield
        transaction.set_rollback(True)


def rules_on_again() -> None:
    """What was done is there; from here on the rules would speak again."""
    if connection.vendor == "postgresql":
        run("SET LOCAL session_replication_role = origin")
        return
    for one in triggers.registered():
        if "sqlite" in one.vendors:
            run(one.sqlite_sql())
