"""Skills and hours for the tests."""

from datetime import date

from coop.members.models import Member
from coop.quotas.models import Capacity, HoursHold, HoursMonth, Technique
from coop.quotas.queries import HoursPlan
from coop.quotas.services import hold_hours, offer_hours, set_skill
from tests.factories.rules import secretary

MONTH = date(2026, 3, 1)


def technique(key: str = "puppets") -> Technique:
    """A technique by its key."""
    return Technique.objects.get_or_create(key=key, defaults={"name_es": key, "name_en": key})[0]


def skilled(member: Member, key: str = "puppets", level: int = 2) -> Member:
    """`member` with a skill."""
    set_skill(member=member, technique=technique(key), level=level, actor=secretary(), on=MONTH)
    return member


def offering(member: Member, hours: int = 40, month: date = MONTH) -> Capacity:
    """`member` with hours to give in a month."""
    return offer_hours(member=member, month=month, minutes=hours * 60, actor=secretary(), on=month)


def holding(reference: str = "line:1", minutes: int = 60, on: date = MONTH) -> HoursPlan:
    """Hours held for a piece that somebody pays for."""
    return hold_hours(reference=reference, minutes=minutes, on=on)


def held_past_the_service(
    reference: str = "line:1", minutes: int = 60, month: date = MONTH, on: date = MONTH
) -> HoursHold:
    """A hold that somebody writes into the table, who knows no lock and does not look."""
    HoursMonth.objects.get_or_create(month=month)
    return HoursHold.objects.create(reference=reference, month=month, minutes=minutes, held_on=on)
