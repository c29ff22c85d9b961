"""Work that is to be done: opened for an order line or for stock, put on another day, called off."""

from datetime import date

from django.db import transaction

from catalog.models import Variant
from coop.kit import days
from coop.people.models import User
from orders.production.errors import (
    DueTooEarly,
    NothingToKnit,
    ReasonMissing,
    WorkDiffers,
    WorkIsClosed,
)
from orders.production.models import Assignment, AssignmentEvent, WorkOrder, WorkOrderEvent
from orders.production.services import rows, state


@transaction.atomic
def open_work(
    *,
    variant: Variant,
    quantity: int,
    due_on: date,
    reference: str,
    actor: User | None,
    on: date | None = None,
) -> WorkOrder:
    """So many pieces of `variant` are to be knitted by `due_on`.

    `reference` says for what ("line:34", "stock:…"); the same again gives the work that is
    there. `actor` is None when a customer's order opens it.
    Raises NothingToKnit, DueTooEarly, or WorkDiffers for a reference with other content.
    """
    day = on or days.today()
    if quantity < 1:
        raise NothingToKnit
    there = WorkOrder.objects.filter(reference=reference).first()
    if there is not None:
        if (there.variant_id, _opened_for(there)) != (variant.pk, quantity):
            raise WorkDiffers
        return there
    if due_on < day:
        raise DueTooEarly
    order = WorkOrder.objects.create(
        variant=variant,
        quantity=quantity,
        due_on=due_on,
        reference=reference,
        opened_on=day,
        opened_by=actor,
    )
    rows.trace_order(order, WorkOrderEvent.Kind.OPENED, actor=actor, on=day, quantity=quantity)
    return order


def _opened_for(order: WorkOrder) -> int | None:
    opened = order.events.filter(kind=WorkOrderEvent.Kind.OPENED)
    return opened.values_list("quantity", flat=True).first()


@transaction.atomic
def move_due_day(
    *, work_order: WorkOrder, due_on: date, why: str, actor: User, on: date | None = None
) -> WorkOrder:
    """Put open work on another day, and say why.

    Offers move along, and so does work that was taken on, but only to a later day: what a member
    agreed to is never made sooner without her. Hours stay in the month that promised them. The
    same day again changes nothing. Raises WorkIsClosed, DueTooEarly or ReasonMissing.
    """
    day, why = on or days.today(), " ".join(why.split())
    order = rows.locked_order(work_order.pk)
    if order.status != WorkOrder.Status.OPEN:
        raise WorkIsClosed(status=order.get_status_display())
    if due_on == order.due_on:
        return order
    if due_on < day:
        raise DueTooEarly
    if not why:
        raise ReasonMissing
    was = order.due_on
    order.due_on = due_on
    order.save(update_fields=["due_on"])
    waiting = order.assignments.select_for_update(of=("self",)).order_by("pk")
    waiting.filter(status=Assignment.Status.OFFERED).update(due_on=due_on)
    waiting.filter(status=Assignment.Status.TAKEN, due_on__lt=due_on).update(due_on=due_on)
    rows.trace_order(
        order,
        WorkOrderEvent.Kind.MOVED,
        actor=actor,
        on=day,
        note=why[:200],
        was_due_on=was,
        due_on=due_on,
    )
    return order


@transaction.atomic
def cancel_work(
    *, work_order: WorkOrder, actor: User, on: date | None = None, note: str = ""
) -> WorkOrder:
    """Call off what nobody has taken on; whoever said yes goes on, and her pieces are stock.

    Offers are withdrawn and their hours given back. Raises WorkIsClosed when all of it is done;
    calling off twice changes nothing.
    """
    day = on or days.today()
    order = rows.locked_order(work_order.pk)
    if order.status == WorkOrder.Status.DONE:
        raise WorkIsClosed(status=order.get_status_display())
    if state.is_called_off(order):
        return order
    offers = order.assignments.filter(status=Assignment.Status.OFFERED)
    locked = offers.select_for_update(of=("self",)).select_related("member")
    # Hours are locked in the order in which `assign` locks them.
    for offer in sorted(locked.order_by("pk"), key=lambda one: (one.member_id, one.month)):
        state.take_back(
            offer,
            order=order,
            kind=AssignmentEvent.Kind.WITHDRAWN,
            actor=actor,
            on=day,
            note=note,
        )
    state.shrink_to_assigned(order, actor=actor, on=day, note=note)
    return order
