"""Who masters what, who offers how many hours, and that none is promised twice."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from coop.members.models import Member
from coop.members.services import suspend
from coop.quotas.audit import honorary_members_get_no_work, promised_hours_within_capacity
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
from coop.quotas.models import Capacity, QuotaEvent, Skill
from coop.quotas.queries import candidates, months_of, skills_of, table
from coop.quotas.services import offer_hours, promise, release, set_skill
from tests.factories.ledger import DAY
from tests.factories.members import honorary, member
from tests.factories.quotas import MONTH, offering, skilled, technique
from tests.factories.rules import secretary
from tests.harness.fixtures import at_the_same_time

in_database = pytest.mark.django_db


def level(one: Member, to: int, key: str = "puppets") -> Skill | None:
    return set_skill(member=one, technique=technique(key), level=to, actor=secretary(), on=DAY)


@in_database
def test_a_skill_is_confirmed_raised_and_taken_back_with_its_trace():
    one = member()

    first = level(one, 1)
    level(one, 3)
    level(one, 3)
    gone = level(one, 0)

    assert first is not None
    assert (first.since, first.confirmed_by) == (DAY, secretary())
    assert gone is None
    assert Skill.objects.count() == 0
    changes = [(event.before, event.after) for event in one.quota_events.all()]
    assert changes == [(0, 1), (1, 3), (3, 0)]


@in_database
@pytest.mark.parametrize("wrong", [-1, 4])
def test_there_are_three_levels(wrong: int):
    one = member()

    with pytest.raises(UnknownLevel):
        level(one, wrong)

    assert Skill.objects.count() == 0


@in_database
def test_hours_offered_replace_those_offered_before():
    one = member()

    offering(one, 40)
    capacity = offer_hours(member=one, month=date(2026, 3, 17), minutes=1800, actor=one.user)

    assert Capacity.objects.get() == capacity
    assert (capacity.month, capacity.offered_minutes) == (MONTH, 1800)
    assert [(event.before, event.after) for event in one.quota_events.all()] == [
        (0, 2400),
        (2400, 1800),
    ]


@in_database
def test_hours_are_promised_up_to_what_is_offered():
    one = member()
    offering(one, 10)

    promise(member=one, month=MONTH, minutes=400)
    with pytest.raises(NotEnoughHours, match="3"):
        promise(member=one, month=MONTH, minutes=201)
    capacity = promise(member=one, month=DAY, minutes=200)

    assert (capacity.promised_minutes, capacity.free_minutes) == (600, 0)
    assert list(promised_hours_within_capacity()) == []


@in_database
def test_released_hours_can_be_promised_again():
    one = member()
    offering(one, 10)
    promise(member=one, month=MONTH, minutes=600)

    with pytest.raises(NotPromised):
        release(member=one, month=MONTH, minutes=601)
    release(member=one, month=MONTH, minutes=300)

    assert promise(member=one, month=MONTH, minutes=300).promised_minutes == 600


@in_database
def test_nobody_offers_less_than_she_promised():
    one = member()
    offering(one, 10)
    promise(member=one, month=MONTH, minutes=300)

    with pytest.raises(LessThanPromised):
        offering(one, 4)

    assert Capacity.objects.get().offered_minutes == 600
    assert offering(one, 5).free_minutes == 0


@in_database
def test_what_makes_no_sense_changes_nothing():
    one = member()

    with pytest.raises(TooManyHours):
        offering(one, 497)
    with pytest.raises(TooManyHours):
        offering(one, -1)
    with pytest.raises(NotEnoughHours):
        promise(member=one, month=MONTH, minutes=1)
    with pytest.raises(NotPromised):
        release(member=one, month=MONTH, minutes=1)
    with pytest.raises(NoTime):
        promise(member=one, month=MONTH, minutes=0)
    with pytest.raises(NoTime):
        release(member=one, month=MONTH, minutes=0)

    assert Capacity.objects.count() == 0
    assert QuotaEvent.objects.count() == 0


@in_database
def test_an_honorary_member_gets_no_work():
    one = honorary()

    with pytest.raises(HonoraryDoesNotKnit):
        level(one, 1)
    with pytest.raises(HonoraryDoesNotKnit):
        offering(one)
    with pytest.raises(IntegrityError), transaction.atomic():
        Capacity.objects.create(member=one, month=MONTH, offered_minutes=60)
    with pytest.raises(IntegrityError), transaction.atomic():
        Skill.objects.create(
            member=one, technique=technique(), level=1, since=DAY, confirmed_by=secretary()
        )

    assert list(honorary_members_get_no_work()) == []


@in_database
def test_a_suspended_member_is_promised_no_work_but_her_hours_are_released():
    one = member()
    offering(one, 10)
    promise(member=one, month=MONTH, minutes=60)
    suspend(member=one, why="x", actor=secretary())

    with pytest.raises(NotWorking):
        promise(member=one, month=MONTH, minutes=60)
    with pytest.raises(NotWorking):
        offering(one, 20)

    assert release(member=one, month=MONTH, minutes=60).promised_minutes == 0


@in_database
def test_candidates_are_active_able_and_have_time_left_the_freest_first():
    busy = offering(skilled(member("T-01")), 10).member
    free = offering(skilled(member("T-02"), level=3), 20).member
    learning = offering(skilled(member("T-03"), level=1)).member
    full = offering(skilled(member("T-04")), 1).member
    gone = offering(skilled(member("T-05"))).member
    skilled(member("T-06"))
    promise(member=busy, month=MONTH, minutes=100)
    promise(member=full, month=MONTH, minutes=60)
    suspend(member=gone, why="x", actor=secretary())

    found = candidates(technique(), 2, DAY)

    assert [(one.member, one.level, one.free_minutes) for one in found] == [
        (free, 3, 1200),
        (busy, 2, 500),
    ]
    assert learning in [one.member for one in candidates(technique(), 1, DAY)]


@in_database
def test_the_office_reads_levels_and_a_month_in_two_queries(django_assert_num_queries):
    one = offering(skilled(member("T-01")), 10).member
    others = [member("T-02"), offering(skilled(member("T-03"), level=3)).member]

    with django_assert_num_queries(2):
        rows = table([one], MONTH)
    with django_assert_num_queries(2):
        all_rows = table([one, *others], MONTH)

    assert rows[0].levels == {technique().pk: 2}
    assert (rows[0].offered_minutes, rows[0].promised_minutes) == (600, 0)
    assert [row.offered_minutes for row in all_rows] == [600, 0, 2400]


@in_database
def test_a_member_reads_her_skills_and_months():
    one = skilled(skilled(member(), level=1), "hats", 3)
    offering(one, 10, date(2026, 1, 1))
    offering(one, 20, date(2026, 4, 1))

    assert [skill.technique.key for skill in skills_of(one)] == ["hats", "puppets"]
    assert [row.month for row in months_of(one, since=DAY)] == [date(2026, 4, 1)]


def test_two_plans_at_once_never_promise_the_same_hour(fresh_db: str):
    one = member()
    offering(one, 10)

    results = at_the_same_time(
        *(lambda: promise(member=one, month=MONTH, minutes=400) for _plan in range(4))
    )

    kept = [result for result in results if isinstance(result, Capacity)]
    refused = [result for result in results if isinstance(result, NotEnoughHours)]
    assert (len(kept), len(refused)) == (1, 3)
    assert Capacity.objects.get().promised_minutes == 400
