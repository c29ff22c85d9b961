"""The office opens to e-mail and password, for those who have work there; nobody goes in circles."""

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from coop.people import roles
from coop.people.models import User
from coop.people.services import give_role, make_account
from tests.factories.office import BACKEND
from tests.shop.pages import text

PIN = "coop.people.backends.PinBackend"
pytestmark = pytest.mark.django_db


def somebody(role: str = "") -> User:
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


def somebody_again() -> User:
    return User.objects.get(email="rosa@example.org")


def test_without_an_address_she_reads_who_writes_it_down(client: Client) -> None:
    user = somebody(roles.TREASURER)
    User.objects.filter(pk=user.pk).update(email=None)
    client.force_login(user, backend=PIN)

    page = text(client.get("/office/"))

    assert "quien cuida la máquina puede anotar tu correo" in page
    assert "Entrar con correo" not in page


def test_a_member_without_work_there_is_not_sent_to_the_log_in(client: Client) -> None:
    client.force_login(somebody(), backend=PIN)

    page = text(client.get("/office/"))

    assert "La oficina es para quienes trabajan allí" in page
    assert "Entrar con correo" not in page
    assert "Volver a mis páginas" in page


@pytest.mark.parametrize("page", ["password/set", "password/change", "email", "2fa"])
def test_a_pin_changes_neither_password_nor_address(client: Client, page: str) -> None:
    """With those, a PIN would be a way into the office."""
    user = somebody(roles.TREASURER)
    user.set_unusable_password()
    user.save()
    client.force_login(user, backend=PIN)
    wanted = {"password1": "found by a PIN", "password2": "found by a PIN", "email": "x@y.org"}

    answer = client.post(f"/es/account/{page}/", wanted | {"action_add": ""})

    assert answer.status_code == 403
    user.refresh_from_db()
    assert not user.has_usable_password()
    assert not EmailAddress.objects.filter(email="x@y.org").exists()


def test_with_a_pin_she_can_log_out(client: Client) -> None:
    client.force_login(somebody(), backend=PIN)

    client.post("/en/account/logout/")

    assert "_auth_user_id" not in client.session


def test_who_has_no_work_there_is_told_so_once(client: Client) -> None:
    client.force_login(somebody(), backend=BACKEND)

    page = client.get("/office/")

    assert page.status_code == 403
    assert "La oficina es para quienes trabajan allí" in text(page)


def test_a_stranger_is_asked_to_come_in(client: Client) -> None:
    page = client.get("/office/")

    assert page.status_code == 302
    assert "login" in page.url
