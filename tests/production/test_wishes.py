"""Between yes and no: fewer pieces, or a later day."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import IntegrityError, transaction

from catalog.services import change_rate
from coop.quotas.models import Capacity
from orders.production import hooks
from orders.production.errors import (
    AnsweredAlready,
    AskedAlready,
    DayNotLater,
    DayTooFar,
    NoLongerOffered,
    NotHers,
    NothingToKnit,
    NotSoManyOffered,
    TakenAlready,
)
from orders.production.models import Assignment, DayWish
from orders.production.services import (
    cancel_work,
    decline,
    grant_wish,
    refuse_wish,
    take_later,
    take_on,
    take_part,
    withdraw,
)
from tests.factories.ledger import DAY, soles
from tests.factories.production import DUE, Workshop, findings
from tests.factories.quotas import MONTH
from tests.harness.fixtures import at_the_same_time
from tests.production.test_races import THREADS, done

Status = Assignment.Status
LATER = DUE + timedelta(days=14)


@pytest.fixture
def workshop(new_workshop: Workshop) -> Workshop:
    return new_workshop


@pytest.fixture
def promised(monkeypatch):
    """What was promised to whoever waits for the pieces."""
    monkeypatch.setattr(hooks.promised_day, "listeners", [lambda work_order: LATER])


def minutes(workshop) -> int:
    return Capacity.objects.get(member=workshop.rosa, month=MONTH).promised_minutes


def kinds(offer: Assignment) -> list[str]:
    return list(offer.events.values_list("kind", flat=True))


# Fewer -----------------------------------------------------------------------------------------
def test_she_takes_two_of_five_and_three_go_back_to_be_shared_out(workshop):
    offer = workshop.offered(5)

    taken = take_part(assignment=offer, quantity=2, actor=workshop.rosa.user, on=DAY)

    assert (taken.status, taken.quantity, taken.rate_minor) == (Status.TAKEN, 2, 800)
    assert taken.work_order.unassigned == 3
    assert minutes(workshop) == 2 * 90
    assert kinds(offer) == ["offered", "reduced", "taken"]
    assert findings() == []


def test_all_of_them_is_a_plain_yes(workshop):
    offer = workshop.offered(5)

    take_part(assignment=offer, quantity=5, actor=workshop.rosa.user, on=DAY)

    assert kinds(offer) == ["offered", "taken"]


def test_fewer_told_twice_is_told_once(workshop):
    offer = workshop.offered(5)
    for _time in range(2):
        take_part(assignment=offer, quantity=2, actor=workshop.rosa.user, on=DAY)

    assert kinds(offer) == ["offered", "reduced", "taken"]
    with pytest.raises(TakenAlready):
        take_part(assignment=offer, quantity=3, actor=workshop.rosa.user, on=DAY)


@pytest.mark.parametrize(
    ("quantity", "refusal"), [(0, NothingToKnit), (-1, NothingToKnit), (6, NotSoManyOffered)]
)
def test_a_number_that_makes_no_sense_changes_nothing(workshop, quantity, refusal):
    offer = workshop.offered(5)

    with pytest.raises(refusal):
        take_part(assignment=offer, quantity=quantity, actor=workshop.rosa.user, on=DAY)

    offer.refresh_from_db()
    assert (offer.status, offer.quantity) == (Status.OFFERED, 5)
    assert minutes(workshop) == 5 * 90


def test_nobody_takes_a_part_of_anothers_work(workshop):
    offer = workshop.offered(5)

    with pytest.raises(NotHers):
        take_part(assignment=offer, quantity=2, actor=workshop.another().user, on=DAY)


def test_what_went_back_cannot_be_taken_in_part(workshop):
    offer = workshop.offered(5)
    withdraw(assignment=offer, actor=workshop.secretary, on=DAY)

    with pytest.raises(NoLongerOffered):
        take_part(assignment=offer, quantity=2, actor=workshop.rosa.user, on=DAY)


# A later day -----------------------------------------------------------------------------------
def test_a_day_that_keeps_the_promise_is_hers_at_once(workshop, promised):
    offer = workshop.offered(5)

    wish = take_later(assignment=offer, wanted_on=LATER, actor=workshop.rosa.user, on=DAY)

    offer.refresh_from_db()
    assert wish is None
    assert (offer.status, offer.due_on) == (Status.TAKEN, LATER)
    assert kinds(offer) == ["offered", "moved", "taken"]
    assert offer.work_order.due_on == DUE
    assert findings() == []


def test_told_twice_it_is_hers_once(workshop, promised):
    offer = workshop.offered(5)
    for _time in range(2):
        take_later(assignment=offer, wanted_on=LATER, actor=workshop.rosa.user, on=DAY)

    assert kinds(offer) == ["offered", "moved", "taken"]
    with pytest.raises(TakenAlready):
        take_later(
            assignment=offer,
            wanted_on=LATER - timedelta(days=1),
            actor=workshop.rosa.user,
            on=DAY,
        )


def test_a_day_beyond_the_promise_is_a_wish_that_the_office_answers(workshop, promised):
    offer, day = workshop.offered(5), LATER + timedelta(days=1)

    wish = take_later(assignment=offer, wanted_on=day, actor=workshop.rosa.user, on=DAY)

    offer.refresh_from_db()
    assert (wish.status, wish.wanted_on) == (DayWish.Status.WAITING, day)
    assert (offer.status, offer.due_on) == (Status.OFFERED, DUE)
    assert minutes(workshop) == 5 * 90
    assert findings() == []


def test_work_that_nobody_outside_waits_for_has_the_day_that_the_office_gave_it(workshop):
    offer = workshop.offered(5)

    assert take_later(assignment=offer, wanted_on=LATER, actor=workshop.rosa.user, on=DAY)


def test_wished_twice_it_is_one_wish_and_another_day_waits_for_the_answer(workshop):
    offer = workshop.offered(5)
    wish = partial(take_later, assignment=offer, actor=workshop.rosa.user, on=DAY)

    assert wish(wanted_on=LATER) == wish(wanted_on=LATER)
    with pytest.raises(AskedAlready):
        wish(wanted_on=LATER + timedelta(days=7))
    assert DayWish.objects.count() == 1


@pytest.mark.parametrize(
    ("day", "refusal"),
    [(DUE, DayNotLater), (DAY, DayNotLater), (DUE + timedelta(days=181), DayTooFar)],
)
def test_a_day_that_makes_no_sense_is_refused(workshop, day, refusal):
    offer = workshop.offered(5)

    with pytest.raises(refusal):
        take_later(assignment=offer, wanted_on=day, actor=workshop.rosa.user, on=DAY)

    assert not DayWish.objects.exists()


def test_granted_it_is_hers_by_that_day_at_the_rate_of_the_day_she_asked(workshop):
    offer = workshop.offered(5)
    wish = take_later(assignment=offer, wanted_on=LATER, actor=workshop.rosa.user, on=DAY)
    design = workshop.llama.design
    change_rate(design=design, rate=soles("6.00"), actor=workshop.secretary, on=DAY)

    for _time in range(2):
        grant_wish(wish=wish, actor=workshop.secretary, on=DAY)

    offer.refresh_from_db()
    assert (offer.status, offer.due_on, offer.rate_minor) == (Status.TAKEN, LATER, 800)
    assert kinds(offer) == ["offered", "wished", "moved", "taken"]
    assert findings() == []


def test_refused_it_stays_at_its_day_and_she_may_answer_or_ask_for_another(workshop):
    offer = workshop.offered(5)
    wish = take_later(assignment=offer, wanted_on=LATER, actor=workshop.rosa.user, on=DAY)

    refuse_wish(wish=wish, actor=workshop.secretary, on=DAY)

    with pytest.raises(AnsweredAlready):
        grant_wish(wish=wish, actor=workshop.secretary, on=DAY)
    sooner = DUE + timedelta(days=3)
    assert take_later(assignment=offer, wanted_on=sooner, actor=workshop.rosa.user, on=DAY)
    take_on(assignment=offer, actor=workshop.rosa.user, on=DAY)
    assert list(DayWish.objects.values_list("status", flat=True)) == ["refused", "dropped"]
    assert findings() == []


def test_only_who_gives_out_work_answers_wishes(workshop):
    offer = workshop.offered(5)
    wish = take_later(assignment=offer, wanted_on=LATER, actor=workshop.rosa.user, on=DAY)

    for answer in (grant_wish, refuse_wish):
        with pytest.raises(NotHers):
            answer(wish=wish, actor=workshop.checker, on=DAY)


@pytest.mark.parametrize(
    "other",
    [
        lambda offer, shop: take_on(assignment=offer, actor=shop.rosa.user, on=DAY),
        lambda offer, shop: take_part(assignment=offer, quantity=1, actor=shop.rosa.user, on=DAY),
        lambda offer, shop: decline(assignment=offer, actor=shop.rosa.user, on=DAY),
        lambda offer, shop: withdraw(assignment=offer, actor=shop.secretary, on=DAY),
        lambda offer, shop: cancel_work(work_order=offer.work_order, actor=shop.secretary, on=DAY),
    ],
)
def test_another_answer_ends_the_wish(workshop, other):
    offer = workshop.offered(5)
    wish = take_later(assignment=offer, wanted_on=LATER, actor=workshop.rosa.user, on=DAY)

    other(offer, workshop)

    wish.refresh_from_db()
    assert wish.status == DayWish.Status.DROPPED
    with pytest.raises(AnsweredAlready):
        grant_wish(wish=wish, actor=workshop.secretary, on=DAY)
    assert findings() == []


def test_the_database_keeps_a_wish_as_it_was_asked_and_answered(workshop):
    offer = workshop.offered(5)
    wish = take_later(assignment=offer, wanted_on=LATER, actor=workshop.rosa.user, on=DAY)
    row = DayWish.objects.filter(pk=wish.pk)

    for change in ({"wanted_on": DUE}, {"rate_minor": 1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.delete()
    refuse_wish(wish=wish, actor=workshop.secretary, on=DAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.update(status="granted")


def test_the_audit_names_a_wish_that_waits_for_work_she_has(workshop):
    taken = workshop.taken(2)
    DayWish.objects.create(
        assignment=taken,
        wanted_on=LATER,
        rate_minor=800,
        asked_on=DAY,
        asked_by=workshop.rosa.user,
    )

    assert any(one.startswith("wish ") for one in findings())


# Several at once -------------------------------------------------------------------------------
@pytest.fixture
def fresh(fresh_db) -> Workshop:
    return Workshop()


def test_fewer_pressed_on_many_phones_is_taken_once(fresh):
    offer = fresh.offered(5)

    answers = at_the_same_time(
        *[partial(take_part, assignment=offer, quantity=2, actor=fresh.rosa.user, on=DAY)] * THREADS
    )

    assert len(done(answers)) == THREADS
    offer.work_order.refresh_from_db()
    assert offer.work_order.assigned == 2
    assert kinds(offer) == ["offered", "reduced", "taken"]
    assert findings() == []


def test_different_numbers_at_once_are_one_of_them(fresh):
    offer = fresh.offered(5)

    answers = at_the_same_time(
        *(
            partial(take_part, assignment=offer, quantity=one, actor=fresh.rosa.user, on=DAY)
            for one in (1, 2, 3, 4)
        )
    )

    (taken,) = done(answers)
    offer.work_order.refresh_from_db()
    assert offer.work_order.assigned == taken.quantity
    assert findings() == []


def test_a_wish_granted_while_she_says_yes_is_one_of_them(fresh):
    offer = fresh.offered(5)
    wish = take_later(assignment=offer, wanted_on=LATER, actor=fresh.rosa.user, on=DAY)

    done(
        at_the_same_time(
            partial(grant_wish, wish=wish, actor=fresh.secretary, on=DAY),
            partial(take_on, assignment=offer, actor=fresh.rosa.user, on=DAY),
        )
    )

    offer.refresh_from_db()
    assert offer.status == Status.TAKEN
    assert offer.events.filter(kind="taken").count() == 1
    assert findings() == []


def test_wished_on_many_phones_it_is_one_wish(fresh):
    offer = fresh.offered(5)

    answers = at_the_same_time(
        *[partial(take_later, assignment=offer, wanted_on=LATER, actor=fresh.rosa.user, on=DAY)]
        * THREADS
    )

    assert len(done(answers)) == THREADS
    assert DayWish.objects.count() == 1
    assert findings() == []
