"""The pages of an account speak plainly: one sentence about passwords, no address of a machine."""

import re

import pytest
from allauth.account.models import EmailAddress

from coop.people.models import User

pytestmark = pytest.mark.django_db

PAGES = ("login", "signup", "password/reset", "confirm-email", "inactive", "password/reset/done")
#: How libraries title things in English: Every Word Tall.
TITLE_CASE = re.compile(r"<h1[^>]*>\s*[A-Z]\w+ [A-Z]\w+")


def with_address(email: str = "rosa@example.org", *, is_verified: bool = True) -> User:
    """Somebody with an address and a password."""
    user = User.objects.create_user(username=email, email=email, password="tres palabras largas")
    EmailAddress.objects.create(user=user, email=email, primary=True, verified=is_verified)
    return user


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["en", "es"])
def test_a_page_before_coming_in_has_a_heading_in_the_houses_voice(client, page, language):
    html = client.get(f"/{language}/account/{page}/").content.decode()

    assert html.count("<h1>") == 1
    assert not TITLE_CASE.search(html)
    assert "placeholder=" not in html


def test_a_new_password_is_explained_in_one_sentence(client):
    html = client.get("/en/account/signup/").content.decode()

    assert html.count('class="field__help"') == 1
    assert "Ten letters or more" in html


def test_the_sentence_about_passwords_says_what_is_checked(client):
    answer = client.post(
        "/en/account/signup/",
        {"email": "rosa@example.org", "password1": "corta9999", "password2": "corta9999"},
    )

    assert answer.status_code == 200
    assert not User.objects.filter(email="rosa@example.org").exists()


def test_where_a_browser_takes_no_passkeys_a_button_leads_to_where_it_does(client):
    html = client.get("/en/account/login/", HTTP_HOST="127.0.0.1:8000").content.decode()

    link = re.search(r'<a class="button[^>]*href="(http://localhost:8000[^"]*)">(.*?)</a>', html)
    assert link is not None
    assert "Log in with a passkey" in link[2]
    assert ">http" not in html


def test_each_address_says_how_it_stands_and_what_can_be_done(client):
    user = with_address()
    EmailAddress.objects.create(user=user, email="other@example.org", verified=False)
    client.force_login(user)

    html = client.get("/en/account/email/").content.decode()

    assert "We write here" in html
    assert "Not confirmed yet" in html
    # Nothing can be done with the first; the second can be confirmed, or taken out.
    assert html.count('name="action_send"') == 1
    assert html.count('name="action_remove"') == 1
    assert 'name="action_primary"' not in html


def test_an_address_is_taken_out_by_its_own_button(client):
    user = with_address()
    EmailAddress.objects.create(user=user, email="other@example.org", verified=False)
    client.force_login(user)

    client.post("/en/account/email/", {"email": "other@example.org", "action_remove": ""})

    assert list(EmailAddress.objects.values_list("email", flat=True)) == ["rosa@example.org"]


def test_the_way_to_a_passkey_keeps_where_she_wanted_to_go(client):
    html = client.get("/en/account/login/?next=/en/wholesale/", HTTP_HOST="127.0.0.1:8000").content

    assert b'href="http://localhost:8000/en/account/login/?next=/en/wholesale/"' in html
    assert b"at another address than this one" in html
