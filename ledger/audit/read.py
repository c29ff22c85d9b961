"""Reading the books for the audit: plain rows, in pieces, so that long books fit."""

from collections.abc import Iterator
from typing import Any

from django.db import connection

PIECE = 2000


def rows(sql: str, *params: Any) -> Iterator[tuple[Any, ...]]:
    """The rows of a query, fetched in pieces."""
    with connection.cursor() as cursor:
        cursor.execute(sql, list(params))
        while piece := cursor.fetchmany(PIECE):
            yield from piece


def name(entry_id: int, reference: str, number: int | None) -> str:
    """How a finding calls an entry."""
    numbered = f" no. {number}" if number is not None else ""
    return f"entry {entry_id}{numbered} ({reference})"
