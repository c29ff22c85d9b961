"""Many customers at once, and the last hours that are offered."""

from datetime import date
from functools import partial
from threading import Barrier
from time import sleep

import pytest
from django.db import IntegrityError, connection, transaction

from coop.kit import triggers
from coop.quotas import queries
from coop.quotas.errors import NotEnoughHours
from coop.quotas.models import Capacity, HoursHold, HoursMonth
from coop.quotas.queries import HoursPlan, free_hours, held_minutes
from coop.quotas.services import hold_hours, promise, release_hours
from tests.factories.ledger import DAY
from tests.factories.members import member
from tests.factories.quotas import MONTH, held_past_the_service, holding, offering
from tests.harness.fixtures import at_the_same_time

CUSTOMERS = 20


def everybody_holds(minutes: int) -> list[HoursPlan]:
    """Each of them comes to the card page in the same moment."""
    plans = at_the_same_time(
        *(partial(holding, f"line:{number}", minutes) for number in range(CUSTOMERS))
    )
    problems = [one for one in plans if isinstance(one, BaseException)]
    assert problems == []
    return [one for one in plans if isinstance(one, HoursPlan)]


def test_the_last_hours_are_held_once(fresh_db: str):
    offering(member(), 5)

    plans = everybody_holds(90)

    assert sorted(one.beyond_minutes for one in plans) == [0] * 3 + [60] + [90] * 16
    assert held_minutes(MONTH) == 300
    assert free_hours(MONTH) == 0


def test_the_same_piece_is_held_once_however_often_it_is_asked_for(fresh_db: str):
    offering(member(), 40)

    plans = at_the_same_time(*(partial(holding, "line:1", 90) for _time in range(8)))

    assert plans == [plans[0]] * 8
    assert held_minutes(MONTH) == 90


def test_holds_and_promises_at_once_never_stand_in_each_others_way(fresh_db: str):
    one = offering(member(), 5).member
    work = partial(promise, member=one, month=MONTH, minutes=60)

    answers = at_the_same_time(
        *(partial(holding, f"line:{number}", 60) for number in range(8)), *[work] * 8
    )

    assert [one for one in answers[:8] if not isinstance(one, HoursPlan)] == []
    assert all(isinstance(one, Capacity | NotEnoughHours) for one in answers[8:])
    # Promises come first: all that is offered is promised, whatever is held.
    assert Capacity.objects.get().promised_minutes == 300
    assert free_hours(MONTH) == 0


def test_holding_and_letting_go_at_once_loses_nothing(fresh_db: str):
    offering(member(), 40)
    calls = [partial(holding, f"line:{number}", 60) for number in range(6)]
    holding("line:0", 60)
    ends = [partial(release_hours, reference=f"line:{number}") for number in range(6)]

    answers = at_the_same_time(*calls, *ends)

    assert [one for one in answers if isinstance(one, BaseException)] == []
    for number in range(6):
        release_hours(reference=f"line:{number}")
    assert free_hours(MONTH) == 2400


def test_the_database_holds_the_last_hours_once_though_nobody_takes_a_lock(fresh_db: str):
    offering(member(), 5)

    answers = everybody_is_careless()

    refused = [one for one in answers if isinstance(one, IntegrityError)]
    assert [one for one in answers if one is not None and one not in refused] == []
    assert len(refused) == CUSTOMERS - 3
    assert held_minutes(MONTH) == 270


def test_the_race_is_one(fresh_db: str):
    """The negative control: without lock and trigger the same customers hold what is not there."""
    offering(member(), 5)
    with connection.schema_editor() as editor:
        triggers.uninstall(editor, [one for one in triggers.registered("quotas") if fits(one)])

    answers = everybody_is_careless()

    assert answers == [None] * CUSTOMERS
    assert held_minutes(MONTH) == 90 * CUSTOMERS


def fits(trigger: triggers.Trigger) -> bool:
    return trigger.name in {"quotas_hourshold_fits", "quotas_hourshold_waits"}


def everybody_is_careless() -> list[object]:
    """All of them look before any of them holds; none takes a lock."""
    HoursMonth.objects.create(month=MONTH)
    looked = Barrier(CUSTOMERS)
    return at_the_same_time(
        *(partial(carelessly_hold, f"line:{number}", looked) for number in range(CUSTOMERS))
    )


def carelessly_hold(reference: str, looked: Barrier) -> None:
    assert free_hours(MONTH) >= 90
    looked.wait(30)
    with transaction.atomic():
        HoursHold.objects.create(reference=reference, month=MONTH, minutes=90, held_on=DAY)
        # Nobody else sees the row before the commit: a sum alone would let all of them pass.
        sleep(0.05)


@pytest.mark.django_db
def test_hours_promised_between_look_and_write_are_looked_at_again(
    monkeypatch: pytest.MonkeyPatch,
):
    one = offering(member(), 5).member
    look, looks = queries.plan_hours, []

    def look_and_be_late(minutes: int, on: date) -> HoursPlan:
        looks.append(look(minutes, on))
        if len(looks) == 1:
            promise(member=one, month=MONTH, minutes=240)
        return looks[-1]

    monkeypatch.setattr(queries, "plan_hours", look_and_be_late)

    plan = hold_hours(reference="line:1", minutes=90, on=DAY)

    assert [one.months for one in looks] == [{MONTH: 90}, {MONTH: 60}]
    assert (plan.months, plan.beyond_minutes) == ({MONTH: 60}, 30)


@pytest.mark.django_db
def test_the_trigger_has_the_last_word_when_nobody_looks():
    offering(member(), 5)

    with pytest.raises(IntegrityError), transaction.atomic():
        held_past_the_service("line:1", 301)

    assert held_minutes(MONTH) == 0


@pytest.mark.django_db
def test_who_always_comes_too_late_is_still_not_refused(monkeypatch: pytest.MonkeyPatch):
    offering(member(), 5)
    stale = HoursPlan.of({MONTH: 301}, 301, DAY)
    monkeypatch.setattr(queries, "plan_hours", lambda minutes, on: stale)

    plan = hold_hours(reference="line:1", minutes=301, on=DAY)

    assert (plan.months, plan.beyond_minutes) == ({}, 301)
    assert held_minutes(MONTH) == 0
