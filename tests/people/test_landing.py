"""Where whoever came in goes first."""

import pytest
from django.test import Client

from coop.people import roles
from coop.people.models import User
from tests.factories.people import PASSWORD, an_account, someone_in

pytestmark = pytest.mark.django_db


def lands(user: User, address: str = "/es/account/login/") -> str:
    """Where `user` is sent after coming in at `address`."""
    return Client().post(address, {"login": user.email, "password": PASSWORD}).url


def test_people_of_the_office_land_in_the_office() -> None:
    assert lands(someone_in(roles.SECRETARY)) == "/office/"


@pytest.mark.parametrize("role", ["", roles.BUYER])
def test_others_land_on_the_first_page(role: str) -> None:
    assert lands(someone_in(role) if role else an_account()) == "/"


def test_who_wanted_another_page_gets_it() -> None:
    assert lands(someone_in(roles.SECRETARY), "/es/account/login/?next=/es/shop/") == "/es/shop/"
