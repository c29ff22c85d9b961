"""Whatever is held, let go, ordered, promised and offered: the same as in a plain model."""

from dataclasses import dataclass, field
from datetime import date
from unittest.mock import patch

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from coop.kit.errors import Refusal
from coop.members.models import Member
from coop.quotas import unassigned
from coop.quotas.audit import promised_hours_within_capacity
from coop.quotas.models import HoursHold
from coop.quotas.queries import HoursPlan, free_hours, months_ahead, plan_hours, plan_hours_of
from coop.quotas.services import consume_hours, hold_hours, offer_hours, promise, release_hours
from tests.factories.ledger import DAY
from tests.factories.members import member
from tests.factories.quotas import MONTH
from tests.factories.rules import secretary

MONTHS = months_ahead(MONTH)
WAYS = ("hold", "hold", "hold", "release", "consume", "offer", "offer", "promise")
steps = st.lists(
    st.tuples(st.sampled_from(WAYS), st.integers(0, 3), st.integers(0, 7), st.integers(1, 240)),
    max_size=30,
)


@dataclass
class Model:
    """What should be there: numbers by month, and what each reference holds."""

    offered: dict[date, int] = field(default_factory=dict)
    promised: dict[date, int] = field(default_factory=dict)
    holds: dict[str, dict[date, int]] = field(default_factory=dict)
    ordered: dict[str, dict[date, int]] = field(default_factory=dict)
    waiting: int = 0

    def room(self, month: date) -> int:
        held = sum(one.get(month, 0) for one in self.holds.values())
        return max(self.offered.get(month, 0) - self.promised.get(month, 0) - held, 0)

    def free(self, month: date) -> int:
        """Open work stands in a queue before the first month."""
        until = [self.room(one) for one in MONTHS if one <= month]
        return max(sum(until) - max(self.waiting, sum(until[:-1])), 0)

    def all_free(self) -> list[int]:
        return [self.free(month) for month in MONTHS]

    def hold(self, reference: str, minutes: int) -> dict[date, int]:
        if stands := self.holds.get(reference) or self.ordered.get(reference):
            return stands
        taken: dict[date, int] = {}
        for month in MONTHS:
            took = min(self.free(month), minutes - sum(taken.values()))
            if took:
                taken[month] = took
        if taken:
            self.holds[reference] = taken
        return taken

    def consume(self, reference: str) -> None:
        if reference in self.holds:
            self.ordered[reference] = self.holds.pop(reference)
            self.waiting += sum(self.ordered[reference].values())

    def offer(self, month: date, minutes: int) -> None:
        if minutes >= self.promised.get(month, 0):
            self.offered[month] = minutes

    def promise(self, month: date, minutes: int) -> None:
        if self.promised.get(month, 0) + minutes <= self.offered.get(month, 0):
            self.promised[month] = self.promised.get(month, 0) + minutes
            self.waiting = max(self.waiting - minutes, 0)


def live(one: Member, model: Model, way: str, reference: str, month: date, minutes: int) -> None:
    """One step, here and there."""
    if way == "hold":
        would = plan_hours(minutes, DAY)
        assert together(plan_hours_of([minutes, 100], DAY)) == plan_hours(minutes + 100, DAY).months
        known = reference in model.holds or reference in model.ordered
        plan = hold_hours(reference=reference, minutes=minutes, on=DAY)
        assert plan.months == model.hold(reference, minutes)
        assert known or plan == would
    elif way == "release":
        release_hours(reference=reference)
        model.holds.pop(reference, None)
    elif way == "consume":
        before = sum(model.all_free())
        consume_hours(reference=reference)
        model.consume(reference)
        # What she ordered stays hers: nobody else is given an hour by it.
        assert sum(model.all_free()) <= before
    elif way == "offer":
        model.offer(month, minutes)
        offer_hours(member=one, month=month, minutes=minutes, actor=secretary(), on=DAY)
    else:
        model.promise(month, minutes)
        promise(member=one, month=month, minutes=minutes)


def together(plans: list[HoursPlan]) -> dict[date, int]:
    months: dict[date, int] = {}
    for plan in plans:
        for month, minutes in plan.months.items():
            months[month] = months.get(month, 0) + minutes
    return months


def held() -> dict[str, dict[date, int]]:
    found: dict[str, dict[date, int]] = {}
    for row in HoursHold.objects.filter(status=HoursHold.Status.HELD):
        found.setdefault(row.reference, {})[row.month] = row.minutes
    return found


@pytest.mark.django_db
@given(steps)
def test_any_life_of_holds_is_that_of_the_model(lived):
    model = Model()
    source = patch.dict(unassigned._sources, {"test": lambda: model.waiting}, clear=True)
    with source, transaction.atomic():
        one = member()
        for way, line, number, minutes in lived:
            month = MONTHS[number % len(MONTHS)]
            try:
                with transaction.atomic():
                    live(one, model, way, f"line:{line}", month, minutes)
            except Refusal:
                pass
            assert held() == model.holds
            assert [free_hours(each, on=DAY) for each in MONTHS] == model.all_free()
        assert list(promised_hours_within_capacity()) == []

        transaction.set_rollback(True)
