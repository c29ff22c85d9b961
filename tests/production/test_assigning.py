"""Work is offered within skill and hours, and taken on at the rate of that day."""

from datetime import date, timedelta

import pytest

from catalog.services import change_rate
from coop.kit.errors import Refusal
from coop.members.services import suspend
from coop.quotas.errors import NotEnoughHours
from coop.quotas.models import Capacity
from orders.production.errors import (
    CannotKnitThis,
    DoesNotKnit,
    NoLongerOffered,
    NotHers,
    NothingToKnit,
    NotSoMuchLeft,
    NotWorkingNow,
    TakenAlready,
    WorkIsClosed,
)
from orders.production.models import Assignment, AssignmentEvent, WorkOrder
from orders.production.services import (
    assign,
    cancel_work,
    decline,
    deliver,
    pass_piece,
    plan_assignments,
    take_on,
    withdraw,
)
from tests.factories.ledger import DAY, soles
from tests.factories.members import honorary
from tests.factories.production import DUE, findings
from tests.factories.quotas import MONTH

Status = Assignment.Status
Kind = AssignmentEvent.Kind


def promised(member) -> int:
    return Capacity.objects.get(member=member, month=MONTH).promised_minutes


# The plan ------------------------------------------------------------------------------------
def test_a_plan_writes_nothing(workshop):
    workshop.work(3)

    plan = plan_assignments(on=DAY)

    assert plan.placed == 3
    assert not Assignment.objects.exists()


def test_a_plan_becomes_offers_and_promises_hours(workshop):
    workshop.work(3)

    offers = assign(plan=plan_assignments(on=DAY), actor=workshop.secretary, on=DAY)

    assert [(one.member, one.quantity, one.status) for one in offers] == [
        (workshop.rosa, 3, Status.OFFERED)
    ]
    assert offers[0].why == "least:0:4800"
    assert promised(workshop.rosa) == 270
    assert WorkOrder.objects.get().assigned == 3
    assert offers[0].events.get().actor == workshop.secretary
    assert findings() == []


def test_what_is_assigned_is_not_planned_again(workshop):
    workshop.work(3)
    assign(plan=plan_assignments(on=DAY), actor=workshop.secretary, on=DAY)

    assert plan_assignments(on=DAY).shares == ()


def test_neither_honorary_nor_suspended_members_are_planned(workshop):
    honorary()
    suspended = workshop.another()
    suspend(member=suspended, why="keeps wool", actor=workshop.secretary, on=DAY)
    workshop.work(20)

    plan = plan_assignments(on=DAY)

    assert {share.member_id for share in plan.shares} == {workshop.rosa.pk}


def test_planning_costs_the_same_for_one_order_and_for_three(workshop, django_assert_num_queries):
    workshop.work(1)
    with django_assert_num_queries(4):
        plan_assignments(on=DAY)
    for _order in range(2):
        workshop.work(1)
    workshop.another()
    with django_assert_num_queries(4):
        plan_assignments(on=DAY)


# Refusals of an offer --------------------------------------------------------------------------
def refused(workshop, share, refusal: type[Refusal], place: int = 0) -> None:
    before = Assignment.objects.count()
    hours = list(Capacity.objects.values_list("promised_minutes", flat=True))

    with pytest.raises(refusal) as told:
        assign(plan=share if isinstance(share, list) else [share], actor=workshop.secretary, on=DAY)

    assert told.value.facts["place"] == place
    assert Assignment.objects.count() == before
    assert list(Capacity.objects.values_list("promised_minutes", flat=True)) == hours


def test_no_more_than_is_wanted(workshop):
    refused(workshop, workshop.share(workshop.work(3), 4), NotSoMuchLeft)


def test_no_more_than_is_left(workshop):
    order = workshop.work(3)
    assign(plan=[workshop.share(order, 2)], actor=workshop.secretary, on=DAY)

    refused(workshop, workshop.share(order, 2), NotSoMuchLeft)


def test_not_nothing(workshop):
    refused(workshop, workshop.share(workshop.work(3), 0), NothingToKnit)


def test_no_more_hours_than_she_offers(workshop):
    """40 hours are 26 llamas of an hour and a half."""
    refused(workshop, workshop.share(workshop.work(27), 27), NotEnoughHours)

    assign(plan=[workshop.share(workshop.work(26), 26)], actor=workshop.secretary, on=DAY)
    assert promised(workshop.rosa) == 2340


def test_nothing_that_she_does_not_know(workshop):
    hard = workshop.variant("shawl", level=3)

    refused(workshop, workshop.share(workshop.work(1, hard), 1), CannotKnitThis)


def test_nothing_for_an_honorary_member(workshop):
    """Invariant 9."""
    refused(workshop, workshop.share(workshop.work(1), 1, honorary()), DoesNotKnit)


def test_nothing_for_one_who_is_suspended(workshop):
    suspend(member=workshop.rosa, why="keeps wool", actor=workshop.secretary, on=DAY)

    refused(workshop, workshop.share(workshop.work(1), 1), NotWorkingNow)


def test_nothing_of_work_that_was_called_off(workshop):
    order = workshop.work(3)
    cancel_work(work_order=order, actor=workshop.secretary, on=DAY)

    refused(workshop, workshop.share(order, 1), WorkIsClosed)


def test_one_refusal_undoes_the_whole_plan_and_says_which_share_it_was(workshop):
    order = workshop.work(5)
    good, bad = workshop.share(order, 2), workshop.share(order, 4, workshop.another())

    refused(workshop, [good, bad], NotSoMuchLeft, place=1)
    order.refresh_from_db()
    assert order.assigned == 0


# Yes -------------------------------------------------------------------------------------------
def test_she_takes_it_on_at_the_rate_of_that_day(workshop):
    offer = workshop.offered(3)

    taken = take_on(assignment=offer, actor=workshop.rosa.user, on=DAY)

    assert (taken.status, taken.rate, taken.pay) == (Status.TAKEN, soles("8.00"), soles("24.00"))
    event = taken.events.last()
    assert (event.kind, event.actor, event.on) == (Kind.TAKEN, workshop.rosa.user, DAY)


def test_a_later_price_change_touches_no_work_taken_on(workshop):
    """Invariant 7."""
    taken = workshop.taken(1)
    offer = workshop.offered(1)

    change_rate(design=workshop.llama.design, rate=soles("6.50"), actor=workshop.secretary, on=DAY)

    taken.refresh_from_db()
    assert taken.rate == soles("8.00")
    later = take_on(assignment=offer, actor=workshop.rosa.user, on=DAY)
    assert later.rate == soles("6.50")
    (piece,) = deliver(assignment=taken, quantity=1, actor=workshop.keeper, on=DAY)
    pass_piece(piece=piece, checker=workshop.checker, on=DAY)
    assert workshop.rosa.account.postings.get().amount == soles("8.00")
    assert findings() == []


def test_saying_yes_twice_is_saying_it_once(workshop):
    offer = workshop.offered(1)
    for _time in range(2):
        take_on(assignment=offer, actor=workshop.rosa.user, on=DAY)

    assert offer.events.filter(kind=Kind.TAKEN).count() == 1


def test_the_storekeeper_may_say_yes_for_her_who_stands_before_her(workshop):
    taken = take_on(assignment=workshop.offered(1), actor=workshop.keeper, on=DAY)

    assert taken.events.last().actor == workshop.keeper


@pytest.mark.parametrize("answer", [take_on, decline])
def test_nobody_else_answers_for_her(workshop, answer):
    offer = workshop.offered(1)

    with pytest.raises(NotHers):
        answer(assignment=offer, actor=workshop.another().user, on=DAY)

    offer.refresh_from_db()
    assert offer.status == Status.OFFERED


def test_what_was_withdrawn_is_not_taken_on(workshop):
    offer = workshop.offered(1)
    withdraw(assignment=offer, actor=workshop.secretary, on=DAY)

    with pytest.raises(NoLongerOffered):
        take_on(assignment=offer, actor=workshop.rosa.user, on=DAY)

    offer.refresh_from_db()
    assert (offer.status, offer.rate_minor) == (Status.WITHDRAWN, None)


def test_who_was_suspended_meanwhile_takes_nothing_on(workshop):
    offer = workshop.offered(1)
    suspend(member=workshop.rosa, why="keeps wool", actor=workshop.secretary, on=DAY)

    with pytest.raises(NotWorkingNow):
        take_on(assignment=offer, actor=workshop.rosa.user, on=DAY)

    offer.refresh_from_db()
    assert offer.status == Status.OFFERED


# No --------------------------------------------------------------------------------------------
def test_what_she_declines_goes_back_and_her_hours_are_free(workshop):
    offer = workshop.offered(3)

    decline(assignment=offer, actor=workshop.rosa.user, on=DAY, note="harvest")

    offer.refresh_from_db()
    assert offer.status == Status.DECLINED
    assert offer.work_order.unassigned == 3
    assert promised(workshop.rosa) == 0
    event = offer.events.last()
    assert (event.kind, event.quantity, event.note) == (Kind.DECLINED, 3, "harvest")
    assert findings() == []


def test_saying_no_twice_is_saying_it_once(workshop):
    offer = workshop.offered(3)
    for _time in range(2):
        decline(assignment=offer, actor=workshop.rosa.user, on=DAY)

    assert WorkOrder.objects.get().assigned == 0
    assert offer.events.filter(kind=Kind.DECLINED).count() == 1


def test_what_she_took_on_is_not_declined(workshop):
    taken = workshop.taken(1)

    with pytest.raises(TakenAlready):
        decline(assignment=taken, actor=workshop.rosa.user, on=DAY)

    taken.refresh_from_db()
    assert taken.status == Status.TAKEN


def test_what_she_declined_is_not_taken_on_after_all(workshop):
    offer = workshop.offered(1)
    decline(assignment=offer, actor=workshop.rosa.user, on=DAY)

    with pytest.raises(NoLongerOffered):
        take_on(assignment=offer, actor=workshop.rosa.user, on=DAY)

    assert promised(workshop.rosa) == 0


# Back ------------------------------------------------------------------------------------------
def test_the_office_takes_back_what_she_did_not_bring(workshop):
    taken = workshop.taken(5)
    pieces = deliver(assignment=taken, quantity=2, actor=workshop.keeper, on=DAY)
    pass_piece(piece=pieces[0], checker=workshop.checker, on=DAY)

    withdraw(assignment=taken, actor=workshop.secretary, on=DAY, note="she is ill")

    taken.refresh_from_db()
    assert (taken.quantity, taken.status) == (2, Status.TAKEN)
    assert promised(workshop.rosa) == 180
    assert taken.work_order.unassigned == 3
    pass_piece(piece=pieces[1], checker=workshop.checker, on=DAY)
    taken.refresh_from_db()
    assert taken.status == Status.DONE
    assert findings() == []


def test_taking_back_the_rest_of_what_all_passed_finishes_it(workshop):
    taken = workshop.taken(5)
    for piece in deliver(assignment=taken, quantity=2, actor=workshop.keeper, on=DAY):
        pass_piece(piece=piece, checker=workshop.checker, on=DAY)

    withdraw(assignment=taken, actor=workshop.secretary, on=DAY)

    taken.refresh_from_db()
    assert (taken.quantity, taken.status) == (2, Status.DONE)
    assert findings() == []


def test_what_she_brought_is_not_taken_back(workshop):
    taken = workshop.taken(1)
    deliver(assignment=taken, quantity=1, actor=workshop.keeper, on=DAY)

    with pytest.raises(WorkIsClosed):
        withdraw(assignment=taken, actor=workshop.secretary, on=DAY)

    taken.refresh_from_db()
    assert (taken.quantity, taken.status) == (1, Status.TAKEN)


def test_hours_that_were_used_stay_used(workshop):
    """Invariant 5: finished work fills the month; nobody is asked for the same hours twice."""
    for piece in workshop.brought(2):
        pass_piece(piece=piece, checker=workshop.checker, on=DAY)

    assert promised(workshop.rosa) == 180


def test_work_that_slipped_is_due_a_week_later(workshop):
    late = workshop.work(1, due_on=DUE)
    on = date(2026, 4, 20)

    (share,) = plan_assignments(on=on).shares

    assert share.work_order_id == late.pk
    assert share.due_on == on + timedelta(days=7)
