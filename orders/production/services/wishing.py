"""Her answer between yes and no: fewer pieces, or a later day."""

from datetime import date, timedelta

from django.db import transaction

from coop.kit import days
from coop.people.models import User
from orders.production import queries
from orders.production.errors import (
    AnsweredAlready,
    AskedAlready,
    DayNotLater,
    DayTooFar,
    NotHers,
    NothingToKnit,
    NotSoManyOffered,
    TakenAlready,
)
from orders.production.models import Assignment, AssignmentEvent, DayWish
from orders.production.services import answering, rows, state

Kind = AssignmentEvent.Kind
Status = Assignment.Status

#: Nobody asks for a day further away than this.
MOST_DAYS = 180
#: Whoever may do this answers wishes for another day.
ANSWERS_WISHES = "production.assign_work"


@transaction.atomic
def take_part(
    *, assignment: Assignment, quantity: int, actor: User, on: date | None = None
) -> Assignment:
    """She says yes to `quantity` pieces of what is offered; the others go back to be shared out.

    All of them is a plain yes; the same number twice is said once. Raises NotHers, NothingToKnit,
    NotSoManyOffered, TakenAlready for another number than she took, NoLongerOffered or
    NotWorkingNow. Source: design, the way of an order, and what must always hold, 5.
    """
    day = on or days.today()
    assignment = rows.locked_assignment(assignment.pk)
    answering.check_actor(assignment, actor)
    if assignment.status in {Status.TAKEN, Status.DONE}:
        if _taken_of(assignment) != quantity:
            raise TakenAlready
        return assignment
    answering.check_open(assignment)
    if quantity < 1:
        raise NothingToKnit
    if quantity > assignment.quantity:
        raise NotSoManyOffered(offered=assignment.quantity)
    if quantity < assignment.quantity:
        order = assignment.work_order
        state.shrink(assignment, order=order, to=quantity, actor=actor, on=day)
        if state.is_called_off(order):
            state.shrink_to_assigned(order, actor=actor, on=day)
    return answering.accept(assignment, actor=actor, on=day)


def _taken_of(assignment: Assignment) -> int | None:
    """How many she said yes to, whatever was taken back since."""
    taken = assignment.events.filter(kind=Kind.TAKEN)
    return taken.values_list("quantity", flat=True).first()


@transaction.atomic
def take_later(
    *, assignment: Assignment, wanted_on: date, actor: User, on: date | None = None
) -> DayWish | None:
    """She says yes, by a later day: at once where the promise allows it, else the office answers.

    Returns the wish that waits, or None when she has taken it on. Until what is promised allows
    is asked of those who promised (`hooks.promised_day`). The same day twice is said once.
    Raises NotHers, DayNotLater, DayTooFar, AskedAlready while a wish for another day waits,
    TakenAlready, NoLongerOffered or NotWorkingNow.
    """
    day = on or days.today()
    assignment = rows.locked_assignment(assignment.pk)
    answering.check_actor(assignment, actor)
    if assignment.status in {Status.TAKEN, Status.DONE}:
        if _agreed_day(assignment) != wanted_on:
            raise TakenAlready
        return None
    answering.check_open(assignment)
    if wanted_on <= max(assignment.due_on, day):
        raise DayNotLater
    if wanted_on > max(assignment.due_on, day) + timedelta(days=MOST_DAYS):
        raise DayTooFar(days=MOST_DAYS)
    if wanted_on <= queries.latest_day(assignment.work_order):
        _agree(assignment, wanted_on, actor=actor, on=day)
        return None
    return _wish(assignment, wanted_on, actor=actor, on=day)


def _agreed_day(assignment: Assignment) -> date | None:
    moved = assignment.events.filter(kind=Kind.MOVED)
    return moved.values_list("due_on", flat=True).last()


def _agree(
    assignment: Assignment,
    wanted_on: date,
    *,
    actor: User,
    on: date,
    rate_minor: int | None = None,
) -> None:
    """Hers, by that day. Hours stay in the month that promised them."""
    assignment.due_on = max(assignment.due_on, wanted_on)
    assignment.save(update_fields=["due_on"])
    rows.trace(assignment, Kind.MOVED, actor=actor, on=on, due_on=wanted_on)
    answering.accept(assignment, actor=actor, on=on, rate_minor=rate_minor)


def _wish(assignment: Assignment, wanted_on: date, *, actor: User, on: date) -> DayWish:
    waiting = assignment.wishes.filter(status=DayWish.Status.WAITING).first()
    if waiting is not None:
        if waiting.wanted_on != wanted_on:
            raise AskedAlready
        return waiting
    rows.trace(
        assignment,
        Kind.WISHED,
        actor=actor,
        on=on,
        quantity=assignment.quantity,
        due_on=wanted_on,
    )
    return DayWish.objects.create(
        assignment=assignment,
        wanted_on=wanted_on,
        rate_minor=assignment.work_order.variant.design.rate_minor,
        asked_on=on,
        asked_by=actor,
    )


@transaction.atomic
def grant_wish(*, wish: DayWish, actor: User, on: date | None = None) -> DayWish:
    """Yes, by the day that she asks for: the work is hers, at the rate of the day she asked.

    Twice is once. Raises NotHers for who may not give out work, AnsweredAlready, NoLongerOffered
    or NotWorkingNow.
    """
    day = on or days.today()
    wish, assignment = _locked(wish, actor)
    if wish.status == DayWish.Status.GRANTED:
        return wish
    _check_waits(wish)
    answering.check_open(assignment)
    _answer(wish, DayWish.Status.GRANTED, actor, day)
    _agree(assignment, wish.wanted_on, actor=actor, on=day, rate_minor=wish.rate_minor)
    return wish


@transaction.atomic
def refuse_wish(*, wish: DayWish, actor: User, on: date | None = None) -> DayWish:
    """No: it stays at its day, and she is asked again. Twice is once.

    Raises NotHers or AnsweredAlready.
    """
    day = on or days.today()
    wish, assignment = _locked(wish, actor)
    if wish.status == DayWish.Status.REFUSED:
        return wish
    _check_waits(wish)
    _answer(wish, DayWish.Status.REFUSED, actor, day)
    rows.trace(assignment, Kind.KEPT, actor=actor, on=day, due_on=assignment.due_on)
    return wish


def _locked(wish: DayWish, actor: User) -> tuple[DayWish, Assignment]:
    if not actor.has_perm(ANSWERS_WISHES):
        raise NotHers
    assignment = rows.locked_assignment(wish.assignment_id)
    return DayWish.objects.select_for_update().get(pk=wish.pk), assignment


def _check_waits(wish: DayWish) -> None:
    if wish.status != DayWish.Status.WAITING:
        raise AnsweredAlready


def _answer(wish: DayWish, status: DayWish.Status, actor: User, on: date) -> None:
    wish.status, wish.answered_by, wish.answered_on = status, actor, on
    wish.save(update_fields=["status", "answered_by", "answered_on"])
