"""A checker looks at a piece: it passes, and is paid and in the store; or it goes to be mended."""

from datetime import date

from django.db import transaction
from django.db.models import Prefetch, prefetch_related_objects

from catalog.models import DesignWool, Piece
from catalog.services import move_piece, publish_piece_tag
from coop.kit import days
from coop.kit.money import zero
from coop.people.models import User
from coop.wool.services import Need, use_wool
from orders.production import accounting, hooks, queries
from orders.production.errors import (
    NotForChecking,
    NotForMending,
    NothingSaid,
    OwnPiece,
    WoolNotIssued,
    WrongWeight,
)
from orders.production.models import Assignment, Inspection
from orders.production.services import rows, state

Outcome = Inspection.Outcome
Place = Piece.Place


@transaction.atomic
def pass_piece(
    *, piece: Piece, checker: User, grams: int | None = None, on: date | None = None
) -> Piece:
    """The piece is good: it gets its tag, its wool leaves her hands, and her pay accrues now.

    `grams` is what it weighs; without it, what the design needs. Passing twice is passing once.
    Raises OwnPiece, NotForChecking, WrongWeight, or WoolNotIssued when she was given less wool
    than it holds. Source: accounting, "piece passed".
    """
    day = on or days.today()
    assignment, piece = _locked(piece)
    if piece.inspections.filter(outcome=Outcome.PASSED).exists():
        return piece
    _check_at_checker(piece, checker)
    needs = _needs(piece, grams)
    wool = zero()
    if needs:
        wool = use_wool(
            member=assignment.member,
            needs=needs,
            actor=checker,
            on=day,
            reference=f"piece:{piece.pk}:wool",
        )
    Inspection.objects.create(
        piece=piece,
        assignment=assignment,
        outcome=Outcome.PASSED,
        grams=sum(need.grams for need in needs) if grams is None else grams,
        on=day,
        checker=checker,
    )
    piece = publish_piece_tag(piece=piece, cost=assignment.rate + wool, actor=checker, on=day)
    _count_passed(assignment, checker, day)
    # Before the posting: who listens locks an order, and balances are locked last everywhere.
    hooks.piece_passed.fire(piece=piece, work_order=assignment.work_order, actor=checker, on=day)
    accounting.post_piece_passed(
        piece=piece, assignment=assignment, wool=wool, actor=checker, on=day
    )
    piece.refresh_from_db()
    return piece


def _needs(piece: Piece, grams: int | None) -> list[Need]:
    """The wool in the piece. Raises WrongWeight, or WoolNotIssued if she does not have it."""
    if grams is not None and grams < 1:
        raise WrongWeight
    wool = DesignWool.objects.select_related("yarn", "colour")
    prefetch_related_objects([piece.variant.design], Prefetch("wool", wool))
    needs = queries.needs_of(piece.variant.design)
    if grams is not None:
        needs = queries.weighed(needs, grams)
    missing = queries.missing_wool(piece.maker, needs)
    if missing:
        raise WoolNotIssued(missing=", ".join(str(one) for one in missing))
    return needs


def _count_passed(assignment: Assignment, checker: User, on: date) -> None:
    order = assignment.work_order
    order.passed += 1
    order.save(update_fields=["passed"])
    assignment.passed += 1
    assignment.save(update_fields=["passed"])
    state.finish_assignment(assignment, actor=checker, on=on)
    state.finish_order(order, actor=checker, on=on)


@transaction.atomic
def send_to_mend(*, piece: Piece, checker: User, note: str, on: date | None = None) -> Piece:
    """The piece goes back to its maker; `note` tells her what to mend.

    Sending it twice is sending it once. Raises NothingSaid, OwnPiece or NotForChecking.
    """
    day = on or days.today()
    assignment, piece = _locked(piece)
    if piece.place == Place.MAKER:
        return piece
    _check_at_checker(piece, checker)
    if not note.strip():
        raise NothingSaid
    Inspection.objects.create(
        piece=piece,
        assignment=assignment,
        outcome=Outcome.MEND,
        note=note.strip(),
        on=day,
        checker=checker,
    )
    return move_piece(piece=piece, to=Place.MAKER, actor=checker, on=day, why="mend")


@transaction.atomic
def redeliver(*, piece: Piece, actor: User, on: date | None = None) -> Piece:
    """She brings the mended piece again; it waits for the checker. Twice is once.

    Raises NotForMending.
    """
    _assignment, piece = _locked(piece)
    if piece.place == Place.CHECKER:
        return piece
    if piece.place != Place.MAKER:
        raise NotForMending(place=piece.get_place_display())
    return move_piece(
        piece=piece, to=Place.CHECKER, actor=actor, on=on or days.today(), why="mended"
    )


def _locked(piece: Piece) -> tuple[Assignment, Piece]:
    """The piece and the assignment it was knitted for, under lock, assignment first."""
    assignment = rows.locked_assignment(queries.assignment_id_of(piece))
    pieces = Piece.objects.select_for_update(of=("self",))
    return assignment, pieces.select_related("variant__design", "maker").get(pk=piece.pk)


def _check_at_checker(piece: Piece, checker: User) -> None:
    if piece.place != Place.CHECKER:
        raise NotForChecking(place=piece.get_place_display())
    if piece.maker.user_id == checker.pk:
        raise OwnPiece
