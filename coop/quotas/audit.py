"""What must always hold of skills and hours."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from coop.kit.audit import finding, invariant
from coop.kit.days import today
from coop.members.models import Member
from coop.quotas.models import Capacity, HoursHold, Skill

#: Nobody pays for longer than this: what is held still was forgotten.
LONGEST_HOLD = timedelta(days=2)


@invariant(5, _("Promised hours never exceed capacity"))
def promised_hours_within_capacity() -> Iterator[str]:
    """Every month of every member."""
    for row in Capacity.objects.filter(promised_minutes__gt=F("offered_minutes")).select_related(
        "member"
    ):
        yield finding(
            "{row}: {promised_minutes} minutes promised of {offered_minutes}",
            row=row,
            promised_minutes=row.promised_minutes,
            offered_minutes=row.offered_minutes,
        )


@invariant(5, _("Hours are held only while a customer pays"))
def holds_end() -> Iterator[str]:
    """No hold is left over, and each that has ended says when.

    Held and promised hours together may exceed what is offered: a hold gives way to a promise.
    """
    held = Q(status=HoursHold.Status.HELD)
    for hold in HoursHold.objects.filter(held, held_on__lt=today() - LONGEST_HOLD):
        yield finding("hold {hold} is left over from {held_on}", hold=hold, held_on=hold.held_on)
    ended = Q(ended_at__isnull=False)
    for hold in HoursHold.objects.filter((held & ended) | (~held & ~ended)):
        yield finding("hold {hold} ended: {ended_at}", hold=hold, ended_at=hold.ended_at)


@invariant(9, _("An honorary member has no skills for work and offers no hours"))
def honorary_members_get_no_work() -> Iterator[str]:
    """Neither a skill nor a month stands under her code."""
    honorary = {"member__kind": Member.Kind.HONORARY}
    for skill in Skill.objects.filter(**honorary).select_related("member", "technique"):
        yield finding("{skill} is of an honorary member", skill=skill)
    for month in Capacity.objects.filter(**honorary).select_related("member"):
        yield finding("{month}: an honorary member offers hours", month=month)
