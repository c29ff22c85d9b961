"""What must always hold of pieces. Invariant 5."""

from collections.abc import Iterator
from itertools import groupby

from django.db.models import F, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from catalog.models import Piece, PieceMove
from coop.kit.audit import finding, invariant, word


@invariant(5, _("A piece is in exactly one place: the one where its last move took it"))
def pieces_are_where_they_went() -> Iterator[str]:
    """Every piece whose place is not the end of its last move."""
    moves = PieceMove.objects.filter(piece=OuterRef("pk")).order_by("-pk")
    pieces = Piece.objects.annotate(last_place=Subquery(moves.values("to_place")[:1]))
    for piece in pieces.filter(last_place=None).iterator():
        yield finding(
            "piece {key} ({piece}) is “{place}”, but no move brought it there",
            key=piece.pk,
            piece=piece,
            place=word(Piece.Place, piece.place),
        )
    for piece in pieces.exclude(last_place=F("place")).exclude(last_place=None).iterator():
        yield finding(
            "piece {key} ({piece}) is “{place}”, and its last move went to “{last_place}”",
            key=piece.pk,
            piece=piece,
            place=word(Piece.Place, piece.place),
            last_place=word(Piece.Place, piece.last_place),
        )


@invariant(5, _("Every move of a piece begins where the one before ended"))
def moves_follow_each_other() -> Iterator[str]:
    """Every move that begins elsewhere."""
    rows = PieceMove.objects.order_by("piece_id", "pk").values_list(
        "piece_id", "pk", "from_place", "to_place"
    )
    for piece_id, moves in groupby(rows.iterator(), key=lambda row: row[0]):
        here = ""
        for _piece, pk, from_place, to_place in moves:
            if from_place != here:
                yield finding(
                    "move {key} of piece {piece_id} begins in “{from_place}”, and it was in “{here}”",
                    key=pk,
                    piece_id=piece_id,
                    from_place=word(Piece.Place, from_place) if from_place else "–",
                    here=word(Piece.Place, here) if here else "–",
                )
            here = to_place


@invariant(5, _("Reserved and sold pieces never exceed what exists"))
def no_piece_is_promised_before_it_exists() -> Iterator[str]:
    """Every piece promised or sold that never passed, or is lost."""
    passed = (Piece.Place.STORE, Piece.Place.CONSIGNED, Piece.Place.SOLD)
    promised = Piece.objects.exclude(reserved_for="")
    for piece in promised.exclude(place__in=passed).iterator():
        yield finding(
            "piece {key} is promised to {reserved_for}, but is “{place}”",
            key=piece.pk,
            reserved_for=piece.reserved_for,
            place=word(Piece.Place, piece.place),
        )
    for piece in Piece.objects.filter(place=Piece.Place.SOLD, reserved_for="").iterator():
        yield finding(
            "piece {key} ({piece}) is sold, but to no order line", key=piece.pk, piece=piece
        )
    for piece in promised.filter(passed_on=None).iterator():
        yield finding(
            "piece {key} is promised to {reserved_for}, but never passed",
            key=piece.pk,
            reserved_for=piece.reserved_for,
        )
