"""Coming in: allauth's pages in the house's look, without inline script, in both languages."""

import pytest
from django.test import Client

from coop.people.services import make_account
from tests.cms.html import Page as Html

pytestmark = pytest.mark.django_db
PASSWORD = "una-clave-larga-7"
ENTRANCES = ["login/", "signup/", "password/reset/", "password/reset/done/", "inactive/"]
MANAGED = [
    "email/",
    "password/change/",
    "logout/",
    "2fa/",
    "2fa/totp/activate/",
    "2fa/webauthn/add/",
]


@pytest.fixture
def member() -> Client:
    make_account(name="Ana", email="ana@example.org", password=PASSWORD)
    client = Client()
    client.post("/en/account/login/", {"login": "ana@example.org", "password": PASSWORD})
    return client


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("path", ENTRANCES)
def test_entrances_stand_in_the_houses_frame(client, language, path):
    html = client.get(f"/{language}/account/{path}").content.decode()

    page = Html(html)
    assert page.problems == []
    assert page.lang == language
    assert "css/tokens.css" in html
    assert '<meta name="robots" content="noindex">' in html


@pytest.mark.parametrize("path", MANAGED)
def test_pages_of_ones_own_account_stand_in_the_houses_frame(member, path):
    response = member.get(f"/en/account/{path}", follow=True)

    assert response.status_code == 200
    assert Html(response.content.decode()).problems == []


def test_who_came_in_sees_her_account_and_the_way_out(member):
    links = Html(member.get("/en/").content.decode()).links

    assert "/en/account/logout/" in links
    assert "/en/account/login/" not in links


def test_a_wrong_password_is_said_beside_the_form_and_the_address_stays(client):
    response = client.post("/es/account/login/", {"login": "ana@example.org", "password": "x"})

    html = response.content.decode()
    assert response.status_code == 200
    assert 'role="alert"' in html
    assert 'value="ana@example.org"' in html


def test_the_office_sends_strangers_to_the_same_way_in(client):
    response = client.get("/office/", follow=True)

    assert response.redirect_chain[-1][0].startswith("/es/account/login/")
    assert Html(response.content.decode()).problems == []


def test_the_passkey_button_brings_its_scripts_from_here(client):
    html = client.get("/en/account/login/").content.decode()

    assert 'id="passkey_login"' in html
    assert 'src="/static/mfa/js/webauthn.js"' in html
