"""What the ledger's tests share."""

from datetime import date

import pytest
from django.db import connection

from ledger.models import CodeTry
from ledger.services import gather_block, reverse_entry
from tests.factories.ledger import DAY, Books, close_period


@pytest.fixture
def books(new_books: Books) -> Books:
    """Empty books with a chart and people."""
    return new_books


@pytest.fixture
def full(books: Books) -> Books:
    """A row in every table of the ledger."""
    books.put_in_cash("100")
    earned = books.earned("60")
    books.pay("20")
    waiting = books.request("10")
    CodeTry.objects.create(payment=waiting, by=books.treasurer)
    reverse_entry(entry=books.earned("5"), reason="x", day=DAY, actor=books.treasurer)
    close_period(last_day=date(2026, 1, 31), actor=books.treasurer)
    assert gather_block() is not None
    books.earned("1")
    assert earned.pk
    return books


@pytest.fixture
def only_sqlite(db: None) -> None:
    """For what only SQLite has: not collected elsewhere."""


@pytest.fixture
def only_postgresql(db: None) -> None:
    """For what only PostgreSQL has: not collected elsewhere."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what the other database alone has."""
    other = {"sqlite": "only_postgresql", "postgresql": "only_sqlite"}[connection.vendor]
    others = [item for item in items if other in getattr(item, "fixturenames", ())]
    if others:
        items[:] = [item for item in items if item not in others]
        config.hook.pytest_deselected(items=others)
