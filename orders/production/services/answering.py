"""Steps of every answer to an offer; the rows they get are locked already."""

from datetime import date

from coop.members.models import Member
from coop.people.models import User
from orders.production.errors import NoLongerOffered, NotHers, NotWorkingNow
from orders.production.models import Assignment, AssignmentEvent
from orders.production.services import rows, state

#: With one of these a person may answer for a member who stands before her.
FOR_MEMBERS = ("production.assign_work", "wool.issue_wool")


def check_actor(assignment: Assignment, actor: User) -> None:
    """Raises NotHers unless it is she herself, or somebody who may answer for her."""
    if actor.pk == assignment.member.user_id:
        return
    if not any(actor.has_perm(one) for one in FOR_MEMBERS):
        raise NotHers


def check_open(assignment: Assignment) -> None:
    """Raises NoLongerOffered or NotWorkingNow."""
    if assignment.status != Assignment.Status.OFFERED:
        raise NoLongerOffered
    if assignment.member.status != Member.Status.ACTIVE:
        raise NotWorkingNow(member=assignment.member.name)


def accept(
    assignment: Assignment, *, actor: User, on: date, rate_minor: int | None = None
) -> Assignment:
    """She takes it on at `rate_minor`, or at the design's rate today."""
    state.drop_wish(assignment, actor=actor, on=on)
    assignment.rate_minor = rate_minor or assignment.work_order.variant.design.rate_minor
    assignment.status = Assignment.Status.TAKEN
    assignment.save(update_fields=["rate_minor", "status"])
    rows.trace(
        assignment,
        AssignmentEvent.Kind.TAKEN,
        actor=actor,
        on=on,
        quantity=assignment.quantity,
    )
    return assignment
