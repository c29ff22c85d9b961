"""A piece is brought, looked at, and paid when it is good."""

import pytest

from catalog.models import Piece
from coop.wool.models import Custody, WoolLot
from coop.wool.services import issue_wool
from ledger import queries as books
from ledger.models import JournalEntry
from orders.production import hooks
from orders.production.errors import (
    MoreThanAssigned,
    NotForChecking,
    NotForMending,
    NothingSaid,
    NothingToKnit,
    NotTaken,
    OwnPiece,
    WoolNotIssued,
    WrittenDownAlready,
    WrongWeight,
)
from orders.production.models import Assignment, AssignmentEvent, Inspection, WorkOrder
from orders.production.services import deliver, pass_piece, redeliver, send_to_mend
from tests.factories.ledger import DAY, soles
from tests.factories.production import findings

Place = Piece.Place


def balance(role: str):
    return books.balance(books.account(role))


# Brought ---------------------------------------------------------------------------------------
def test_what_she_brings_waits_for_the_checker(workshop):
    taken = workshop.taken(5)

    pieces = deliver(assignment=taken, quantity=3, actor=workshop.keeper, on=DAY)

    assert [(one.place, one.maker, one.tag) for one in pieces] == [
        (Place.CHECKER, workshop.rosa, None)
    ] * 3
    taken.refresh_from_db()
    assert (taken.delivered, taken.passed) == (3, 0)
    event = taken.events.last()
    assert (event.kind, event.quantity) == (AssignmentEvent.Kind.DELIVERED, 3)
    assert findings() == []


@pytest.mark.parametrize(("quantity", "refusal"), [(6, MoreThanAssigned), (0, NothingToKnit)])
def test_she_brings_what_she_took_on_and_no_more(workshop, quantity, refusal):
    taken = workshop.taken(5)

    with pytest.raises(refusal):
        deliver(assignment=taken, quantity=quantity, actor=workshop.keeper, on=DAY)

    assert not Piece.objects.exists()


def test_what_was_only_offered_is_not_brought(workshop):
    with pytest.raises(NotTaken):
        deliver(assignment=workshop.offered(1), quantity=1, actor=workshop.keeper, on=DAY)

    assert not Piece.objects.exists()


def test_a_delivery_sent_twice_is_written_down_once(workshop):
    taken = workshop.taken(5)
    deliver(assignment=taken, quantity=2, actor=workshop.keeper, on=DAY, brought_before=0)

    with pytest.raises(WrittenDownAlready):
        deliver(assignment=taken, quantity=2, actor=workshop.keeper, on=DAY, brought_before=0)

    assert Piece.objects.count() == 2


# Passed ----------------------------------------------------------------------------------------
def test_a_good_piece_in_the_books(workshop):
    """A llama at 8.00 with 20 g of wool that cost 0.10 a gram: 8.00 for Rosa, 2.00 of wool.

    finished pieces 10.00 / Rosa 8.00, wool with members 2.00.
    """
    (piece,) = workshop.brought(1)

    passed = pass_piece(piece=piece, checker=workshop.checker, on=DAY)

    entry = JournalEntry.objects.get(kind=JournalEntry.Kind.PIECE_PASSED)
    lines = [
        (one.account.role or one.account.member.code, one.side, one.amount)
        for one in entry.postings.order_by("position")
    ]
    assert lines == [
        ("finished_pieces", "debit", soles("10.00")),
        ("T-01", "credit", soles("8.00")),
        ("wool_members", "credit", soles("2.00")),
    ]
    assert (passed.place, passed.cost_minor, passed.passed_on) == (Place.STORE, 1000, DAY)
    assert books.balance(workshop.rosa.account) == soles("8.00")
    assert balance("wool_members") == soles("0.00")
    assert entry.reference == f"piece:{piece.pk}:passed"
    assert workshop.rosa.name not in entry.memo
    assert findings() == []


def test_it_gets_a_tag_that_says_nothing(workshop):
    one, two = (
        pass_piece(piece=piece, checker=workshop.checker, on=DAY) for piece in workshop.brought(2)
    )

    assert one.tag
    assert two.tag
    assert one.tag != two.tag
    assert "T01" not in one.tag.replace("-", "")


def test_what_it_weighs_is_used_when_the_checker_weighs_it(workshop):
    (piece,) = workshop.brought(1)

    pass_piece(piece=piece, checker=workshop.checker, grams=17, on=DAY)

    assert Custody.objects.get(member=workshop.rosa).grams == 3
    assert WoolLot.objects.get().used_g == 17
    assert piece.inspections.get().grams == 17
    assert Piece.objects.get().cost_minor == 970
    assert findings() == []


def test_a_weight_is_shared_among_the_colours_of_the_design(workshop):
    workshop.lot(grams=500, cost="50.00", colour_key="indigo")
    two_coloured = workshop.variant("fox", grams=20, indigo=10)
    (piece,) = workshop.brought(1, variant=two_coloured)

    pass_piece(piece=piece, checker=workshop.checker, grams=28, on=DAY)

    left = {row.lot.colour.key: row.grams for row in Custody.objects.select_related("lot__colour")}
    assert left == {"cochineal": 1, "indigo": 1}


def test_a_design_without_wool_of_ours_costs_its_pay(workshop):
    (piece,) = workshop.brought(
        1, variant=workshop.variant("pompom", rate="1.50", grams=0), with_wool=False
    )

    pass_piece(piece=piece, checker=workshop.checker, on=DAY)

    assert Piece.objects.get().cost_minor == 150
    assert findings() == []


def test_passing_twice_is_passing_and_paying_once(workshop):
    """Invariant 6."""
    (piece,) = workshop.brought(1)
    for _time in range(2):
        passed = pass_piece(piece=piece, checker=workshop.checker, on=DAY)

    assert passed.tag
    assert books.balance(workshop.rosa.account) == soles("8.00")
    assert Inspection.objects.count() == 1
    taken = Assignment.objects.get()
    assert taken.passed == 1


def test_without_wool_it_does_not_pass_and_the_sentence_says_what_is_missing(workshop):
    (piece,) = workshop.brought(1, with_wool=False)
    issue_wool(
        lot=workshop.red,
        member=workshop.rosa,
        grams=15,
        actor=workshop.keeper,
        on=DAY,
        reference="test:some",
    )

    with pytest.raises(WoolNotIssued) as told:
        pass_piece(piece=piece, checker=workshop.checker, on=DAY)

    assert "5 g" in str(told.value)
    piece.refresh_from_db()
    assert (piece.place, piece.tag) == (Place.CHECKER, None)
    assert not Inspection.objects.exists()
    assert books.balance(workshop.rosa.account) == soles("0.00")


@pytest.mark.parametrize("grams", [0, -4])
def test_a_piece_weighs_something(workshop, grams):
    (piece,) = workshop.brought(1)

    with pytest.raises(WrongWeight):
        pass_piece(piece=piece, checker=workshop.checker, grams=grams, on=DAY)

    assert not Inspection.objects.exists()


def test_nobody_checks_her_own_pieces(workshop):
    (piece,) = workshop.brought(1)

    for judge in (pass_piece, send_to_mend):
        note = {"note": "an ear is loose"} if judge is send_to_mend else {}
        with pytest.raises(OwnPiece):
            judge(piece=piece, checker=workshop.rosa.user, on=DAY, **note)

    piece.refresh_from_db()
    assert piece.place == Place.CHECKER


def test_when_all_have_passed_the_work_is_done(workshop):
    pieces = workshop.brought(2)

    pass_piece(piece=pieces[0], checker=workshop.checker, on=DAY)
    assert WorkOrder.objects.get().status == WorkOrder.Status.OPEN
    pass_piece(piece=pieces[1], checker=workshop.checker, on=DAY)

    assert Assignment.objects.get().status == Assignment.Status.DONE
    order = WorkOrder.objects.get()
    assert (order.status, order.passed) == (WorkOrder.Status.DONE, 2)
    assert findings() == []


def test_who_listens_hears_of_a_passed_piece_within_the_transaction(workshop, monkeypatch):
    heard = []
    monkeypatch.setattr(hooks.piece_passed, "listeners", [])
    hooks.piece_passed.register(lambda **facts: heard.append(facts))
    (piece,) = workshop.brought(1)

    pass_piece(piece=piece, checker=workshop.checker, on=DAY)

    (facts,) = heard
    assert facts["piece"].place == Place.STORE
    assert facts["work_order"].reference.startswith("stock:")
    assert (facts["actor"], facts["on"]) == (workshop.checker, DAY)


def test_a_refusal_of_who_listens_undoes_everything(workshop, monkeypatch):
    def refuse(**facts):
        raise WrongWeight

    monkeypatch.setattr(hooks.piece_passed, "listeners", [refuse])
    (piece,) = workshop.brought(1)

    with pytest.raises(WrongWeight):
        pass_piece(piece=piece, checker=workshop.checker, on=DAY)

    piece.refresh_from_db()
    assert piece.place == Place.CHECKER
    assert not JournalEntry.objects.filter(kind=JournalEntry.Kind.PIECE_PASSED).exists()


def test_nobody_listens_twice():
    hook = hooks.Hook("for a test")

    def listener(**facts):
        raise AssertionError

    hook.register(listener)
    hook.register(listener)

    assert hook.listeners == [listener]


# Mended ----------------------------------------------------------------------------------------
def test_a_piece_goes_to_be_mended_and_comes_back(workshop):
    (piece,) = workshop.brought(1)

    send_to_mend(piece=piece, checker=workshop.checker, note=" An ear is loose. ", on=DAY)
    piece.refresh_from_db()
    assert piece.place == Place.MAKER
    redeliver(piece=piece, actor=workshop.keeper, on=DAY)
    piece.refresh_from_db()
    assert piece.place == Place.CHECKER
    pass_piece(piece=piece, checker=workshop.checker, on=DAY)

    assert [(one.outcome, one.note) for one in piece.inspections.all()] == [
        (Inspection.Outcome.MEND, "An ear is loose."),
        (Inspection.Outcome.PASSED, ""),
    ]
    assert books.balance(workshop.rosa.account) == soles("8.00")
    assert findings() == []


def test_she_is_told_what_to_mend(workshop):
    (piece,) = workshop.brought(1)

    with pytest.raises(NothingSaid):
        send_to_mend(piece=piece, checker=workshop.checker, note="  ", on=DAY)

    piece.refresh_from_db()
    assert piece.place == Place.CHECKER


def test_a_piece_being_mended_is_neither_passed_nor_judged_again(workshop):
    (piece,) = workshop.brought(1)
    for _time in range(2):
        send_to_mend(piece=piece, checker=workshop.checker, note="An ear.", on=DAY)

    with pytest.raises(NotForChecking):
        pass_piece(piece=piece, checker=workshop.checker, on=DAY)

    assert piece.inspections.count() == 1


def test_only_what_is_being_mended_comes_back(workshop):
    (piece,) = workshop.brought(1)
    pass_piece(piece=piece, checker=workshop.checker, on=DAY)

    with pytest.raises(NotForMending):
        redeliver(piece=piece, actor=workshop.keeper, on=DAY)

    piece.refresh_from_db()
    assert piece.place == Place.STORE


def test_bringing_it_back_twice_is_once(workshop):
    (piece,) = workshop.brought(1)
    send_to_mend(piece=piece, checker=workshop.checker, note="An ear.", on=DAY)
    for _time in range(2):
        redeliver(piece=piece, actor=workshop.keeper, on=DAY)

    assert piece.moves.count() == 3
