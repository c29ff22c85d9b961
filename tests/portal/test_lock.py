"""The lock: it tells nothing, and after her PIN she is where she was."""

from time import time

import pytest
from django.test import Client

from coop.portal import access
from tests.factories.people import PIN, a_card

pytestmark = pytest.mark.django_db


def come_in(client: Client, card) -> str:
    return client.post(f"/m/login/{card.pk}/", {"pin": PIN, "enter": "1"}).url


@pytest.fixture
def card():
    return a_card(colour="indigo")


def test_locked_she_is_out_and_her_pin_brings_her_back_to_the_same_screen(client, card):
    come_in(client, card)

    assert client.post("/m/lock/", {"next": "/m/book/?page=2"}).url == "/m/locked/"

    assert "_auth_user_id" not in client.session
    assert come_in(client, card) == "/m/book/?page=2"


def test_the_lock_tells_nothing(client, card):
    come_in(client, card)
    client.post("/m/lock/", {"next": "/m/earnings/"})

    page = client.get("/m/locked/").content.decode()
    title = page.split("<title>")[1].split("</title>")[0]
    page = title + page.split("<body")[1]

    for word in ("indigo", card.motif, card.user.get_full_name(), "earnings", "Pay", "Pago"):
        assert word not in page
    assert f'href="/m/login/{card.pk}/"' in page


def test_idle_too_long_it_locks_and_comes_back(client, card):
    come_in(client, card)
    session = client.session
    session["portal_seen"] = int(time()) - access.IDLE_SECONDS - 1
    session.save()

    assert client.get("/m/wool/").url == "/m/locked/"
    assert come_in(client, card) == "/m/wool/"


def test_another_woman_begins_at_the_first_screen(client, card):
    come_in(client, card)
    client.post("/m/lock/", {"next": "/m/earnings/"})

    assert come_in(client, a_card(colour="lake")) == "/m/"


def test_coming_back_happens_once(client, card):
    come_in(client, card)
    client.post("/m/lock/", {"next": "/m/book/"})
    come_in(client, card)
    client.post("/m/leave/")

    assert come_in(client, card) == "/m/"


def test_going_out_forgets_where_she_was(client, card):
    come_in(client, card)
    client.post("/m/lock/", {"next": "/m/book/"})
    client.post("/m/leave/")

    assert come_in(client, card) == "/m/"


@pytest.mark.parametrize("elsewhere", ["https://example.org/m/", "//example.org", "/office/", ""])
def test_nobody_is_sent_elsewhere_by_a_lock(client, card, elsewhere):
    come_in(client, card)
    client.post("/m/lock/", {"next": elsewhere})

    assert come_in(client, card) == "/m/"


@pytest.mark.parametrize("cookie", ["nonsense", "W10:1:x", ""])
def test_a_place_that_somebody_made_up_is_nowhere(client, card, cookie):
    client.cookies[access.PLACE_COOKIE] = cookie

    assert client.get("/m/locked/").status_code == 200
    assert come_in(client, card) == "/m/"


def test_locking_what_is_not_open_is_the_lock_again(client):
    assert client.post("/m/lock/").url == "/m/locked/"


def test_the_help_corner_is_remembered_on_this_phone(client, card):
    come_in(client, card)
    assert 'data-help="on"' not in client.get("/m/").content.decode()

    assert client.post("/m/help/", {"help": "on", "next": "/m/wool/"}).url == "/m/wool/"
    assert 'data-help="on"' in client.get("/m/").content.decode()

    client.post("/m/help/", {"help": "off"})
    assert 'data-help="on"' not in client.get("/m/").content.decode()
