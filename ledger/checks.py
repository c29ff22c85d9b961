"""Whether the house could switch off the books' rules by itself: on PostgreSQL, who owns them."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Tags, Warning, register  # noqa: A004 - Django's name
from django.db import connections

HINT = "Migrate as an owner of its own, and serve as another role: the operator's guide says how."


@register(Tags.database)
def books_are_owned_by_another(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None, **kwargs: Any
) -> list[CheckMessage]:
    """On PostgreSQL, the role that serves should not own the tables of the books."""
    return [
        Warning(
            f"the role {role} owns the tables of the books, and could drop their triggers",
            hint=HINT,
            id="ledger.W001",
        )
        for alias in databases or []
        if (role := owner_that_serves(alias))
    ]


def owner_that_serves(alias: str = "default") -> str:
    """The role of this connection, if it owns the postings or may do everything; else nothing."""
    connection = connections[alias]
    if connection.vendor != "postgresql":
        return ""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user FROM pg_class c WHERE c.oid = to_regclass('ledger_posting')"
            " AND pg_has_role(current_user, c.relowner, 'USAGE')"
        )
        found = cursor.fetchone()
    return str(found[0]) if found else ""
