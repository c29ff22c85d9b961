"""Work is opened once, and what nobody took on can be called off."""

from datetime import timedelta

import pytest

from coop.quotas.models import Capacity
from orders.production.errors import DueTooEarly, NothingToKnit, WorkDiffers, WorkIsClosed
from orders.production.models import Assignment, WorkOrder, WorkOrderEvent
from orders.production.services import (
    cancel_work,
    deliver,
    open_work,
    pass_piece,
    take_on,
    withdraw,
)
from tests.factories.ledger import DAY
from tests.factories.production import DUE, findings


def opened(workshop, **changes) -> WorkOrder:
    values = {
        "variant": workshop.llama,
        "quantity": 5,
        "due_on": DUE,
        "reference": "line:34",
        "actor": workshop.secretary,
        "on": DAY,
    }
    return open_work(**(values | changes))


def test_work_is_opened_for_an_order_line(workshop):
    order = opened(workshop)

    assert (order.quantity, order.assigned, order.passed) == (5, 0, 0)
    assert order.opened_by == workshop.secretary
    event = order.events.get()
    assert (event.kind, event.quantity) == (WorkOrderEvent.Kind.OPENED, 5)


def test_a_customers_order_opens_work_without_anybody_of_the_office(workshop):
    assert opened(workshop, actor=None).opened_by is None


def test_the_same_reference_opens_it_once(workshop):
    first = opened(workshop)

    assert opened(workshop) == first
    assert WorkOrder.objects.count() == 1
    assert WorkOrderEvent.objects.count() == 1


def test_the_same_reference_with_another_content_is_refused(workshop):
    opened(workshop)

    with pytest.raises(WorkDiffers):
        opened(workshop, quantity=6)

    assert WorkOrder.objects.get().quantity == 5


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"quantity": 0}, NothingToKnit),
        ({"quantity": -3}, NothingToKnit),
        ({"due_on": DAY - timedelta(days=1)}, DueTooEarly),
    ],
)
def test_what_cannot_be_is_not_opened(workshop, changes, refusal):
    with pytest.raises(refusal):
        opened(workshop, **changes)

    assert not WorkOrder.objects.exists()


def test_calling_off_what_nobody_has_ends_it(workshop):
    order = workshop.work(5)

    cancel_work(work_order=order, actor=workshop.secretary, on=DAY, note="the guest left")

    order.refresh_from_db()
    assert order.status == WorkOrder.Status.CANCELLED
    assert order.unassigned == 0
    assert order.events.last().note == "the guest left"


def test_calling_off_gives_offered_hours_back(workshop):
    offer = workshop.offered(5)

    cancel_work(work_order=offer.work_order, actor=workshop.secretary, on=DAY)

    offer.refresh_from_db()
    assert offer.status == Assignment.Status.WITHDRAWN
    assert not Capacity.objects.exclude(promised_minutes=0).exists()
    assert findings() == []


def test_who_said_yes_goes_on_and_is_paid(workshop):
    order = workshop.work(5)
    from orders.production.services import assign

    mine, _other = assign(
        plan=[workshop.share(order, 2), workshop.share(order, 1, workshop.another())],
        actor=workshop.secretary,
        on=DAY,
    )
    taken = take_on(assignment=mine, actor=workshop.rosa.user, on=DAY)
    workshop.hand_out(taken)

    cancel_work(work_order=order, actor=workshop.secretary, on=DAY)

    order.refresh_from_db()
    assert (order.status, order.quantity, order.assigned) == (WorkOrder.Status.OPEN, 2, 2)
    for piece in deliver(assignment=taken, quantity=2, actor=workshop.keeper, on=DAY):
        pass_piece(piece=piece, checker=workshop.checker, on=DAY)
    order.refresh_from_db()
    assert order.status == WorkOrder.Status.DONE
    assert findings() == []


def test_what_comes_back_of_called_off_work_is_not_given_out_again(workshop):
    taken = workshop.taken(3)
    cancel_work(work_order=taken.work_order, actor=workshop.secretary, on=DAY)

    withdraw(assignment=taken, actor=workshop.secretary, on=DAY)

    order = WorkOrder.objects.get()
    assert (order.status, order.unassigned) == (WorkOrder.Status.CANCELLED, 0)
    assert findings() == []


def test_calling_off_twice_is_calling_off_once(workshop):
    order = workshop.work(5)
    for _time in range(2):
        cancel_work(work_order=order, actor=workshop.secretary, on=DAY)

    assert order.events.filter(kind=WorkOrderEvent.Kind.CANCELLED).count() == 1


def test_finished_work_is_not_called_off(workshop):
    for piece in workshop.brought(1):
        pass_piece(piece=piece, checker=workshop.checker, on=DAY)

    with pytest.raises(WorkIsClosed):
        cancel_work(work_order=WorkOrder.objects.get(), actor=workshop.secretary, on=DAY)

    assert WorkOrder.objects.get().status == WorkOrder.Status.DONE
