"""Every test of the portal may ask for a workshop, and for somebody's phone."""

from collections.abc import Callable

import pytest
from django.test import Client

from coop.people.models import PinCard, User
from coop.people.services import signs_money
from tests.factories.people import PIN, a_card, a_card_of_the_junta
from tests.factories.production import Workshop

Phone = Callable[[User], Client]


@pytest.fixture
def workshop(new_workshop: Workshop) -> Workshop:
    return new_workshop


def new_card(user: User) -> PinCard:
    """Her first card; of whoever signs, two of the Junta agree to it."""
    return a_card_of_the_junta(user) if signs_money(user) else a_card(user)


@pytest.fixture
def phone(db) -> Phone:
    """A phone on which somebody came in with her picture and PIN."""

    def come_in(user: User) -> Client:
        client = Client()
        card = PinCard.objects.filter(user=user).first() or new_card(user)
        response = client.post(f"/m/login/{card.pk}/", {"pin": PIN, "enter": "1"})
        assert response.status_code == 302
        return client

    return come_in
