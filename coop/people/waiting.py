"""What waits about her own doors: a second step, and a PIN of her own."""

from collections.abc import Iterator

from django.contrib.auth.models import AbstractUser
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coop.kit.waiting import Waiting, source
from coop.people.models import PinCard, User
from coop.people.second_step import Level, lacks


@source(order=90, has_badge=False)
def doors(person: AbstractUser) -> Iterator[Waiting]:
    """What she herself has still to do about coming in and signing."""
    if not isinstance(person, User):
        return
    yield Waiting(
        rows=int(lacks(person) != Level.FREE),
        words=gettext_lazy("1 step is missing: with a passkey or an app nobody comes in as you."),
        button=_("Set up the second step"),
        url=reverse("mfa_index"),
        menu="",
        icon="tools",
    )
    yield Waiting(
        rows=PinCard.objects.filter(user=person, is_known=True),
        words=gettext_lazy("1 PIN of yours may be known to others: choose your own on your phone."),
        button=_("To my pages"),
        url=reverse("portal:home"),
        menu="",
        icon="women",
    )
