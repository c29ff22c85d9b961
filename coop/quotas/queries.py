"""Reading skills and hours: who can take which work in a month, and what is free."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from django.db.models import F, Max, QuerySet, Sum

from coop.kit.days import month_of, next_month, today
from coop.members.models import Member
from coop.quotas import unassigned
from coop.quotas.models import Capacity, HoursHold, QuotaEvent, Skill, Technique

#: How many months after the present one hours are looked for.
MONTHS_AHEAD = 6


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


@dataclass(frozen=True)
class HoursPlan:
    """Which months' hours a piece takes, and by when it can be knitted with them."""

    months: dict[date, int]
    #: What does not fit into the hours on offer.
    beyond_minutes: int
    #: The last day of the last month used; None when that is the present month, or none.
    ready_by: date | None

    @classmethod
    def of(cls, months: dict[date, int], minutes: int, on: date) -> Self:
        """The plan for `minutes` that takes these of each month."""
        last = max(months, default=month_of(on))
        later = last > month_of(on)
        return cls(
            months=months,
            beyond_minutes=max(minutes - sum(months.values()), 0),
            ready_by=next_month(last) - timedelta(days=1) if later else None,
        )


def months_ahead(on: date) -> list[date]:
    """The month of `on` and those after it in which hours are looked for."""
    months = [month_of(on)]
    for _month in range(MONTHS_AHEAD):
        months.append(next_month(months[-1]))
    return months


def held_minutes(month: date) -> int:
    """What is held in a month for customers who are paying."""
    return _held([month_of(month)]).get(month_of(month), 0)


def held_until(references: Sequence[str], on: date) -> date | None:
    """The last day of the last month in which hours are held for these; None for `on`'s or none."""
    held = HoursHold.objects.filter(reference__in=references, status=HoursHold.Status.HELD)
    last = held.order_by().aggregate(last=Max("month"))["last"]
    return next_month(last) - timedelta(days=1) if last and last > month_of(on) else None


def free_hours(month: date, *, on: date | None = None) -> int:
    """Minutes of a month that can still be held, seen from the day `on` (today).

    Offered by active knitters, and neither promised nor held, nor needed by open work, which
    takes the first hours that are free; never below nothing.
    """
    wanted = month_of(month)
    months = [min(month_of(on or today()), wanted)]
    while months[-1] < wanted:
        months.append(next_month(months[-1]))
    return _free(months)[wanted]


def plan_hours(minutes: int, on: date) -> HoursPlan:
    """What `hold_hours` would hold now, without holding it."""
    return plan_hours_of([minutes], on)[0]


def plan_hours_of(pieces: Sequence[int], on: date) -> list[HoursPlan]:
    """A plan for each of these minutes, as if they were held one after the other.

    Two queries, and those of the sources of open work, however many pieces there are.
    """
    free = _free(months_ahead(on))
    return [_taken(minutes, free, on) for minutes in pieces]


def offered_minutes(on: date) -> dict[date, int]:
    """What active knitters offer in each of the months ahead for which they wrote hours down."""
    rows = (
        Capacity.objects.filter(
            month__in=months_ahead(on), member__in=Member.objects.active().knitters()
        )
        .order_by()
        .values_list("month")
        .annotate(offered=Sum("offered_minutes"))
    )
    return {month: offered for month, offered in rows if offered}


def _taken(minutes: int, free: dict[date, int], on: date) -> HoursPlan:
    """Take `minutes` out of `free`, the first months first."""
    months: dict[date, int] = {}
    rest = max(minutes, 0)
    for month, left in list(free.items()):
        if took := min(rest, left):
            months[month] = took
            free[month] = left - took
            rest -= took
    return HoursPlan.of(months, minutes, on)


def _held(months: list[date]) -> dict[date, int]:
    rows = HoursHold.objects.filter(month__in=months, status=HoursHold.Status.HELD)
    return dict(rows.order_by().values_list("month").annotate(Sum("minutes")))


def _left(months: list[date]) -> dict[date, int]:
    """What active knitters offer and have not promised, by month."""
    rows = Capacity.objects.filter(
        month__in=months, member__in=Member.objects.active().knitters()
    ).order_by()
    left = Sum("offered_minutes") - Sum("promised_minutes")
    return dict(rows.values_list("month").annotate(left=left))


def _free(months: list[date]) -> dict[date, int]:
    """Free minutes by month, in the order of `months`."""
    # Read in the order in which minutes go on: held, open, promised. Those that go on between
    # two looks are counted twice, which is the safe side.
    held, waiting, left = _held(months), unassigned.minutes(), _left(months)
    free: dict[date, int] = {}
    for month in months:
        # A promise does not ask what is held: a month may have less than nothing for a while.
        room = max(left.get(month, 0) - held.get(month, 0), 0)
        taken = min(room, waiting)
        waiting -= taken
        free[month] = room - taken
    return free
