"""Hours held while a customer pays, so that two are not promised the same ones."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from coop.quotas import queries
from coop.quotas.errors import NoTime
from coop.quotas.models import HoursHold, HoursMonth
from coop.quotas.queries import HoursPlan

Status = HoursHold.Status

#: How often we look when hours are promised between the look and the write.
_TRIES = 3


@transaction.atomic
def hold_hours(*, reference: str, minutes: int, on: date) -> HoursPlan:
    """Hold free hours for `reference`, month after month from `on`'s; once held stays.

    What does not fit into the hours on offer is `beyond_minutes`: neither held nor refused, as a
    new house may not have written down any. Raises NoTime.

    A hold is short-lived and gives way. `promise` does not ask for it: work that the house has
    agreed to comes before work that may never be paid for. Holding leaves alone what is promised.
    """
    if minutes < 1:
        raise NoTime
    months = queries.months_ahead(on)
    _lock(months)
    before = list(HoursHold.objects.filter(reference=reference))
    # Ordered is ordered: a request that comes late or twice holds nothing more.
    if stands := [row for row in before if row.status != Status.RELEASED]:
        return HoursPlan.of({row.month: row.minutes for row in stands}, minutes, on)
    this_round = max((row.round for row in before), default=0) + 1
    for _attempt in range(_TRIES):
        plan = queries.plan_hours(minutes, on)
        if _write(reference, this_round, plan, on):
            return plan
    return HoursPlan.of({}, minutes, on)


@transaction.atomic
def release_hours(*, reference: str) -> None:
    """Let go what is held for `reference`; nothing held, nothing done."""
    _end(reference, Status.RELEASED)


@transaction.atomic
def consume_hours(*, reference: str) -> None:
    """The piece is ordered: its hold has done its work. Nothing held, nothing done."""
    _end(reference, Status.CONSUMED)


def _lock(months: list[date]) -> None:
    """Lock the rows of all these months, the earliest first, and write those that are missing.

    All of them, whatever is needed: two that hold for the same reference around the turn of a
    month then still wait for each other.
    """
    there = set(HoursMonth.objects.filter(month__in=months).values_list("month", flat=True))
    for month in months:
        if month not in there:
            HoursMonth.objects.get_or_create(month=month)
    list(HoursMonth.objects.select_for_update().filter(month__in=months).order_by("month"))


def _write(reference: str, this_round: int, plan: HoursPlan, on: date) -> bool:
    """Hold what the plan takes; False when the database refuses.

    Nobody else can hold hours of these months now, but some may be promised, or no longer
    offered, between the look and the write.
    """
    try:
        with transaction.atomic():
            for month, minutes in plan.months.items():
                HoursHold.objects.create(
                    reference=reference,
                    round=this_round,
                    month=month,
                    minutes=minutes,
                    held_on=on,
                )
    except IntegrityError:
        return False
    return True


def _end(reference: str, status: str) -> None:
    """End what is held; an end needs no month's lock, as it only sets hours free.

    One that holds at the same time counts these hours as held still, which is the safe side; and
    whoever ends many references in one transaction cannot stand in the way of those who hold.
    """
    held = HoursHold.objects.select_for_update().filter(reference=reference, status=Status.HELD)
    keys = [row.pk for row in held.order_by("pk")]
    if keys:
        HoursHold.objects.filter(pk__in=keys).update(status=status, ended_at=timezone.now())
