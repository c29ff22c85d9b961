"""A running demo of this worker's own, in which every page has every state, and eyes on it."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from look.eyes import Eyes
from look.own_house import vouched_for
from look.place import Place
from tests.fake_stripe import FakeStripe
from tests.harness import databases, site


@pytest.fixture(scope="session")
def place(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Place]:
    """The house, with its addresses. Not `shared_site`: bringing its states about writes."""
    data = tmp_path_factory.mktemp("looked-at")
    with site.bare_environment(), FakeStripe(currency="pen") as fake:
        source, folder = site.prepared("demo", django_db_blocker)
        copy = databases.copy_of(source)
        extra = {
            "STRIPE_SECRET_KEY": fake.key,
            "STRIPE_WEBHOOK_SECRET": fake.secret,
            "STRIPE_API_BASE": fake.url,
            **vouched_for(data),
        }
        with site.opened(copy, folder, data / "house", extra) as running:
            env = running.house.environment()
            yield Place.of(running.url, running.house.data.path, env, with_states=True)
        databases.drop(copy)


@pytest.fixture(scope="session")
def eyes(chromium: Browser, place: Place) -> Eyes:
    """Whoever looks at it."""
    return Eyes(chromium, place)
