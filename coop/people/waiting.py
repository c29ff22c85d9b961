"""What waits about her own doors: a second step, and a PIN of her own."""

from collections.abc import Iterator

from django.contrib.auth.models import AbstractUser
from django.urls import reverse
from django.utils.translation import gettext as _

from coop.kit.waiting import Waiting, source
from coop.people.models import User
from coop.people.pins import pin_is_known
from coop.people.second_step import Level, lacks


@source(order=90)
def doors(person: AbstractUser) -> Iterator[Waiting]:
    """What she herself has still to do about coming in and signing."""
    if not isinstance(person, User):
        return
    if lacks(person) != Level.FREE:
        yield Waiting(
            count=1,
            sentence=_("1 step is missing: with a passkey or an app nobody comes in as you."),
            button=_("Set up the second step"),
            url=reverse("mfa_index"),
            menu="",
            icon="tools",
        )
    if pin_is_known(person):
        yield Waiting(
            count=1,
            sentence=_("1 PIN of yours may be known to others: choose your own on your phone."),
            button=_("To my pages"),
            url=reverse("portal:home"),
            menu="",
            icon="women",
        )
