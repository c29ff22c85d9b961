"""Several at once: nobody is promised twice, nothing is paid twice. On both databases."""

from functools import partial
from time import sleep

import pytest

from coop.kit.errors import Refusal
from coop.quotas.models import Capacity
from ledger import queries as books
from orders.production.models import Assignment, AssignmentEvent, WorkOrder
from orders.production.services import (
    assign,
    cancel_work,
    decline,
    deliver,
    pass_piece,
    take_on,
)
from tests.factories.ledger import DAY, soles
from tests.factories.production import Workshop, findings
from tests.factories.quotas import MONTH
from tests.harness.fixtures import at_the_same_time

THREADS = 8


@pytest.fixture
def workshop(fresh_db) -> Workshop:
    return Workshop()


def done(answers: list) -> list:
    """What succeeded; anything that is not a kind refusal is an error of ours."""
    strange = [
        one for one in answers if isinstance(one, BaseException) and not isinstance(one, Refusal)
    ]
    assert strange == []
    return [one for one in answers if not isinstance(one, BaseException)]


def few_hours(workshop: Workshop, pieces: int) -> None:
    Capacity.objects.filter(month=MONTH).update(offered_minutes=pieces * 90)


def test_hours_are_never_promised_twice(workshop):
    """Eight offer her a llama at once; she has hours for three."""
    few_hours(workshop, 3)
    orders = [workshop.work(1) for _ in range(THREADS)]

    answers = at_the_same_time(
        *(
            partial(assign, plan=[workshop.share(one)], actor=workshop.secretary, on=DAY)
            for one in orders
        )
    )

    assert len(done(answers)) == 3
    assert Assignment.objects.count() == 3
    assert Capacity.objects.get(member=workshop.rosa, month=MONTH).promised_minutes == 270
    assert findings() == []


def test_the_race_is_one(workshop):
    """Negative control: reading, then writing, lets more through, and the audit names her."""
    few_hours(workshop, 3)
    orders = [workshop.work(1) for _ in range(THREADS)]

    at_the_same_time(*(partial(carelessly_assign, workshop, one) for one in orders))

    assert Assignment.objects.count() > 3
    assert any("T-01 2026-03" in one for one in findings())


def carelessly_assign(workshop: Workshop, order: WorkOrder) -> None:
    capacity = Capacity.objects.get(member=workshop.rosa, month=MONTH)
    if capacity.offered_minutes - capacity.promised_minutes < 90:
        return
    sleep(0.2)
    Assignment.objects.create(
        work_order=order,
        member=workshop.rosa,
        quantity=1,
        month=MONTH,
        promised_minutes=90,
        due_on=order.due_on,
    )
    Capacity.objects.filter(pk=capacity.pk).update(promised_minutes=capacity.promised_minutes + 90)


def test_the_same_work_is_never_given_to_two(workshop):
    order = workshop.work(3)
    women = [workshop.another() for _ in range(THREADS)]

    answers = at_the_same_time(
        *(
            partial(assign, plan=[workshop.share(order, 1, one)], actor=workshop.secretary, on=DAY)
            for one in women
        )
    )

    assert len(done(answers)) == 3
    order.refresh_from_db()
    assert order.assigned == 3
    assert findings() == []


def test_plans_that_cross_do_not_wait_for_each_other(workshop):
    """Two plans name the same women and orders the other way round."""
    women = [workshop.rosa, workshop.another(), workshop.another()]
    orders = [workshop.work(THREADS) for _ in women]
    plan = [workshop.share(order, 1, who) for order in orders for who in women]

    answers = at_the_same_time(
        *(
            partial(assign, plan=shares, actor=workshop.secretary, on=DAY)
            for shares in (plan, plan[::-1])
        )
    )

    assert len(done(answers)) == 2
    assert findings() == []


def test_yes_tapped_on_two_phones_is_yes_once(workshop):
    offer = workshop.offered(1)

    answers = at_the_same_time(
        *[partial(take_on, assignment=offer, actor=workshop.rosa.user, on=DAY)] * THREADS
    )

    assert len(done(answers)) == THREADS
    assert offer.events.filter(kind=AssignmentEvent.Kind.TAKEN).count() == 1


def test_yes_and_no_at_once_is_one_of_them(workshop):
    offer = workshop.offered(1)

    answers = at_the_same_time(
        partial(take_on, assignment=offer, actor=workshop.rosa.user, on=DAY),
        partial(decline, assignment=offer, actor=workshop.rosa.user, on=DAY),
    )

    assert len(done(answers)) == 1
    assert findings() == []


def test_yes_and_calling_off_at_once_agree(workshop):
    offer = workshop.offered(2)

    answers = at_the_same_time(
        partial(take_on, assignment=offer, actor=workshop.rosa.user, on=DAY),
        partial(cancel_work, work_order=offer.work_order, actor=workshop.secretary, on=DAY),
    )

    done(answers)
    offer.refresh_from_db()
    order = WorkOrder.objects.get()
    if offer.status == Assignment.Status.TAKEN:
        assert (order.status, order.quantity) == (WorkOrder.Status.OPEN, 2)
    else:
        assert order.status == WorkOrder.Status.CANCELLED
    assert findings() == []


def test_a_delivery_sent_from_two_phones_is_written_down_once(workshop):
    taken = workshop.taken(5)

    answers = at_the_same_time(
        *[
            partial(
                deliver,
                assignment=taken,
                quantity=2,
                actor=workshop.keeper,
                on=DAY,
                brought_before=0,
            )
        ]
        * THREADS
    )

    assert len(done(answers)) == 1
    taken.refresh_from_db()
    assert taken.delivered == 2
    assert findings() == []


def test_a_piece_passed_by_many_at_once_is_paid_once(workshop):
    (piece,) = workshop.brought(1)

    answers = at_the_same_time(
        *[partial(pass_piece, piece=piece, checker=workshop.checker, on=DAY)] * THREADS
    )

    assert len(done(answers)) == THREADS
    assert books.balance(workshop.rosa.account) == soles("8.00")
    assert findings() == []


def test_pieces_of_many_women_pass_at_once(workshop):
    pieces = [workshop.brought(1, who=workshop.another())[0] for _ in range(THREADS)]

    answers = at_the_same_time(
        *(partial(pass_piece, piece=one, checker=workshop.checker, on=DAY) for one in pieces)
    )

    assert len(done(answers)) == THREADS
    assert books.balance(books.account("finished_pieces")) == soles("80.00")
    assert findings() == []
