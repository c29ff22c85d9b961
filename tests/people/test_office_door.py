"""The office opens to e-mail and password, for those who have work there; nobody goes in circles."""

import pytest
from django.test import Client

from coop.people import roles
from coop.people.services import give_role, make_account
from tests.factories.office import BACKEND
from tests.shop.pages import text

PIN = "coop.people.backends.PinBackend"
pytestmark = pytest.mark.django_db


def somebody(role: str = ""):
    """A person with an e-mail address, and a role if one is named."""
    user = make_account(name="Rosa", email="rosa@example.org", password="a password of hers")
    if role:
        give_role(user=user, role=role)
    return user


@pytest.mark.parametrize("address", ["/office/", "/office/pages/", "/office/shop/orders/"])
def test_a_pin_opens_no_page_of_the_office(client: Client, address: str) -> None:
    client.force_login(somebody(roles.TREASURER), backend=PIN)

    page = client.get(address)

    assert page.status_code == 403
    assert "correo y contraseña" in text(page)
    assert client.post(address, {}).status_code == 403


def test_she_comes_in_again_by_e_mail(client: Client) -> None:
    client.force_login(somebody(roles.TREASURER), backend=PIN)

    page = client.post("/es/account/logout/", {"next": "/office/"}, follow=True)

    assert page.redirect_chain[-1][0].startswith("/es/account/login/")
    client.force_login(somebody_again(), backend=BACKEND)
    assert client.get("/office/").status_code == 200


def somebody_again():
    from coop.people.models import User

    return User.objects.get(email="rosa@example.org")


def test_who_has_no_work_there_is_told_so_once(client: Client) -> None:
    client.force_login(somebody(), backend=BACKEND)

    page = client.get("/office/")

    assert page.status_code == 403
    assert "La oficina es para quienes trabajan allí" in text(page)


def test_a_stranger_is_asked_to_come_in(client: Client) -> None:
    page = client.get("/office/")

    assert page.status_code == 302
    assert "login" in page.url
