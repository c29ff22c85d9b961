"""Which hours can still be held: not those of open work, nor of a woman who is suspended."""

from collections.abc import Callable, Iterator
from datetime import date
from unittest.mock import patch

import pytest
from django.db import IntegrityError, transaction

from coop.members.models import Member
from coop.members.services import suspend
from coop.quotas import unassigned
from coop.quotas.models import HoursHold
from coop.quotas.queries import free_hours, plan_hours, plan_hours_of
from coop.quotas.services import consume_hours, hold_hours, promise
from tests.factories.ledger import DAY
from tests.factories.members import member
from tests.factories.quotas import MONTH, held_past_the_service, holding, offering
from tests.factories.rules import secretary

pytestmark = pytest.mark.django_db

APRIL, MAY = date(2026, 4, 1), date(2026, 5, 1)
Waiting = Callable[[int], None]


@pytest.fixture
def waiting() -> Iterator[Waiting]:
    """Say how many minutes of open work wait for hands, in place of the apps above."""
    minutes = [0]
    with patch.dict(unassigned._sources, {"test": lambda: minutes[0]}, clear=True):
        yield lambda now: minutes.__setitem__(0, now)


def free() -> list[int]:
    return [free_hours(month, on=DAY) for month in (MONTH, APRIL, MAY)]


def three_months() -> Member:
    one = offering(member(), 2).member
    offering(one, 2, APRIL)
    return offering(one, 2, MAY).member


def test_open_work_takes_the_first_hours_that_are_free(waiting: Waiting):
    three_months()

    waiting(150)

    assert free() == [0, 90, 120]
    assert free_hours(APRIL, on=APRIL) == 0
    plan = hold_hours(reference="line:1", minutes=100, on=DAY)
    assert (plan.months, plan.ready_by) == ({APRIL: 90, MAY: 10}, date(2026, 5, 31))
    assert free() == [0, 0, 110]


def test_more_open_work_than_hours_leaves_none_and_refuses_nobody(waiting: Waiting):
    three_months()
    waiting(361)

    plan = holding("line:1", 60)

    assert free() == [0, 0, 0]
    assert (plan.months, plan.beyond_minutes, plan.ready_by) == ({}, 60, None)


def test_a_piece_that_is_ordered_keeps_its_hours_as_open_work_and_then_as_a_promise(
    waiting: Waiting,
):
    one = three_months()
    plan = holding("line:1", 150)
    assert (plan.months, free()) == ({MONTH: 120, APRIL: 30}, [0, 90, 120])

    consume_hours(reference="line:1")
    waiting(150)
    assert free() == [0, 90, 120]

    promise(member=one, month=MONTH, minutes=120)
    waiting(30)
    assert free() == [0, 90, 120]


def test_every_source_of_open_work_counts(waiting: Waiting):
    three_months()
    waiting(60)
    before = dict(unassigned._sources)

    @unassigned.source
    def samples() -> int:
        return 30

    # Whoever registers twice, as when a module is read again, counts once.
    unassigned.source(samples)

    assert len(unassigned._sources) == len(before) + 1
    assert free() == [30, 120, 120]


def test_a_cart_is_planned_piece_after_piece_as_it_would_be_held(
    django_assert_num_queries, waiting: Waiting
):
    three_months()
    waiting(20)
    pieces = [90, 0, 60, 200, 5]

    with django_assert_num_queries(2):
        plans = plan_hours_of(pieces, DAY)

    assert [plan.months for plan in plans] == [
        {MONTH: 90},
        {},
        {MONTH: 10, APRIL: 50},
        {APRIL: 70, MAY: 120},
        {},
    ]
    assert [plan.beyond_minutes for plan in plans] == [0, 0, 0, 10, 5]
    assert plan_hours(sum(pieces), DAY).beyond_minutes == 15
    assert HoursHold.objects.count() == 0
    for number, (minutes, plan) in enumerate(zip(pieces, plans, strict=True)):
        assert not minutes or holding(f"line:{number}", minutes) == plan
    assert plan_hours_of([], DAY) == []


def test_the_hours_of_a_woman_who_is_suspended_are_nobody_s():
    one = offering(member("T-01"), 10).member
    promise(member=one, month=MONTH, minutes=60)
    other = offering(member("T-02"), 2).member
    suspend(member=one, why="kept wool", actor=secretary(), on=DAY)

    assert free_hours(MONTH, on=DAY) == 120
    with pytest.raises(IntegrityError), transaction.atomic():
        held_past_the_service("line:1", 121)
    held_past_the_service("line:1", 120)
    suspend(member=other, why="kept wool", actor=secretary(), on=DAY)

    assert free_hours(MONTH, on=DAY) == 0
    assert holding("line:2", 60).beyond_minutes == 60
