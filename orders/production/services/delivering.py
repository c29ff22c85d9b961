"""She brings what she knitted."""

from datetime import date

from django.db import transaction

from catalog.models import Piece
from catalog.services import register_piece
from coop.kit import days
from coop.people.models import User
from orders.production.errors import (
    MoreThanAssigned,
    NothingToKnit,
    NotTaken,
    WrittenDownAlready,
)
from orders.production.models import Assignment, AssignmentEvent
from orders.production.queries import source_of
from orders.production.services import rows


@transaction.atomic
def deliver(
    *,
    assignment: Assignment,
    quantity: int,
    actor: User,
    on: date | None = None,
    brought_before: int | None = None,
) -> list[Piece]:
    """She hands over `quantity` pieces of what she took on; they wait for the checker.

    `brought_before` is how many the person who writes it down saw as brought: if that has
    changed meanwhile, the form was sent twice, or somebody else wrote it down too.
    Raises NotTaken, NothingToKnit, MoreThanAssigned or WrittenDownAlready.
    """
    day = on or days.today()
    assignment = rows.locked_assignment(assignment.pk)
    if brought_before is not None and assignment.delivered != brought_before:
        raise WrittenDownAlready
    if assignment.status != Assignment.Status.TAKEN:
        raise NotTaken
    if quantity < 1:
        raise NothingToKnit
    left = assignment.quantity - assignment.delivered
    if quantity > left:
        raise MoreThanAssigned(left=left)
    pieces = [
        register_piece(
            variant=assignment.work_order.variant,
            maker=assignment.member,
            assignment_ref=source_of(assignment),
            actor=actor,
            on=day,
        )
        for _number in range(quantity)
    ]
    assignment.delivered += quantity
    assignment.save(update_fields=["delivered"])
    rows.trace(assignment, AssignmentEvent.Kind.DELIVERED, actor=actor, on=day, quantity=quantity)
    return pieces
