"""Hours that are held while a customer pays."""

from datetime import date

import pytest

from coop.quotas.models import HoursHold
from coop.quotas.queries import free_hours, plan_hours
from coop.quotas.services import consume_hours, hold_hours, promise, release_hours
from tests.factories.ledger import DAY
from tests.factories.members import member
from tests.factories.quotas import MONTH, offering

pytestmark = pytest.mark.django_db

APRIL, MAY = date(2026, 4, 1), date(2026, 5, 1)


def rows() -> list[tuple[str, int, date, int, str]]:
    fields = ("reference", "round", "month", "minutes", "status")
    return list(HoursHold.objects.values_list(*fields))


def test_what_fits_into_the_present_month_is_held_there():
    promise(member=offering(member(), 10).member, month=MONTH, minutes=100)

    plan = hold_hours(reference="line:1", minutes=300, on=DAY)

    assert (plan.months, plan.beyond_minutes, plan.ready_by) == ({MONTH: 300}, 0, None)
    assert rows() == [("line:1", 1, MONTH, 300, "held")]
    assert free_hours(DAY) == 200


def test_the_rest_is_held_in_later_months_and_the_last_of_them_tells_when_it_is_ready():
    one = offering(member("T-01"), 1).member
    offering(member("T-02"), 1)
    offering(one, 1, MAY)

    plan = hold_hours(reference="line:1", minutes=150, on=DAY)

    assert plan.months == {MONTH: 120, MAY: 30}
    assert (plan.beyond_minutes, plan.ready_by) == (0, date(2026, 5, 31))
    assert [free_hours(month) for month in (MONTH, APRIL, MAY)] == [0, 0, 30]


def test_a_house_without_hours_refuses_nobody():
    plan = hold_hours(reference="line:1", minutes=150, on=DAY)

    assert (plan.months, plan.beyond_minutes, plan.ready_by) == ({}, 150, None)
    assert rows() == []
    release_hours(reference="line:1")
    consume_hours(reference="line:1")


def test_hours_are_looked_for_six_months_ahead_and_no_further():
    one = offering(member(), 1, date(2026, 9, 1)).member
    offering(one, 1, date(2026, 10, 1))

    plan = hold_hours(reference="line:1", minutes=90, on=DAY)

    assert (plan.months, plan.beyond_minutes) == ({date(2026, 9, 1): 60}, 30)
    assert plan.ready_by == date(2026, 9, 30)


def test_a_plan_says_what_would_be_held_and_holds_nothing(django_assert_num_queries):
    offering(offering(member(), 1).member, 1, APRIL)

    with django_assert_num_queries(3):
        plan = plan_hours(200, DAY)

    assert rows() == []
    assert plan == hold_hours(reference="line:1", minutes=200, on=DAY)
    assert (plan.beyond_minutes, plan.ready_by) == (80, date(2026, 4, 30))
