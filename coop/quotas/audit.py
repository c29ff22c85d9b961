"""What must always hold of skills and hours."""

from collections.abc import Iterator

from django.db.models import F

from coop.kit.audit import invariant
from coop.members.models import Member
from coop.quotas.models import Capacity, Skill


@invariant(5, "Promised hours never exceed capacity")
def promised_hours_within_capacity() -> Iterator[str]:
    """Every month of every member."""
    for row in Capacity.objects.filter(promised_minutes__gt=F("offered_minutes")).select_related(
        "member"
    ):
        yield f"{row}: {row.promised_minutes} minutes promised of {row.offered_minutes}"


@invariant(9, "An honorary member has no skills for work and offers no hours")
def honorary_members_get_no_work() -> Iterator[str]:
    """Neither a skill nor a month stands under her code."""
    honorary = {"member__kind": Member.Kind.HONORARY}
    for skill in Skill.objects.filter(**honorary).select_related("member", "technique"):
        yield f"honorary member {skill}"
    for month in Capacity.objects.filter(**honorary).select_related("member"):
        yield f"honorary member {month} offers hours"
