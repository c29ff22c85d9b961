"""How many queries a piece of code asks, and how many rows it reads: for tests of what is bounded."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from django.db import connection
from django.db.models.sql import compiler
from django.test.utils import CaptureQueriesContext


@dataclass
class Asked:
    """What was asked of the database."""

    queries: int = 0
    rows: int = 0


@contextmanager
def counted() -> Iterator[Asked]:
    """Count the queries and the rows that models read inside."""
    asked = Asked()
    read = compiler.cursor_iter

    def reading(*args: Any, **options: Any) -> Iterator[list[Any]]:
        for rows in read(*args, **options):
            asked.rows += len(rows)
            yield rows

    with patch.object(compiler, "cursor_iter", reading), CaptureQueriesContext(connection) as seen:
        yield asked
    asked.queries = len(seen)
