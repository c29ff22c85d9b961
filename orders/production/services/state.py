"""Steps that several services share; the rows they get are locked already."""

from datetime import date

from coop.people.models import User
from coop.quotas.services import release
from orders.production.models import (
    Assignment,
    AssignmentEvent,
    DayWish,
    WorkOrder,
    WorkOrderEvent,
)
from orders.production.services import rows

Status = Assignment.Status
Kind = WorkOrderEvent.Kind


def take_back(
    assignment: Assignment,
    *,
    order: WorkOrder,
    kind: AssignmentEvent.Kind,
    actor: User,
    on: date,
    note: str = "",
) -> None:
    """What she has not brought goes back to the work order, and its hours to her.

    `kind` is DECLINED or WITHDRAWN. What she brought stays hers: the assignment shrinks to it.
    """
    drop_wish(assignment, actor=actor, on=on)
    rest = assignment.quantity - assignment.delivered
    minutes = _free(assignment, rest)
    if assignment.delivered:
        assignment.quantity = assignment.delivered
        assignment.promised_minutes -= minutes
    else:
        assignment.status = Status(kind.value)
    assignment.save(update_fields=["quantity", "promised_minutes", "status"])
    order.assigned -= rest
    order.save(update_fields=["assigned"])
    rows.trace(assignment, kind, actor=actor, on=on, quantity=rest, note=note)
    finish_assignment(assignment, actor=actor, on=on)


def shrink(
    assignment: Assignment, *, order: WorkOrder, to: int, actor: User, on: date, note: str = ""
) -> None:
    """An offer of so many pieces only; the others go back to the work order, their hours to her."""
    rest = assignment.quantity - to
    assignment.promised_minutes -= _free(assignment, rest)
    assignment.quantity = to
    assignment.save(update_fields=["quantity", "promised_minutes"])
    order.assigned -= rest
    order.save(update_fields=["assigned"])
    rows.trace(
        assignment, AssignmentEvent.Kind.REDUCED, actor=actor, on=on, quantity=rest, note=note
    )


def _free(assignment: Assignment, pieces: int) -> int:
    """Give back the hours of so many pieces; how many minutes they were."""
    minutes = assignment.promised_minutes // assignment.quantity * pieces
    release(member=assignment.member, month=assignment.month, minutes=minutes)
    return minutes


def drop_wish(assignment: Assignment, *, actor: User, on: date) -> None:
    """Another answer came, or the work went back: nobody asks for a later day any more."""
    waiting = DayWish.objects.filter(assignment=assignment, status=DayWish.Status.WAITING)
    waiting.update(status=DayWish.Status.DROPPED, answered_by=actor, answered_on=on)


def finish_assignment(assignment: Assignment, *, actor: User, on: date) -> None:
    """Close an assignment when every piece of it has passed."""
    if assignment.status == Status.TAKEN and assignment.passed == assignment.quantity:
        assignment.status = Status.DONE
        assignment.save(update_fields=["status"])
        rows.trace(
            assignment,
            AssignmentEvent.Kind.DONE,
            actor=actor,
            on=on,
            quantity=assignment.quantity,
        )


def finish_order(order: WorkOrder, *, actor: User, on: date) -> None:
    """Close a work order when every piece of it has passed."""
    if order.status == WorkOrder.Status.OPEN and order.passed == order.quantity:
        order.status = WorkOrder.Status.DONE
        order.save(update_fields=["status"])
        rows.trace_order(order, Kind.DONE, actor=actor, on=on, quantity=order.quantity)


def shrink_to_assigned(order: WorkOrder, *, actor: User, on: date, note: str = "") -> None:
    """Nothing more is wanted than what members have: the order ends, or shrinks to that."""
    dropped = order.quantity - order.assigned
    if not order.assigned:
        order.status = WorkOrder.Status.CANCELLED
        order.save(update_fields=["status"])
        rows.trace_order(order, Kind.CANCELLED, actor=actor, on=on, quantity=dropped, note=note)
    else:
        order.quantity = order.assigned
        order.save(update_fields=["quantity"])
        rows.trace_order(order, Kind.REDUCED, actor=actor, on=on, quantity=dropped, note=note)
        finish_order(order, actor=actor, on=on)


def is_called_off(order: WorkOrder) -> bool:
    """Whether the rest of this order is no longer wanted."""
    return order.events.filter(kind__in=[Kind.REDUCED, Kind.CANCELLED]).exists()
