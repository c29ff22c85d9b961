"""Reading the books for the audit: plain rows, in pieces, so that long books fit."""

from collections.abc import Iterator
from typing import Any

from django.db import connection

from coop.kit.audit import Finding, finding

PIECE = 2000


def rows(sql: str, *params: Any) -> Iterator[tuple[Any, ...]]:
    """The rows of a query, fetched in pieces."""
    with connection.cursor() as cursor:
        cursor.execute(sql, list(params))
        while piece := cursor.fetchmany(PIECE):
            yield from piece


def name(entry_id: int, reference: str, number: int | None) -> Finding:
    """How a finding calls an entry."""
    if number is None:
        return finding("entry {id} ({reference})", id=entry_id, reference=reference)
    return finding(
        "entry {id} no. {number} ({reference})", id=entry_id, number=number, reference=reference
    )
