"""The audit names every row that breaks a rule of production."""

import pytest

from catalog.models import Piece
from coop.quotas.models import Capacity
from ledger import queries as books
from ledger.models import JournalEntry
from ledger.services import credit, debit, post_entry
from orders.production import audit
from orders.production.models import Assignment, WorkOrder
from orders.production.services import pass_piece
from tests.factories.ledger import DAY, soles
from tests.factories.production import findings
from tests.factories.quotas import MONTH

pytestmark = pytest.mark.django_db


def test_a_house_in_order_has_no_findings(workshop):
    workshop.offered(2)
    workshop.taken(2)
    pieces = workshop.brought(2)
    pass_piece(piece=pieces[0], checker=workshop.checker, on=DAY)

    assert findings() == []


def test_hours_that_no_assignment_explains(workshop):
    workshop.offered(1)
    Capacity.objects.filter(member=workshop.rosa, month=MONTH).update(promised_minutes=91)

    assert list(audit.promised_hours()) == [
        "T-01 2026-03: 91 minutes promised, 90 in her work, 2400 offered"
    ]


def test_work_in_a_month_for_which_she_offers_nothing(workshop):
    offer = workshop.offered(1)
    Capacity.objects.filter(member=workshop.rosa).delete()

    assert list(audit.promised_hours()) == [
        f"assignment {offer.pk}: T-01 offers no hours that month"
    ]


def test_a_work_order_that_miscounts(workshop):
    order = workshop.offered(2).work_order
    WorkOrder.objects.filter(pk=order.pk).update(assigned=1)

    assert list(audit.orders_agree_with_assignments()) == [
        f"work order {order.pk}: 1 assigned and 0 passed; the work given out says 2 and 0"
    ]


def test_an_assignment_that_miscounts(workshop):
    workshop.brought(1)
    pk = Assignment.objects.get().pk
    Assignment.objects.update(delivered=0)

    assert list(audit.assignments_agree_with_pieces()) == [
        f"assignment {pk}: 0 brought and 0 passed; the pieces say 1 and 0"
    ]


def test_pay_that_no_piece_explains(workshop):
    post_entry(
        day=DAY,
        kind=JournalEntry.Kind.PIECE_PASSED,
        memo="",
        lines=[
            debit(books.account("finished_pieces"), soles("8.00")),
            credit(workshop.rosa.account, soles("8.00")),
        ],
        reference="piece:999:passed",
        created_by=workshop.checker,
    )

    assert list(audit.member_postings_lead_to_events()) == [
        "entry piece:999:passed: no piece of T-01 passed at S/\u00a08.00"
    ]


def test_a_piece_whose_cost_is_not_in_the_books(workshop):
    (piece,) = workshop.brought(1)
    passed = pass_piece(piece=piece, checker=workshop.checker, on=DAY)
    Piece.objects.update(cost_minor=1)

    assert list(audit.passed_pieces_are_paid()) == [
        f"piece {passed.tag}: costs S/\u00a00.01, and the books say S/\u00a010.00"
    ]


def test_the_checks_stay_few_queries_for_many_rows(workshop, django_assert_max_num_queries):
    checks = (
        audit.promised_hours,
        audit.orders_agree_with_assignments,
        audit.assignments_agree_with_pieces,
        audit.member_postings_lead_to_events,
        audit.passed_pieces_are_paid,
        audit.honorary_members_have_no_work,
    )
    for piece in workshop.brought(3):
        pass_piece(piece=piece, checker=workshop.checker, on=DAY)

    with django_assert_max_num_queries(12):
        for check in checks:
            assert list(check()) == []
