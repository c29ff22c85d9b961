"""Coming in on a phone: her picture, her number, and a door that falls shut."""

from datetime import timedelta
from time import time

import pytest
from django.test import Client
from django.utils import timezone

from coop.people import services
from coop.people.models import PinCard, User
from coop.portal import access, queries
from tests.factories.people import PIN, a_card, an_account

pytestmark = pytest.mark.django_db


def press(client: Client, card: PinCard, **form: str):
    return client.post(f"/m/login/{card.pk}/", form)


def test_the_pictures_tell_no_names(client):
    card = a_card(an_account("Rosa Apaza Mamani", email=None), colour="indigo")

    page = client.get("/m/login/").content.decode()

    assert f"/m/login/{card.pk}/" in page
    assert "/motif/llamas/indigo.svg" in page
    for word in ("Rosa", "Apaza", "Mamani", card.user.username):
        assert word not in page


def test_a_closed_account_has_no_picture(client):
    card = a_card()
    User.objects.update(is_active=False)

    assert f"/m/login/{card.pk}/" not in client.get("/m/login/").content.decode()
    assert client.get(f"/m/login/{card.pk}/").status_code == 404


def test_demo_pictures_go_when_the_house_becomes_real(client):
    services.show_demo()
    card = a_card(an_account(email=None, is_demo=True))
    assert client.get(f"/m/login/{card.pk}/").status_code == 200

    services.serve_real_cooperative()

    assert client.get(f"/m/login/{card.pk}/").status_code == 404


def test_many_pictures_are_found_by_motif_first(client, monkeypatch):
    monkeypatch.setattr(queries, "GRID_MOST", 3)
    for motif in ("llamas", "llamas", "zorro", "pez"):
        card = a_card(motif=motif)

    first = client.get("/m/login/").content.decode()
    of_pez = client.get("/m/login/?motif=pez").content.decode()

    assert "/m/login/" + str(card.pk) not in first
    assert "?motif=llamas" in first
    assert of_pez.count('class="face"') == 1


def test_the_pictures_cost_the_same_for_one_card_and_for_three(client, django_assert_num_queries):
    a_card()
    services.installation()
    with django_assert_num_queries(4):
        client.get("/m/login/")
    a_card()
    a_card()
    with django_assert_num_queries(4):
        client.get("/m/login/")


def test_her_number_lets_her_in(client):
    card = a_card()

    response = press(client, card, pin=PIN, enter="1")

    assert (response.status_code, response.url) == (302, "/m/")
    assert client.get("/m/").status_code == 200


def test_the_keys_work_without_script(client):
    """Each key sends the form; the field keeps what was typed."""
    card = a_card()
    typed = ""
    for key in PIN[:2]:
        response = press(client, card, pin=typed, press=key)
        typed += key
        assert f'value="{typed}"' in response.content.decode()
    response = press(client, card, pin=typed, press="back")
    assert f'value="{PIN[0]}"' in response.content.decode()

    assert press(client, card, pin=PIN, enter="1").status_code == 302


@pytest.mark.parametrize(("pin", "key"), [("123456", "7"), ("12", "x"), ("12", "²"), ("", "back")])
def test_a_key_that_cannot_be_changes_nothing(client, pin, key):
    response = press(client, a_card(), pin=pin, press=key)

    assert f'value="{pin}"' in response.content.decode()


def test_keys_are_no_tries(client):
    card = a_card()
    for _time in range(10):
        press(client, card, pin="1", press="2")

    card.refresh_from_db()
    assert card.failures == 0


def test_a_wrong_number_says_so_kindly_and_forgets_it(client):
    response = press(client, a_card(), pin="9753", enter="1")

    page = response.content.decode()
    assert response.status_code == 200
    assert 'role="alert"' in page
    assert "9753" not in page


def test_after_five_the_card_rests_and_the_keys_are_gone(client):
    card = a_card()
    for _try in range(services.PIN_TRIES):
        press(client, card, pin="9753", enter="1")

    response = press(client, card, pin=PIN, enter="1")

    page = response.content.decode()
    assert response.status_code == 200
    assert 'role="alert"' in page
    assert "pad__key" not in page
    assert client.get("/m/").status_code == 302
    assert "pad__key" not in client.get(f"/m/login/{card.pk}/").content.decode()


def test_a_card_that_rests_says_until_when_and_whom_to_ask(client):
    card = a_card()
    for _try in range(services.PIN_TRIES):
        press(client, card, pin="9753")

    page = client.get(f"/m/login/{card.pk}/", headers={"Accept-Language": "es"}).content.decode()

    assert "Demasiados intentos. Descansa hasta" in page
    assert "pide a la secretaria" in page


@pytest.mark.parametrize("nothing", ["", "  ", "abcd"])
def test_no_number_is_asked_for_and_is_no_try(client, nothing):
    card = a_card()

    page = press(client, card, pin=nothing)

    assert page.context["told"]
    card.refresh_from_db()
    assert card.failures == 0


def test_she_comes_to_where_she_wanted_to_go(client):
    card = a_card()
    to_pictures = client.get("/m/wool/")
    assert to_pictures.url == "/m/login/?next=%2Fm%2Fwool%2F"
    page = client.get(to_pictures.url).content.decode()
    assert f"/m/login/{card.pk}/?next=%2Fm%2Fwool%2F" in page

    assert press(client, card, pin=PIN, enter="1", next="/m/wool/").url == "/m/wool/"


@pytest.mark.parametrize(
    "elsewhere",
    ["https://example.org/", "//example.org/", "javascript:alert(1)", "\\\\example.org"],
)
def test_nobody_is_sent_elsewhere(client, elsewhere):
    card = a_card()

    assert press(client, card, pin=PIN, enter="1", next=elsewhere).url == "/m/"
    client.post("/m/leave/")
    page = client.get("/m/login/", {"next": elsewhere}).content.decode()
    assert "example.org" not in page
    assert client.post("/m/language/", {"language": "en", "next": elsewhere}).url == "/m/login/"


def test_going_out_leaves_nothing_behind(client):
    press(client, a_card(), pin=PIN, enter="1")

    client.post("/m/leave/")

    assert client.get("/m/").status_code == 302
    assert not dict(client.session)


def test_going_out_is_not_done_by_following_a_link(client):
    press(client, a_card(), pin=PIN, enter="1")

    assert client.get("/m/leave/").status_code == 405
    assert client.get("/m/").status_code == 200


def test_forms_of_other_sites_are_refused():
    client = Client(enforce_csrf_checks=True)
    card = a_card()

    assert press(client, card, pin=PIN, enter="1").status_code == 403
    card.refresh_from_db()
    assert card.failures == 0


# The door falls shut ----------------------------------------------------------------------------
def idle(client: Client, seconds: int) -> None:
    session = client.session
    session["portal_seen"] = int(time()) - seconds
    session.save()


def test_a_screen_that_nobody_taps_locks_by_itself(client):
    press(client, a_card(), pin=PIN, enter="1")
    idle(client, access.IDLE_SECONDS + 1)

    response = client.get("/m/")

    assert response.url == "/m/locked/"
    assert "_auth_user_id" not in client.session


def test_tapping_keeps_it_open(client):
    press(client, a_card(), pin=PIN, enter="1")
    for _tap in range(3):
        idle(client, access.IDLE_SECONDS - 1)
        assert client.get("/m/").status_code == 200


def test_a_locked_screen_takes_no_answer_either(client):
    press(client, a_card(), pin=PIN, enter="1")
    idle(client, access.IDLE_SECONDS + 1)

    assert client.post("/m/work/1/yes/").url == "/m/locked/"


def test_the_page_goes_away_by_itself_also_without_script(client):
    press(client, a_card(), pin=PIN, enter="1")

    assert client.get("/m/")["Refresh"] == str(access.AWAY_SECONDS)


def test_the_cookie_goes_too(client):
    press(client, a_card(), pin=PIN, enter="1")

    assert client.session.get_expiry_age() <= access.AWAY_SECONDS


def test_who_came_in_at_the_office_keeps_her_own_session(client):
    client.force_login(an_account(), backend="coop.people.backends.EmailBackend")

    response = client.get("/m/")

    assert response.status_code == 200
    assert "Refresh" not in response


@pytest.mark.parametrize("address", ["/m/", "/m/login/", "/m/work/", "/m/sign/"])
def test_no_screen_is_kept_anywhere(client, address):
    assert client.get(address)["Cache-Control"] == "private, no-store"
    press(client, a_card(), pin=PIN, enter="1")
    assert client.get(address)["Cache-Control"] == "private, no-store"


def test_the_screens_load_nothing_from_elsewhere_and_run_nothing_inline(client):
    press(client, a_card(), pin=PIN, enter="1")

    response = client.get("/m/")

    policy = response["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    page = response.content.decode()
    assert " style=" not in page
    assert "onclick" not in page
    assert "<script>" not in page


def test_the_last_tries_are_counted_aloud(client):
    card = a_card()
    told = [
        press(client, card, pin="9753").content.decode() for _try in range(services.PIN_TRIES - 1)
    ]

    assert ["Te queda" in page for page in told] == [False, False, True, True]
    assert "Te quedan dos intentos." in told[2]
    assert "Te queda un intento." in told[3]


def test_a_card_that_rests_shows_and_says_the_time_alone(client, monkeypatch):
    """Resting ends today: no date is read out, and the clock is drawn."""
    card = a_card()
    until = timezone.localtime().replace(hour=22, minute=55, second=0)
    PinCard.objects.update(locked_until=until)
    monkeypatch.setattr("django.utils.timezone.now", lambda: until - timedelta(minutes=10))
    page = client.get(f"/m/login/{card.pk}/", headers={"Accept-Language": "es"})

    told = page.content.decode()
    assert "hasta las <b>22:55</b>" in told
    assert f"{until:%d/%m/%Y}" not in told
    assert 'class="clock"' in told
    assert "hasta las veintidós cincuenta y cinco" in told


def test_the_keys_stay_where_they_are_when_she_errs(client):
    """The room of what is said is kept before anything is said."""
    card = a_card()

    for page in (client.get(f"/m/login/{card.pk}/"), press(client, card, pin="9753")):
        before_keys = page.content.decode().split("pad__keys")[0]
        assert before_keys.count("pad__told") == 1
        assert before_keys.split("pad__told")[0].count('role="alert"') == 0
