"""Reading skills and hours: who can take which work in a month."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet

from coop.kit.days import month_of
from coop.members.models import Member
from coop.quotas.models import Capacity, QuotaEvent, Skill, Technique


@dataclass(frozen=True)
class Candidate:
    """A member who masters a technique well enough and has minutes left in a month."""

    member: Member
    level: int
    offered_minutes: int
    promised_minutes: int

    @property
    def free_minutes(self) -> int:
        """What she offers and has not promised."""
        return self.offered_minutes - self.promised_minutes


def candidates(technique: Technique, level: int, month: date) -> list[Candidate]:
    """Active knitters at `level` or above with free minutes in `month`, the freest first."""
    first = month_of(month)
    levels = dict(
        Skill.objects.filter(technique=technique, level__gte=level).values_list(
            "member_id", "level"
        )
    )
    rows = (
        Capacity.objects.filter(
            member__in=Member.objects.active().knitters(),
            member_id__in=levels,
            month=first,
            promised_minutes__lt=F("offered_minutes"),
        )
        .select_related("member__settlement")
        .order_by(F("promised_minutes") - F("offered_minutes"), "member_id")
    )
    return [
        Candidate(row.member, levels[row.member_id], row.offered_minutes, row.promised_minutes)
        for row in rows
    ]


@dataclass(frozen=True)
class Row:
    """A member in the office's table: her level in each technique, and her month."""

    member: Member
    levels: dict[int, int]
    offered_minutes: int
    promised_minutes: int


def table(members: list[Member], month: date) -> list[Row]:
    """Levels (by technique, 0 for none) and a month's hours of these members; two queries."""
    levels: dict[int, dict[int, int]] = {member.pk: {} for member in members}
    for member_id, technique_id, level in Skill.objects.filter(member__in=members).values_list(
        "member_id", "technique_id", "level"
    ):
        levels[member_id][technique_id] = level
    months = {
        row.member_id: row
        for row in Capacity.objects.filter(member__in=members, month=month_of(month))
    }
    return [
        Row(
            member,
            levels[member.pk],
            months[member.pk].offered_minutes if member.pk in months else 0,
            months[member.pk].promised_minutes if member.pk in months else 0,
        )
        for member in members
    ]


def skills_of(member: Member) -> QuerySet[Skill]:
    """What she masters, the best first."""
    return member.skills.select_related("technique").order_by("-level", "technique__key")


def months_of(member: Member, *, since: date) -> QuerySet[Capacity]:
    """Her months from `since`'s on."""
    return member.capacities.filter(month__gte=month_of(since)).order_by("month")


def events_of(member: Member) -> QuerySet[QuotaEvent]:
    """What was confirmed and offered, the newest first."""
    return member.quota_events.select_related("technique", "actor").order_by("-pk")
