"""Rows under lock, and their traces. Always work order, then assignment, then anything else."""

from datetime import date

from coop.people.models import User
from orders.production.models import Assignment, AssignmentEvent, WorkOrder, WorkOrderEvent


def locked_order(pk: int) -> WorkOrder:
    """The work order, read again under lock."""
    orders = WorkOrder.objects.select_for_update(of=("self",)).select_related("variant__design")
    return orders.get(pk=pk)


def locked_assignment(pk: int) -> Assignment:
    """The assignment and, before it, its work order, both read again under lock."""
    order = locked_order(Assignment.objects.values_list("work_order_id", flat=True).get(pk=pk))
    rows = Assignment.objects.select_for_update(of=("self",))
    assignment = rows.select_related("member__user", "member__account").get(pk=pk)
    assignment.work_order = order
    return assignment


def trace(
    assignment: Assignment,
    kind: AssignmentEvent.Kind,
    *,
    actor: User,
    on: date,
    quantity: int = 0,
    note: str = "",
    due_on: date | None = None,
) -> None:
    """Write down what happened to an assignment; the day only where one was asked or agreed."""
    AssignmentEvent.objects.create(
        assignment=assignment,
        kind=kind,
        quantity=quantity,
        note=note,
        on=on,
        actor=actor,
        due_on=due_on,
    )


def trace_order(
    order: WorkOrder,
    kind: WorkOrderEvent.Kind,
    *,
    actor: User | None,
    on: date,
    quantity: int = 0,
    note: str = "",
    was_due_on: date | None = None,
    due_on: date | None = None,
) -> None:
    """Write down what happened to a work order; the days only where it was put on another."""
    WorkOrderEvent.objects.create(
        work_order=order,
        kind=kind,
        quantity=quantity,
        note=note,
        on=on,
        actor=actor,
        was_due_on=was_due_on,
        due_on=due_on,
    )
