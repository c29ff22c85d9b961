"""Pages without a language in their address speak the visitor's own."""

import pytest
from django.test import Client

from coop.people import roles
from tests.factories.people import a_card, an_account, someone_in

pytestmark = pytest.mark.django_db


def page(client: Client, address: str, **headers: str) -> str:
    return client.get(address, follow=True, **headers).content.decode()


@pytest.mark.parametrize(("language", "spoken"), [("es", 'lang="es"'), ("en", 'lang="en"')])
def test_a_member_is_spoken_to_in_her_own_language(client, language, spoken):
    client.force_login(an_account(language=language))

    assert spoken in page(client, "/m/", HTTP_ACCEPT_LANGUAGE="en" if language == "es" else "es")


def test_a_stranger_is_spoken_to_in_the_language_of_her_phone(client):
    assert 'lang="en"' in page(client, "/m/login/", HTTP_ACCEPT_LANGUAGE="en")
    assert 'lang="es"' in page(client, "/m/login/", HTTP_ACCEPT_LANGUAGE="es")


def test_a_language_that_we_do_not_speak_becomes_spanish(client):
    assert 'lang="es"' in page(client, "/m/login/", HTTP_ACCEPT_LANGUAGE="qu")


def test_a_phone_keeps_the_language_chosen_before_coming_in(client):
    client.post("/m/language/", {"language": "en", "next": "/m/login/"})

    assert 'lang="en"' in page(client, "/m/login/", HTTP_ACCEPT_LANGUAGE="es")


def test_her_choice_goes_with_her_to_another_phone(client):
    user = an_account(language="es")
    client.force_login(user)
    client.post("/m/language/", {"language": "en", "next": "/m/"})

    other = Client()
    other.force_login(user)

    assert 'lang="en"' in page(other, "/m/", HTTP_ACCEPT_LANGUAGE="es")


def test_the_office_speaks_her_language(client):
    user = someone_in(roles.SECRETARY, language="en")
    client.force_login(user)

    assert 'lang="en"' in page(client, "/office/", HTTP_ACCEPT_LANGUAGE="es")


def test_her_language_does_not_stay_for_the_next_visitor(client):
    a_card()
    client.force_login(an_account(language="en"))
    client.get("/m/", HTTP_ACCEPT_LANGUAGE="es")

    assert 'lang="es"' in page(Client(), "/m/login/", HTTP_ACCEPT_LANGUAGE="es")
