"""A piece is in exactly one place, promised to at most one line, and its way is written down."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from catalog import audit
from catalog.errors import CannotMove, NotTheirs, PieceNotHere, PieceTaken
from catalog.models import Piece, PieceMove
from catalog.services import (
    move_piece,
    publish_piece_tag,
    register_piece,
    release_piece,
    reserve_piece,
)
from coop.kit.money import from_minor
from coop.kit.tokens import READABLE
from tests.factories import catalog as make

Place = Piece.Place
CHECKS = (
    audit.pieces_are_where_they_went,
    audit.moves_follow_each_other,
    audit.no_piece_is_promised_before_it_exists,
)
pytestmark = pytest.mark.django_db


def findings() -> list[str]:
    return [sentence for check in CHECKS for sentence in check()]


def way(piece: Piece) -> list[tuple[str, str]]:
    return [(move.from_place, move.to_place) for move in piece.moves.all()]


def test_a_delivered_piece_waits_for_the_checker_without_a_tag():
    piece = register_piece(
        variant=make.variant(),
        maker=make.knitter(),
        assignment_ref="assignment:7",
        actor=make.keeper(),
    )

    assert (piece.place, piece.tag, piece.cost_minor) == (Place.CHECKER, None, 0)
    assert piece.source == "assignment:7"
    assert way(piece) == [("", "checker")]
    assert findings() == []


def test_a_passed_piece_gets_its_tag_and_lies_in_the_store():
    piece = publish_piece_tag(
        piece=make.waiting_piece(), cost=from_minor(5210), actor=make.keeper()
    )

    assert (piece.place, piece.cost_minor) == (Place.STORE, 5210)
    assert len(piece.tag) == 8
    assert set(piece.tag) <= set(READABLE)
    assert piece.passed_on == timezone.localdate()
    assert way(piece) == [("", "checker"), ("checker", "store")]
    assert findings() == []


def test_a_tag_that_is_taken_is_not_given_again(monkeypatch):
    first = make.piece()
    tags = iter([first.tag, first.tag, "FRESHTAG"])
    monkeypatch.setattr("catalog.services.pieces.readable_tag", lambda: next(tags))

    assert make.piece().tag == "FRESHTAG"


def test_a_piece_passes_once():
    piece = make.piece()

    with pytest.raises(CannotMove):
        publish_piece_tag(piece=piece, cost=from_minor(1), actor=make.keeper())

    kept = Piece.objects.get()
    assert (kept.tag, kept.cost_minor) == (piece.tag, 4500)
    assert kept.moves.count() == 2


def test_a_piece_to_mend_goes_to_its_maker_and_back():
    piece = make.waiting_piece()

    move_piece(piece=piece, to=Place.MAKER, actor=make.keeper(), why="mend")
    piece = move_piece(piece=piece, to=Place.CHECKER, actor=make.keeper(), why="mended")

    assert way(piece) == [("", "checker"), ("checker", "maker"), ("maker", "checker")]
    assert findings() == []


@pytest.mark.parametrize("to", [Place.STORE, Place.SOLD, Place.LOST, Place.CONSIGNED])
def test_a_piece_that_did_not_pass_goes_nowhere_but_back(to):
    piece = make.waiting_piece()

    with pytest.raises(CannotMove):
        move_piece(piece=piece, to=to, actor=make.keeper())

    piece.refresh_from_db()
    assert piece.place == Place.CHECKER
    assert piece.moves.count() == 1


def test_only_a_promised_piece_is_sold():
    piece = make.piece()

    with pytest.raises(PieceNotHere):
        move_piece(piece=piece, to=Place.SOLD, actor=make.keeper())

    piece.refresh_from_db()
    assert piece.place == Place.STORE
    sold = move_piece(
        piece=reserve_piece(piece=piece, key="line:3"), to=Place.SOLD, actor=make.keeper()
    )
    assert (sold.place, sold.reserved_for) == (Place.SOLD, "line:3")
    assert findings() == []


def test_a_promised_piece_is_not_lost_without_a_word():
    piece = make.promised_piece()

    with pytest.raises(PieceTaken):
        move_piece(piece=piece, to=Place.LOST, actor=make.keeper())

    piece.refresh_from_db()
    assert piece.place == Place.STORE


def test_a_piece_is_promised_to_one_line_only():
    piece = make.promised_piece("line:1")

    with pytest.raises(PieceTaken):
        reserve_piece(piece=piece, key="line:2")

    piece.refresh_from_db()
    assert piece.reserved_for == "line:1"


def test_promising_twice_to_the_same_line_is_once():
    piece = make.promised_piece("line:1")

    assert reserve_piece(piece=piece, key="line:1").reserved_for == "line:1"


def test_a_piece_that_waits_for_the_checker_is_promised_to_nobody():
    piece = make.waiting_piece()

    with pytest.raises(PieceNotHere):
        reserve_piece(piece=piece, key="line:1")

    piece.refresh_from_db()
    assert piece.reserved_for == ""


def test_a_released_piece_is_free_again():
    piece = make.promised_piece("line:1")

    release_piece(piece=piece, key="line:1")

    assert list(Piece.objects.free()) == [piece]
    assert release_piece(piece=piece).reserved_for == ""


def test_another_line_does_not_release_it():
    piece = make.promised_piece("line:1")

    with pytest.raises(NotTheirs):
        release_piece(piece=piece, key="line:2")

    piece.refresh_from_db()
    assert piece.reserved_for == "line:1"


def test_a_sold_piece_is_not_released():
    piece = make.promised_piece()
    move_piece(piece=piece, to=Place.SOLD, actor=make.keeper())

    with pytest.raises(PieceNotHere):
        release_piece(piece=piece)

    piece.refresh_from_db()
    assert piece.reserved_for == "line:1"


# The database itself -----------------------------------------------------------------------
@pytest.mark.parametrize(
    "change",
    [
        {"place": "sold"},
        {"place": "checker"},
        {"tag": None},
        {"tag": "OTHERTAG"},
        {"place": "lost", "reserved_for": "line:9"},
    ],
)
def test_the_database_refuses_a_piece_in_two_minds(change):
    piece = make.piece()

    with pytest.raises(IntegrityError), transaction.atomic():
        Piece.objects.filter(pk=piece.pk).update(**change)

    kept = Piece.objects.get()
    assert (kept.place, kept.tag) == (Place.STORE, piece.tag)


def test_the_database_keeps_the_maker_of_a_piece():
    piece, other = make.piece(), make.member("T-02")

    with pytest.raises(IntegrityError), transaction.atomic():
        Piece.objects.filter(pk=piece.pk).update(maker=other)

    assert Piece.objects.get().maker == make.knitter()


def test_moves_are_never_changed_or_deleted():
    piece = make.piece()

    with pytest.raises(IntegrityError), transaction.atomic():
        PieceMove.objects.filter(piece=piece).update(why="other")
    with pytest.raises(IntegrityError), transaction.atomic():
        PieceMove.objects.filter(piece=piece)._raw_delete("default")
    with pytest.raises(IntegrityError), transaction.atomic():
        Piece.objects.filter(pk=piece.pk)._raw_delete("default")

    assert piece.moves.count() == 2


# The audit ---------------------------------------------------------------------------------
def test_the_audit_names_a_piece_that_moved_without_a_trace():
    piece = make.promised_piece()
    Piece.objects.filter(pk=piece.pk).update(place=Place.CONSIGNED)

    [sentence] = findings()

    assert f"piece {piece.pk} ({piece.tag})" in sentence
    assert "its last move went to “in the store”" in sentence


def test_the_audit_names_a_piece_without_any_move():
    piece = Piece.objects.create(
        variant=make.variant(),
        maker=make.knitter(),
        source="assignment:1",
        delivered_on=timezone.localdate(),
    )

    [sentence] = findings()

    assert f"piece {piece.pk}" in sentence
    assert "no move brought it there" in sentence


def test_the_audit_names_a_move_that_begins_elsewhere():
    piece = make.waiting_piece()
    PieceMove.objects.create(
        piece=piece,
        from_place="store",
        to_place="checker",
        on=timezone.localdate(),
        actor=make.keeper(),
    )

    [sentence] = findings()

    assert (
        f"of piece {piece.pk} begins in “in the store”, and it was in “to be checked”" in sentence
    )
