"""A hold is taken once, ends once, and stays as it was agreed."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from coop.kit.days import today
from coop.quotas.audit import holds_end, promised_hours_within_capacity
from coop.quotas.errors import NoTime
from coop.quotas.models import HoursHold, HoursMonth
from coop.quotas.queries import free_hours, held_minutes
from coop.quotas.services import consume_hours, hold_hours, offer_hours, promise, release_hours
from tests.factories.ledger import DAY
from tests.factories.members import member
from tests.factories.quotas import MONTH, held_past_the_service, holding, offering
from tests.factories.rules import secretary

pytestmark = pytest.mark.django_db


def ends() -> list[tuple[int, int, str, bool]]:
    rows = HoursHold.objects.order_by("round")
    return [(row.round, row.minutes, row.status, row.ended_at is not None) for row in rows]


def test_the_second_time_holds_nothing_more():
    offering(member(), 10)

    first = hold_hours(reference="line:1", minutes=300, on=DAY)
    second = hold_hours(reference="line:1", minutes=300, on=DAY)

    assert first == second
    assert ends() == [(1, 300, "held", False)]
    assert held_minutes(DAY) == 300


def test_what_is_let_go_is_free_for_the_next_and_may_be_held_again():
    offering(member(), 10)
    holding("line:1", 600)

    release_hours(reference="line:1")
    release_hours(reference="line:1")
    holding("line:2", 400)
    again = holding("line:1", 600)

    assert (again.months, again.beyond_minutes) == ({MONTH: 200}, 400)
    mine = HoursHold.objects.filter(reference="line:1").order_by("round")
    assert [(row.round, row.minutes, row.status) for row in mine] == [
        (1, 600, "released"),
        (2, 200, "held"),
    ]


def test_what_is_ordered_is_held_no_more_and_never_again():
    offering(member(), 10)
    plan = holding("line:1", 600)

    consume_hours(reference="line:1")
    consume_hours(reference="line:1")
    release_hours(reference="line:1")

    assert holding("line:1", 600) == plan
    assert ends() == [(1, 600, "consumed", True)]
    assert free_hours(DAY) == 600


def test_only_what_was_asked_for_ends():
    offering(member(), 10)
    holding("line:1", 100)
    holding("line:2", 200)

    release_hours(reference="line:1")

    assert held_minutes(MONTH) == 200


def test_a_hold_gives_way_to_a_promise_and_to_fewer_hours():
    one = offering(member(), 10).member
    holding("line:1", 600)

    promise(member=one, month=MONTH, minutes=300)
    offer_hours(member=one, month=MONTH, minutes=300, actor=secretary(), on=DAY)

    assert free_hours(MONTH) == 0
    assert holding("line:2", 60).beyond_minutes == 60
    assert list(promised_hours_within_capacity()) == []
    release_hours(reference="line:1")


def test_no_time_is_not_held():
    with pytest.raises(NoTime):
        holding("line:1", 0)

    assert HoursMonth.objects.count() == 0


def test_the_database_refuses_more_than_is_offered():
    promise(member=offering(member(), 10).member, month=MONTH, minutes=100)
    holding("line:1", 300)

    with pytest.raises(IntegrityError), transaction.atomic():
        held_past_the_service("line:2", 201)
    with pytest.raises(IntegrityError), transaction.atomic():
        held_past_the_service("line:2", 1, month=date(2026, 4, 1))
    held_past_the_service("line:2", 200)

    assert held_minutes(MONTH) == 500


def test_the_database_refuses_hours_of_a_month_that_cannot_be_locked():
    offering(member(), 10)

    with pytest.raises(IntegrityError), transaction.atomic():
        HoursHold.objects.create(reference="line:1", month=MONTH, minutes=60, held_on=DAY)
    held_past_the_service("line:1", 60)

    assert held_minutes(MONTH) == 60


@pytest.mark.parametrize(
    "change",
    [
        {"reference": "line:9"},
        {"round": 2},
        {"minutes": 1},
        {"month": date(2026, 4, 1)},
        {"held_on": date(2026, 1, 1)},
        {"at": timezone.now() - timedelta(days=1)},
        {"status": "released"},
        {"ended_at": timezone.now()},
    ],
)
def test_what_was_agreed_never_changes(change: dict[str, Any]):
    offering(member(), 10)
    holding("line:1", 300)

    with pytest.raises(IntegrityError), transaction.atomic():
        HoursHold.objects.update(**change)

    assert ends() == [(1, 300, "held", False)]


def test_an_ended_hold_stays_ended_and_none_is_ever_taken_out():
    offering(member(), 10)
    holding("line:1", 300)
    release_hours(reference="line:1")

    with pytest.raises(IntegrityError), transaction.atomic():
        HoursHold.objects.update(status="held", ended_at=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        HoursHold.objects.update(status="consumed")
    with pytest.raises(IntegrityError), transaction.atomic():
        HoursHold.objects.all().delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        HoursMonth.objects.all().delete()

    assert ends() == [(1, 300, "released", True)]


def test_the_audit_names_a_hold_that_was_forgotten():
    this_month = today()
    offering(member(), 10, this_month)
    hold_hours(reference="line:1", minutes=60, on=this_month - timedelta(days=3))
    hold_hours(reference="line:2", minutes=60, on=this_month)
    release_hours(reference="line:2")
    hold_hours(reference="line:3", minutes=60, on=this_month)

    found = list(holds_end())

    assert len(found) == 1
    assert found[0].startswith("hold line:1")
    release_hours(reference="line:1")
    assert list(holds_end()) == []


def test_the_audit_names_an_end_without_its_time():
    offering(member(), 10, today())
    holding("line:1", 60, today())
    unchecked = {
        "sqlite": "PRAGMA ignore_check_constraints = {}",
        "postgresql": "ALTER TABLE quotas_hourshold DROP CONSTRAINT hours_hold_ends_when_it_ends",
    }[connection.vendor]

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(unchecked.format("ON"))
        HoursHold.objects.update(status="consumed")
        found = list(holds_end())
        if connection.vendor == "sqlite":
            cursor.execute(unchecked.format("OFF"))
        transaction.set_rollback(True)

    assert [one.split(" ")[:2] for one in found] == [["hold", "line:1"]]
    assert list(holds_end()) == []
