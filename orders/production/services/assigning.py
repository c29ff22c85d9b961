"""Work finds its maker: proposed, offered, taken on, given back."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from coop.kit import days
from coop.kit.errors import Refusal
from coop.members.models import Member
from coop.people.models import User
from coop.quotas.models import Skill
from coop.quotas.services import promise
from orders.production import queries
from orders.production.errors import (
    CannotKnitThis,
    DoesNotKnit,
    NoLongerOffered,
    NothingToKnit,
    NotSoMuchLeft,
    NotWorkingNow,
    TakenAlready,
    WorkIsClosed,
)
from orders.production.models import Assignment, AssignmentEvent, WorkOrder
from orders.production.planning import Plan, Share, share_out
from orders.production.sentences import CHOSEN
from orders.production.services import answering, rows, state

Kind = AssignmentEvent.Kind
Status = Assignment.Status


def plan_assignments(*, on: date | None = None) -> Plan:
    """A fair proposal for all open work as of `on` (`planning.share_out`); writes nothing."""
    day = on or days.today()
    jobs = queries.open_jobs()
    last = max((job.due_on for job in jobs), default=day)
    return share_out(jobs=jobs, knitters=queries.knitters(on=day, until=last), on=day)


@transaction.atomic
def assign(
    *, plan: Plan | Iterable[Share], actor: User, on: date | None = None, note: str = ""
) -> list[Assignment]:
    """Offer every share of `plan` to its member and promise her hours; all of it or nothing.

    A refusal carries `facts["place"]`, the share's place in the plan. Raises WorkIsClosed,
    NotSoMuchLeft, DoesNotKnit, NotWorkingNow, CannotKnitThis, or what quotas refuses when she
    has not so many hours left. Source: design, what must always hold, 5 and 9.
    """
    day = on or days.today()
    shares = list(plan.shares if isinstance(plan, Plan) else plan)
    orders = {pk: rows.locked_order(pk) for pk in sorted({one.work_order_id for one in shares})}
    members = Member.objects.in_bulk({share.member_id for share in shares})
    levels = _levels(members)
    # Hours are locked by member and month, so that two plans at once never wait for each other.
    places = sorted(range(len(shares)), key=lambda at: (shares[at].member_id, shares[at].month, at))
    offered: dict[int, Assignment] = {}
    for place in places:
        share = shares[place]
        order, member = orders[share.work_order_id], members[share.member_id]
        level = levels.get((member.pk, order.variant.design.technique_id), 0)
        try:
            _check_share(share, order, member, level)
            offered[place] = _offer(share, order, member)
        except Refusal as refusal:
            refusal.facts["place"] = place
            raise
        rows.trace(
            offered[place], Kind.OFFERED, actor=actor, on=day, quantity=share.quantity, note=note
        )
    return [offered[place] for place in range(len(shares))]


def _levels(members: Iterable[int]) -> dict[tuple[int, int], int]:
    skills = Skill.objects.filter(member_id__in=list(members))
    return {(skill.member_id, skill.technique_id): skill.level for skill in skills}


def _check_share(share: Share, order: WorkOrder, member: Member, level: int) -> None:
    if share.quantity < 1:
        raise NothingToKnit
    if order.status != WorkOrder.Status.OPEN:
        raise WorkIsClosed(status=order.get_status_display())
    if share.quantity > order.unassigned:
        raise NotSoMuchLeft(left=order.unassigned, variant=order.variant)
    if member.kind == Member.Kind.HONORARY:
        raise DoesNotKnit(member=member.name)
    if member.status != Member.Status.ACTIVE:
        raise NotWorkingNow(member=member.name)
    if level < order.variant.design.level:
        raise CannotKnitThis(member=member.name)


def _offer(share: Share, order: WorkOrder, member: Member) -> Assignment:
    minutes = share.quantity * order.variant.design.minutes
    promise(member=member, month=share.month, minutes=minutes)
    order.assigned += share.quantity
    order.save(update_fields=["assigned"])
    return Assignment.objects.create(
        work_order=order,
        member=member,
        quantity=share.quantity,
        month=share.month,
        promised_minutes=minutes,
        due_on=share.due_on,
        why=share.why or CHOSEN,
    )


@transaction.atomic
def take_on(*, assignment: Assignment, actor: User, on: date | None = None) -> Assignment:
    """She says yes: her rate is that of the design today, whatever becomes of it later.

    `actor` is she herself, or whoever gives out work or wool and has her before her. Saying yes
    twice is saying it once. Raises NotHers, NoLongerOffered or NotWorkingNow.
    Source: design, the way of an order, and what must always hold, 7.
    """
    assignment = rows.locked_assignment(assignment.pk)
    answering.check_actor(assignment, actor)
    if assignment.status in {Status.TAKEN, Status.DONE}:
        return assignment
    answering.check_open(assignment)
    return answering.accept(assignment, actor=actor, on=on or days.today())


@transaction.atomic
def decline(
    *, assignment: Assignment, actor: User, on: date | None = None, note: str = ""
) -> Assignment:
    """She says no: the work goes back to be given to somebody else, her hours are free again.

    Saying no twice is saying it once. Raises NotHers, TakenAlready or NoLongerOffered.
    """
    assignment = rows.locked_assignment(assignment.pk)
    answering.check_actor(assignment, actor)
    if assignment.status == Status.DECLINED:
        return assignment
    if assignment.status == Status.TAKEN:
        raise TakenAlready
    if assignment.status != Status.OFFERED:
        raise NoLongerOffered
    _take_back(assignment, Kind.DECLINED, actor, on or days.today(), note)
    return assignment


@transaction.atomic
def withdraw(
    *, assignment: Assignment, actor: User, on: date | None = None, note: str = ""
) -> Assignment:
    """The office takes back what she has not brought; what she brought stays hers.

    Twice is once. Raises WorkIsClosed when nothing is left to take back.
    """
    assignment = rows.locked_assignment(assignment.pk)
    if assignment.status == Status.WITHDRAWN:
        return assignment
    is_open = assignment.status in {Status.OFFERED, Status.TAKEN}
    if not is_open or assignment.delivered == assignment.quantity:
        raise WorkIsClosed(status=assignment.get_status_display())
    _take_back(assignment, Kind.WITHDRAWN, actor, on or days.today(), note)
    return assignment


def _take_back(assignment: Assignment, kind: Kind, actor: User, on: date, note: str) -> None:
    order = assignment.work_order
    state.take_back(assignment, order=order, kind=kind, actor=actor, on=on, note=note)
    if state.is_called_off(order):
        state.shrink_to_assigned(order, actor=actor, on=on, note=note)
