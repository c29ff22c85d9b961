"""`manage.py write_address`: an address for a member who has none, and only for her."""

import re

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client

from coop.people.models import User
from tests.factories.members import member
from tests.factories.people import an_account

pytestmark = pytest.mark.django_db


def without_address() -> User:
    user = member("T-03").user
    User.objects.filter(pk=user.pk).update(email=None)
    return User.objects.get(pk=user.pk)


def test_then_she_chooses_her_password_by_mail(client: Client) -> None:
    user = without_address()

    call_command("write_address", member="t-03", email="Rosa@Example.org")

    user.refresh_from_db()
    assert user.email == "rosa@example.org"
    client.post("/es/account/password/reset/", {"email": "rosa@example.org"})
    assert re.search(r"/account/password/reset/key/", mail.outbox[0].body)


def test_no_address_is_replaced_or_shared() -> None:
    user, other = without_address(), an_account()
    for code, email in (("T-99", "a@b.org"), ("T-03", "nothing"), ("T-03", other.email)):
        with pytest.raises(CommandError):
            call_command("write_address", member=code, email=email)
    assert User.objects.get(pk=user.pk).email is None

    call_command("write_address", member="T-03", email="rosa@example.org")
    with pytest.raises(CommandError):
        call_command("write_address", member="T-03", email="other@example.org")
    assert User.objects.get(pk=user.pk).email == "rosa@example.org"
