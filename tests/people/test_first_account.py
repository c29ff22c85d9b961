"""`manage.py first_account`: the first office account of a real cooperative."""

import pytest
from django.core.management import CommandError, call_command

from coop.people import roles, services
from coop.people.models import Installation, User
from tests.factories.people import PASSWORD, an_account

pytestmark = pytest.mark.django_db

EMAIL = "secretaria@example.org"


@pytest.fixture(autouse=True)
def password(monkeypatch):
    monkeypatch.setenv("MINKA_FIRST_PASSWORD", PASSWORD)


def make(**given: str) -> None:
    call_command("first_account", **({"email": EMAIL, "name": "Nieves Condori"} | given))


def nothing_was_made() -> bool:
    return not User.objects.filter(email=EMAIL).exists()


def test_it_makes_a_secretary_who_also_edits(client):
    make()

    user = User.objects.get(email=EMAIL)
    assert user.get_full_name() == "Nieves Condori"
    assert user.has_role(roles.SECRETARY)
    assert user.has_role(roles.EDITOR)
    assert not user.is_superuser
    assert client.login(email=EMAIL, password=PASSWORD)


def test_from_then_on_the_house_is_real():
    services.show_demo()
    demo = an_account(is_demo=True)

    make()

    assert services.installation().mode == Installation.Mode.REAL
    assert not services.may_come_in(demo)


def test_what_is_not_given_is_asked_for(monkeypatch):
    answers = iter([EMAIL, "Nieves Condori"])
    monkeypatch.setattr("builtins.input", lambda question: next(answers))

    call_command("first_account")

    assert User.objects.filter(email=EMAIL).exists()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"email": "no-address"}, "e-mail address"),
        ({"name": "   "}, "name"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(given, said):
    with pytest.raises(CommandError) as refusal:
        make(**given)

    assert said in str(refusal.value).lower()
    assert "\n" not in str(refusal.value)
    assert nothing_was_made()


@pytest.mark.parametrize("weak", ["short", "1234567890123", "password1234", "secretaria@example"])
def test_a_weak_password_is_refused(monkeypatch, weak):
    monkeypatch.setenv("MINKA_FIRST_PASSWORD", weak)

    with pytest.raises(CommandError):
        make()

    assert nothing_was_made()
    assert services.installation().mode == Installation.Mode.EMPTY


def test_an_address_that_has_an_account_is_refused():
    an_account(email=EMAIL)

    with pytest.raises(CommandError, match="has an account already"):
        make(email=EMAIL.upper())

    assert services.installation().mode == Installation.Mode.EMPTY


def test_without_anybody_to_ask_it_says_what_to_give(monkeypatch):
    def nobody(question: str) -> str:
        raise EOFError

    monkeypatch.setattr("builtins.input", nobody)

    with pytest.raises(CommandError, match="--email"):
        call_command("first_account")
