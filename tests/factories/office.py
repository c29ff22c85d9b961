"""A browser in the office, with somebody behind it."""

from django.test import Client

from coop.people.models import User
from tests.factories.ledger import person

BACKEND = "coop.people.backends.EmailBackend"


def browser_of(user: User) -> Client:
    """A client in which `user` has come in."""
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def browser(name: str, *roles: str) -> Client:
    """A client in which somebody with these roles has come in."""
    return browser_of(person(name, *roles))
