"""Whoever keeps the accounts cannot sign as two, nor make anybody more than a post allows."""

import pytest
from django.test import Client
from django.urls import reverse

from coop.people import roles
from coop.people.models import User
from tests.factories.people import someone_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary(client: Client) -> User:
    user = someone_in(roles.SECRETARY, "Nieves", email="nieves@example.org")
    client.force_login(user, backend="coop.people.backends.EmailBackend")
    return user


def send(client: Client, person: User, **changes: object):
    page = {
        "username": person.username,
        "email": person.email or "",
        "first_name": person.first_name or "Nieves",
        "last_name": "Q",
        "is_active": "on",
    }
    return client.post(reverse("wagtailusers_users:edit", args=[person.pk]), page | changes)


def test_the_secretary_makes_nobody_an_administrator(client: Client, secretary: User):
    other = someone_in(roles.EDITOR, "Elsa", email="elsa@example.org")

    assert send(client, other, is_superuser="on").status_code == 302

    other.refresh_from_db()
    assert not other.is_superuser


def test_the_secretary_sets_nobodys_password_and_address(client: Client, secretary: User):
    treasurer = someone_in(roles.TREASURER, "Tomasa", email="tomasa@example.org")
    before = treasurer.password

    send(
        client,
        treasurer,
        email="mine@example.org",
        password1="abcXYZ123!!",
        password2="abcXYZ123!!",
    )

    treasurer.refresh_from_db()
    assert treasurer.password == before
    assert treasurer.email == "tomasa@example.org"


def test_a_post_is_neither_given_nor_lost_in_the_form_of_an_account(
    client: Client, secretary: User
):
    from django.contrib.auth.models import Group

    treasurer = Group.objects.get(name=roles.TREASURER)
    auditor = Group.objects.get(name=roles.AUDITOR)

    refused = send(client, secretary, groups=[str(treasurer.pk)])
    given = send(client, secretary, groups=[str(auditor.pk)])

    assert refused.status_code == 200
    assert given.status_code == 302
    names = set(secretary.groups.values_list("name", flat=True))
    assert names == {roles.SECRETARY, roles.AUDITOR}


def test_a_new_account_is_no_administrator(client: Client, secretary: User):
    page = {
        "username": "new-one",
        "email": "new@example.org",
        "first_name": "New",
        "last_name": "One",
        "password1": "a-long-secret-9",
        "password2": "a-long-secret-9",
        "is_superuser": "on",
    }

    assert client.post(reverse("wagtailusers_users:add"), page).status_code == 302

    assert not User.objects.get(email="new@example.org").is_superuser
