"""What waits about members: who has no PIN yet, and new PINs that a second woman confirms."""

from collections.abc import Iterator

from django.contrib.auth.models import AbstractUser
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from coop.kit.waiting import Waiting, source
from coop.members.models import Member
from coop.people.models import PinRequest

ENROL, CONFIRM_PIN = "members.enrol_member", "people.confirm_pin"


@source(order=70)
def members(person: AbstractUser) -> Iterator[Waiting]:
    """Members who cannot come in, and PINs that wait for her yes."""
    if person.has_perm(CONFIRM_PIN):
        asked = PinRequest.objects.filter(status=PinRequest.Status.WAITING)
        yield Waiting(
            rows=asked.exclude(asked_by=person.pk).exclude(user=person.pk),
            words=ngettext_lazy(
                "%(count)s new PIN waits for a second woman of the Junta.",
                "%(count)s new PINs wait for a second woman of the Junta.",
                "count",
            ),
            button=_("Look and confirm"),
            url=reverse("members_office:pins"),
            menu="members",
            icon="women",
        )
    if person.has_perm(ENROL):
        yield Waiting(
            rows=Member.objects.active().filter(user__pin_card__isnull=True),
            words=ngettext_lazy(
                "%(count)s member has no picture and PIN: she cannot come in.",
                "%(count)s members have no picture and PIN: they cannot come in.",
                "count",
            ),
            button=_("See who"),
            url=f"{reverse('members_office:index')}?status=active&pin=none",
            menu="members",
            icon="women",
        )
