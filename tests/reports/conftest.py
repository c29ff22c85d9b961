"""What the tests of reports share."""

import pytest

from tests.factories.ledger import Books
from tests.factories.shop import Shop


@pytest.fixture
def books(new_books: Books) -> Books:
    """Empty books with a chart and people, who read English."""
    for user in (new_books.treasurer, new_books.president, new_books.secretary):
        user.language = "en"
        user.save()
    return new_books


@pytest.fixture
def shop(new_shop: Shop) -> Shop:
    """A shop that is open."""
    return new_shop
