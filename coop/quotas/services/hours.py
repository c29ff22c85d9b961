"""What each can knit, how many hours she offers, and which of them are promised."""

from datetime import date

from django.db import transaction
from django.utils.formats import date_format

from coop.kit import days
from coop.kit.days import month_of
from coop.kit.templatetags.house import hours
from coop.members.models import Member
from coop.people.models import User
from coop.quotas.errors import (
    HonoraryDoesNotKnit,
    LessThanPromised,
    NotEnoughHours,
    NoTime,
    NotPromised,
    NotWorking,
    TooManyHours,
    UnknownLevel,
)
from coop.quotas.models import Capacity, QuotaEvent, Skill, Technique

Kind = QuotaEvent.Kind

#: More than this in a month is a slip of the pen: 16 hours on each of 31 days.
MOST_MINUTES = 16 * 31 * 60


@transaction.atomic
def set_skill(
    *,
    member: Member,
    technique: Technique,
    level: int,
    actor: User,
    on: date | None = None,
) -> Skill | None:
    """Confirm how well a member masters a technique; level 0 takes the skill away (None).

    Raises HonoraryDoesNotKnit or UnknownLevel. Source: rules, aim 1 (skills gained).
    """
    if level not in {0, *Skill.Level.values}:
        raise UnknownLevel(levels=", ".join(str(label) for label in Skill.Level.labels))
    member = _locked(member)
    day = on or days.today()
    skill = Skill.objects.filter(member=member, technique=technique).first()
    before = skill.level if skill else 0
    if level == before:
        return skill
    _trace_skill(member, technique, before, level, actor, day)
    if level == 0:
        Skill.objects.filter(member=member, technique=technique).delete()
        return None
    skill = skill or Skill(member=member, technique=technique)
    skill.level, skill.since, skill.confirmed_by = level, day, actor
    skill.save()
    return skill


@transaction.atomic
def offer_hours(
    *, member: Member, month: date, minutes: int, actor: User, on: date | None = None
) -> Capacity:
    """Write down the minutes that a member offers in `month`, in place of what she offered.

    What customers hold does not keep her from offering less: they may never pay, and the office
    could not tell her whom she waits for. What is ordered then is given to whoever has hours.
    Raises HonoraryDoesNotKnit, NotWorking, TooManyHours, or LessThanPromised.
    Source: design, what must always hold, 5.
    """
    if not 0 <= minutes <= MOST_MINUTES:
        raise TooManyHours(most=hours(MOST_MINUTES))
    member = _locked(member)
    _check_works(member)
    first = month_of(month)
    capacity = Capacity.objects.select_for_update().filter(member=member, month=first).first()
    capacity = capacity or Capacity(member=member, month=first, offered_minutes=0)
    before = capacity.offered_minutes
    if minutes < capacity.promised_minutes:
        raise LessThanPromised(member=member.name, promised=hours(capacity.promised_minutes))
    capacity.offered_minutes = minutes
    capacity.save()
    if minutes != before:
        QuotaEvent.objects.create(
            member=member,
            kind=Kind.HOURS,
            month=first,
            before=before,
            after=minutes,
            actor=actor,
            on=on or days.today(),
        )
    return capacity


@transaction.atomic
def promise(*, member: Member, month: date, minutes: int) -> Capacity:
    """Promise minutes of a member's month for work that she is offered.

    Raises NoTime, HonoraryDoesNotKnit, NotWorking or NotEnoughHours.
    Source: design, what must always hold, 5 and 9.
    """
    if minutes < 1:
        raise NoTime
    capacity = _capacity(member, month)
    _check_works(Member.objects.get(pk=member.pk))
    free = capacity.free_minutes if capacity else 0
    if capacity is None or minutes > free:
        raise NotEnoughHours(
            member=member.name,
            free=hours(free),
            month=date_format(month, "YEAR_MONTH_FORMAT"),
            asked=hours(minutes),
        )
    capacity.promised_minutes += minutes
    capacity.save(update_fields=["promised_minutes"])
    return capacity


@transaction.atomic
def release(*, member: Member, month: date, minutes: int) -> Capacity:
    """Give promised minutes back to a member's month, whatever her standing.

    Raises NoTime or NotPromised.
    """
    if minutes < 1:
        raise NoTime
    capacity = _capacity(member, month)
    promised = capacity.promised_minutes if capacity else 0
    if capacity is None or minutes > promised:
        raise NotPromised(
            member=member.name,
            promised=hours(promised),
            month=date_format(month, "YEAR_MONTH_FORMAT"),
            asked=hours(minutes),
        )
    capacity.promised_minutes -= minutes
    capacity.save(update_fields=["promised_minutes"])
    return capacity


def _capacity(member: Member, month: date) -> Capacity | None:
    """Her month, locked: two plans at once must not promise the same hour twice."""
    return Capacity.objects.select_for_update().filter(member=member, month=month_of(month)).first()


def _locked(member: Member) -> Member:
    """Her row is the lock under which her skills and months are first written."""
    member = Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
    if member.kind == Member.Kind.HONORARY:
        raise HonoraryDoesNotKnit(member=member.name)
    return member


def _check_works(member: Member) -> None:
    if member.kind == Member.Kind.HONORARY:
        raise HonoraryDoesNotKnit(member=member.name)
    if member.status != Member.Status.ACTIVE:
        raise NotWorking(member=member.name, status=member.get_status_display())


def _trace_skill(
    member: Member, technique: Technique, before: int, after: int, actor: User, on: date
) -> None:
    QuotaEvent.objects.create(
        member=member,
        kind=Kind.SKILL,
        technique=technique,
        before=before,
        after=after,
        actor=actor,
        on=on,
    )
