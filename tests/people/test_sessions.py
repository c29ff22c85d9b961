"""When a session ends: a lost phone, a new password, a closed account, a house become real."""

import pytest
from django.conf import settings
from django.test import Client

from coop.people import services
from coop.people.models import Installation, User
from tests.factories.people import PASSWORD, PIN, a_card, an_account

pytestmark = pytest.mark.django_db

PIN_BACKEND = "coop.people.backends.PinBackend"
EMAIL_BACKEND = "coop.people.backends.EmailBackend"


def in_with(user: User, backend: str = EMAIL_BACKEND) -> Client:
    client = Client()
    client.force_login(user, backend=backend)
    return client


def is_in(client: Client) -> bool:
    from django.contrib.auth import get_user

    class Asking:
        session = client.session

    return get_user(Asking()).is_authenticated


@pytest.mark.parametrize("backend", [PIN_BACKEND, EMAIL_BACKEND])
def test_a_new_pin_sends_out_whoever_came_in_with_the_old_one(backend):
    card = a_card(an_account())
    client = in_with(card.user, backend)
    assert is_in(client)

    a_card(card.user, pin="5917", colour=card.colour)

    assert not is_in(client)


def test_ending_her_sessions_touches_nobody_elses():
    her, other = an_account(), an_account()
    hers, others = in_with(her), in_with(other)

    services.end_sessions(user=her)

    assert not is_in(hers)
    assert is_in(others)


def test_a_new_password_ends_the_sessions_of_the_old_one():
    user = an_account()
    client = in_with(user)

    user.set_password("another-long-and-quiet-word")
    user.save()

    assert not is_in(client)


@pytest.mark.parametrize("backend", [PIN_BACKEND, EMAIL_BACKEND])
def test_a_closed_account_is_out_at_once(backend):
    user = an_account()
    client = in_with(user, backend)

    User.objects.filter(pk=user.pk).update(is_active=False)

    assert not is_in(client)


@pytest.mark.parametrize("backend", [PIN_BACKEND, EMAIL_BACKEND])
def test_demo_log_ins_stop_when_the_house_becomes_real(backend):
    services.show_demo()
    demo, real = an_account(is_demo=True), an_account()
    a_card(demo)
    demo.refresh_from_db()
    of_demo, of_real = in_with(demo, backend), in_with(real, backend)
    assert is_in(of_demo)

    services.serve_real_cooperative()

    assert not is_in(of_demo)
    assert is_in(of_real)


def test_a_demo_password_no_longer_opens_a_real_house():
    services.show_demo()
    user = an_account(is_demo=True)
    assert Client().login(email=user.email, password=PASSWORD)

    services.serve_real_cooperative()

    assert not Client().login(email=user.email, password=PASSWORD)


def test_a_demo_pin_no_longer_opens_a_real_house():
    services.show_demo()
    card = a_card(an_account(email=None, is_demo=True))
    assert services.open_with_pin(card=card, pin=PIN, address="198.51.100.7")

    services.serve_real_cooperative()

    with pytest.raises(services.WrongPin):
        services.open_with_pin(card=card, pin=PIN, address="198.51.100.7")


def test_a_real_house_never_becomes_a_demo_again():
    services.serve_real_cooperative()

    with pytest.raises(services.DemoIsOver):
        services.show_demo()

    assert services.installation().mode == Installation.Mode.REAL


def test_coming_in_gives_a_new_session_key():
    client = Client()
    client.get("/m/login/")
    session = client.session
    session["before"] = "1"
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    card = a_card()

    client.post(f"/m/login/{card.pk}/", {"pin": PIN})

    assert is_in(client)
    assert client.session.session_key != session.session_key


def test_cookies_are_closed_to_scripts_and_other_sites():
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == "Lax"
    assert settings.CSRF_COOKIE_SAMESITE == "Lax"
