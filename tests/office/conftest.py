"""What the office's tests share."""

import pytest
from django.utils import translation

from tests.factories.shop import Shop


@pytest.fixture
def shop(db: None) -> Shop:
    """A small shop."""
    return Shop()


@pytest.fixture(autouse=True)
def in_english() -> None:
    """Sentences are compared in English."""
    translation.activate("en")
