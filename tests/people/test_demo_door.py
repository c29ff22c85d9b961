"""The demo's log-ins work on the machine itself, and on a phone that it let in; nowhere else."""

import pytest
from django.test import Client

from coop.people import roles
from coop.people.models import User
from coop.people.services import give_role, serve_real_cooperative, show_demo
from tests.factories.people import PASSWORD, PIN, a_card, an_account
from tests.shop.pages import text

AWAY = {"REMOTE_ADDR": "192.168.1.77"}
PASS = "a-pass-for-phones"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def open_demo(settings) -> None:
    show_demo()
    settings.DEMO_PASS = PASS
    settings.OWN_ADDRESSES = ["127.0.0.1", "192.168.1.20"]


def somebody() -> User:
    user = an_account("Rosa", email="rosa@example.org", is_demo=True)
    give_role(user=user, role=roles.EDITOR)
    return user


def come_in(client: Client, **where: str):
    return client.post(
        "/es/account/login/", {"login": "rosa@example.org", "password": PASSWORD}, **where
    )


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "192.168.1.20"])
def test_here_they_work(client: Client, address: str) -> None:
    somebody()

    come_in(client, REMOTE_ADDR=address)

    assert is_in(client)
    assert client.get("/office/", REMOTE_ADDR=address).status_code == 200


@pytest.mark.parametrize("where", [AWAY, {"HTTP_X_FORWARDED_FOR": "192.168.1.77"}])
def test_from_elsewhere_e_mail_and_password_are_refused(client: Client, where) -> None:
    somebody()

    page = come_in(client, **where)

    assert page.status_code == 403
    assert "segundo QR" in text(page)
    assert not is_in(client)


def test_from_elsewhere_picture_and_pin_are_refused_without_counting_a_try(client: Client) -> None:
    card = a_card(an_account(email=None, is_demo=True))

    page = client.post(f"/m/login/{card.pk}/", {"pin": PIN}, **AWAY)

    assert "donde corre" in text(page)
    assert not is_in(client)
    card.refresh_from_db()
    assert card.failures == 0


def test_a_session_that_travelled_ends(client: Client) -> None:
    somebody()
    come_in(client)

    page = client.get("/office/", **AWAY)

    assert page.status_code == 403
    assert not is_in(client)


def test_a_phone_that_scanned_the_qr_is_let_in(client: Client) -> None:
    somebody()

    answer = client.get(f"/let-in/{PASS}/", secure=True, **AWAY)

    assert answer.url == "/m/"
    cookie = answer.cookies["demo_pass"]
    assert cookie["secure"]
    assert cookie["httponly"]
    come_in(client, **AWAY)
    assert is_in(client)
    assert client.get("/office/", **AWAY).status_code == 200


def test_the_pass_of_an_earlier_start_lets_nobody_in(client: Client, settings) -> None:
    somebody()
    client.get(f"/let-in/{PASS}/", **AWAY)
    settings.DEMO_PASS = "another start"

    assert come_in(client, **AWAY).status_code == 403


@pytest.mark.parametrize("word", ["guessed", "%20"])
def test_a_guessed_pass_is_none(client: Client, word: str, settings) -> None:
    assert client.get(f"/let-in/{word}/", **AWAY).status_code == 404
    settings.DEMO_PASS = ""
    assert client.get("/let-in/ /", **AWAY).status_code == 404


def test_a_real_cooperatives_people_come_in_from_anywhere(client: Client) -> None:
    serve_real_cooperative()
    user = an_account("Rosa", email="rosa@example.org")
    give_role(user=user, role=roles.EDITOR)

    come_in(client, **AWAY)

    assert client.get("/office/", **AWAY).status_code == 200


def test_without_https_a_proxy_on_this_machine_is_somebodys_own_decision(
    client: Client, settings
) -> None:
    settings.DEMO_PASS = ""
    somebody()

    come_in(client, HTTP_X_FORWARDED_FOR="192.168.1.77")

    assert is_in(client)
