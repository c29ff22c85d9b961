"""Every test of the portal may ask for a workshop, and for somebody's phone."""

from collections.abc import Callable

import pytest
from django.test import Client

from coop.people.models import PinCard, User
from tests.factories.people import PIN, a_card
from tests.factories.production import Workshop

Phone = Callable[[User], Client]


@pytest.fixture
def workshop(db) -> Workshop:
    return Workshop()


@pytest.fixture
def phone(db) -> Phone:
    """A phone on which somebody came in with her picture and PIN."""

    def come_in(user: User) -> Client:
        client = Client()
        card = PinCard.objects.filter(user=user).first() or a_card(user)
        response = client.post(f"/m/login/{card.pk}/", {"pin": PIN, "enter": "1"})
        assert response.status_code == 302
        return client

    return come_in
