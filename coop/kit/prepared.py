"""Statements that PostgreSQL plans once a connection, for the few that run with every event.

Django binds parameters in the client, so each statement is another text to the server, planned
anew. A cursor of this module sends text and parameters apart. SQLite keeps what it has compiled
by itself.
"""

from datetime import date
from typing import Any, overload

from django.db import DEFAULT_DB_ALIAS, connections


def prepared_cursor() -> Any:
    """A cursor like `connection.cursor()`.

    What its parameters are belongs to the plan: numbers go in as text beside a written type, since
    the driver sends a number as one of three types. Where a pooler shares connections,
    `prepare_threshold=None` in the options of the database turns planning ahead off; the
    statements stay right.
    """
    here = connections[DEFAULT_DB_ALIAS]
    if here.vendor != "postgresql":
        return here.cursor()
    here.ensure_connection()
    from psycopg import Cursor  # noqa: PLC0415 - PostgreSQL alone needs it

    bare: Any = Cursor(here.connection)
    # Django's wrappers say the database's refusals in Django's exceptions.
    return here.make_debug_cursor(bare) if here.queries_logged else here.make_cursor(bare)


@overload
def as_date(value: date | str) -> date: ...
@overload
def as_date(value: date | str | None) -> date | None: ...
def as_date(value: date | str | None) -> date | None:
    """A day as these statements give it: SQLite keeps it as words."""
    return date.fromisoformat(value) if isinstance(value, str) else value
