"""A shop that takes cards, against the stateful stand-in for Stripe."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import translation

from tests.factories.cards import CardShop
from tests.factories.shop import Shop
from tests.factories.stripe_desk import Desk
from tests.fake_stripe import FakeStripe


@pytest.fixture
def fake() -> Iterator[Desk]:
    """Stripe's stand-in, telling nobody of anything."""
    with FakeStripe() as one:
        yield Desk(one)


@pytest.fixture
def connected(fake: Desk, settings: Any) -> Desk:
    """The house has a key to it."""
    settings.STRIPE_SECRET_KEY = fake.key
    settings.STRIPE_WEBHOOK_SECRET = fake.secret
    settings.STRIPE_API_BASE = fake.url
    settings.STRIPE_ACCOUNT = ""
    return fake


@pytest.fixture
def cards(new_shop: Shop, connected: Desk) -> CardShop:
    """A small shop that takes cards, on a database that is rolled back."""
    return CardShop(connected, new_shop)


@pytest.fixture
def real_cards(fresh_db: str, connected: Desk) -> CardShop:
    """The same on a database of its own, where everything commits."""
    return CardShop(connected)


@pytest.fixture(autouse=True)
def in_english() -> None:
    """Sentences are compared in English; nothing is remembered from another test."""
    cache.clear()
    translation.activate("en")
