"""What the tests of production's office share."""

from collections.abc import Callable

from django.http import HttpResponse
from django.test import Client

from coop.people.models import User

PAGES = ("", "open/", "share-out/", "answers/", "wool/", "deliveries/", "check/")
WORK = "/office/work/"

Desk = Callable[[User], Client]


def text(response: HttpResponse) -> str:
    """The words of a page."""
    return response.content.decode()
