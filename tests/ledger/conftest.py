"""What the ledger's tests share."""

import pytest
from django.db import connection

from tests.factories.ledger import Books


@pytest.fixture
def books(db: None) -> Books:
    """Empty books with a chart and people."""
    return Books()


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
