"""Every test of production may ask for a workshop."""

from collections.abc import Iterator
from unittest.mock import patch

import pytest
from django.test import Client

from coop.people.models import User
from tests.factories.ledger import DAY
from tests.factories.production import Workshop
from tests.production.desk import Desk


@pytest.fixture
def workshop(new_workshop: Workshop) -> Workshop:
    return new_workshop


@pytest.fixture
def on_the_day() -> Iterator[None]:
    """Today is the day of the factories."""
    with patch("coop.kit.days.today", return_value=DAY):
        yield


@pytest.fixture
def desk(db) -> Desk:
    """A browser in the office in which somebody has come in; it speaks English."""

    def sit_down(user: User) -> Client:
        user.language = "en"
        user.save()
        client = Client()
        client.force_login(user, backend="coop.people.backends.EmailBackend")
        return client

    return sit_down
