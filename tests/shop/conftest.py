"""What the shop's tests share."""

import pytest
from django.core.cache import cache
from django.utils import translation

from tests.factories.shop import Shop


@pytest.fixture
def shop(new_shop: Shop) -> Shop:
    """A small shop on a database that is rolled back."""
    return new_shop


@pytest.fixture(autouse=True)
def in_english() -> None:
    """Sentences are compared in English; nothing is remembered from another test."""
    cache.clear()
    translation.activate("en")
