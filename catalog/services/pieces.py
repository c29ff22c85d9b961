"""Where each piece goes. A piece is in exactly one place; every move leaves a row (invariant 5)."""

from datetime import date

from django.db import transaction
from djmoney.money import Money

from catalog.errors import CannotMove, NotTheirs, PieceNotHere, PieceTaken
from catalog.models import Piece, PieceMove, Variant
from coop.kit.days import today
from coop.kit.money import to_minor
from coop.kit.tokens import readable_tag
from coop.members.models import Member
from coop.people.models import User

Place = Piece.Place

# From where to where a piece may be moved. Into the store for the first time it comes only
# through `publish_piece_tag`.
WAYS: dict[str, frozenset[str]] = {
    Place.CHECKER: frozenset({Place.MAKER}),
    Place.MAKER: frozenset({Place.CHECKER}),
    Place.STORE: frozenset({Place.CONSIGNED, Place.SOLD, Place.LOST}),
    Place.CONSIGNED: frozenset({Place.STORE, Place.SOLD, Place.LOST}),
    Place.SOLD: frozenset({Place.STORE}),
    Place.LOST: frozenset({Place.STORE}),
}


@transaction.atomic
def register_piece(
    *,
    variant: Variant,
    maker: Member,
    assignment_ref: str,
    actor: User,
    on: date | None = None,
) -> Piece:
    """A piece that `maker` hands in: it waits for the checker.

    `assignment_ref` is production's key for what it was knitted for, such as "assignment:12".
    """
    day = on or today()
    piece = Piece.objects.create(
        variant=variant, maker=maker, source=assignment_ref, delivered_on=day
    )
    _note(piece, "", actor=actor, on=day, why="delivered")
    return piece


@transaction.atomic
def publish_piece_tag(*, piece: Piece, cost: Money, actor: User, on: date | None = None) -> Piece:
    """The checker passed it: it gets its tag and its cost (pay and wool), and lies in the store.

    The tag is random: it says nothing about who made the piece, or when.
    Raises CannotMove unless the piece waits for the checker.
    """
    day = on or today()
    piece = _locked(piece)
    if piece.place != Place.CHECKER:
        raise CannotMove(place=piece.get_place_display())
    piece.place, piece.tag = Place.STORE, _new_tag()
    piece.cost_minor, piece.passed_on = to_minor(cost), day
    piece.save(update_fields=["place", "tag", "cost_minor", "passed_on"])
    _note(piece, Place.CHECKER, actor=actor, on=day, why="passed")
    return piece


@transaction.atomic
def move_piece(
    *, piece: Piece, to: str, actor: User, on: date | None = None, why: str = ""
) -> Piece:
    """Take a piece from where it is to `to` (a `Piece.Place`), and write it down.

    Only a promised piece can be sold, and only a free one be lost.
    Raises CannotMove, PieceTaken or PieceNotHere.
    """
    piece = _locked(piece)
    before = piece.place
    if to not in WAYS[before]:
        raise CannotMove(place=piece.get_place_display())
    if to == Place.SOLD and not piece.reserved_for:
        raise PieceNotHere
    if to == Place.LOST and piece.reserved_for:
        raise PieceTaken
    piece.place = to
    piece.save(update_fields=["place"])
    _note(piece, before, actor=actor, on=on or today(), why=why)
    return piece


@transaction.atomic
def reserve_piece(*, piece: Piece, key: str) -> Piece:
    """Promise a piece to the order line named `key` ("line:34"). Twice is once.

    Raises PieceNotHere, or PieceTaken if it is promised to another.
    """
    piece = _locked(piece)
    if piece.reserved_for == key:
        return piece
    if piece.reserved_for:
        raise PieceTaken
    if piece.place not in {Place.STORE, Place.CONSIGNED}:
        raise PieceNotHere
    piece.reserved_for = key
    piece.save(update_fields=["reserved_for"])
    return piece


@transaction.atomic
def release_piece(*, piece: Piece, key: str = "") -> Piece:
    """Take a promise back; the piece is free again. A free piece stays as it is.

    With `key`, only if it is promised to that line. Raises NotTheirs, or PieceNotHere if the
    piece is sold.
    """
    piece = _locked(piece)
    if not piece.reserved_for:
        return piece
    if key and piece.reserved_for != key:
        raise NotTheirs
    if piece.place == Place.SOLD:
        raise PieceNotHere
    piece.reserved_for = ""
    piece.save(update_fields=["reserved_for"])
    return piece


def _locked(piece: Piece) -> Piece:
    return Piece.objects.select_for_update().get(pk=piece.pk)


def _new_tag() -> str:
    tag = readable_tag()
    while Piece.objects.filter(tag=tag).exists():
        tag = readable_tag()
    return tag


def _note(piece: Piece, before: str, *, actor: User, on: date, why: str) -> None:
    PieceMove.objects.create(
        piece=piece,
        from_place=before,
        to_place=piece.place,
        why=why[: PieceMove.WHY_LENGTH],
        on=on,
        actor=actor,
    )
