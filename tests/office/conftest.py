"""What the office's tests share."""

import pytest
from django.utils import translation

from tests.factories.shop import Shop


@pytest.fixture
def shop(new_shop: Shop) -> Shop:
    """A small shop."""
    return new_shop


@pytest.fixture(autouse=True)
def in_english() -> None:
    """Sentences are compared in English."""
    translation.activate("en")
