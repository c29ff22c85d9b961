"""An advance is signed, accounted for by receipts, and its rest comes back; late ones are seen.

Source: issue 5, "Money out, money in hand"; accounting, "advance … / receipts / rest back".
"""

from datetime import date, timedelta

import pytest

from coop.kit import audit
from ledger import queries
from ledger.cash.errors import (
    AdvanceDueTooEarly,
    AdvanceNotOut,
    MoreThanAdvanced,
    NotAnExpense,
)
from ledger.cash.models import Advance, AdvancePart
from ledger.cash.services import add_receipt, ask_advance, bring_back
from ledger.errors import NotMoney, NotPositive, PayeeSigns
from ledger.models import Payment
from ledger.services import pay_payment, sign_payment
from tests.factories.ledger import DAY, Books, soles
from tests.ledger.raw import in_vain, refuse
from tests.ledger.test_posting import refused

pytestmark = pytest.mark.django_db


def ask(books: Books, **changes) -> Advance:
    values = {
        "person": books.rosa,
        "amount": soles("50"),
        "purpose": "Fair in Puno",
        "due_on": DAY + timedelta(days=7),
        "from_account": books.account("cash"),
        "actor": books.treasurer,
        "on": DAY,
        "reference": "advance",
    }
    return ask_advance(**(values | changes))


@pytest.fixture
def out(new_books: Books) -> Advance:
    """S/ 50 of the S/ 100 in the box are with Rosa."""
    new_books.put_in_cash("100")
    advance = ask(new_books)
    pay_payment(payment=new_books.sign_twice(advance.payment), actor=new_books.treasurer, on=DAY)
    return Advance.objects.select_related("payment").get(pk=advance.pk)


def receipt(books: Books, advance: Advance, amount: str, **changes) -> AdvancePart:
    values = {
        "account": books.account("transport"),
        "what": "Bus",
        "actor": books.treasurer,
        "on": DAY,
        "reference": books.next_reference(),
    }
    return add_receipt(advance=advance, amount=soles(amount), **(values | changes))


def test_receipts_and_the_rest_settle_an_advance(new_books: Books, out: Advance):
    assert queries.balance(new_books.account("trip_advances")) == soles("50")
    receipt(new_books, out, "30")
    bring_back(
        advance=out,
        amount=soles("20"),
        to_account=new_books.account("cash"),
        actor=new_books.treasurer,
        on=DAY,
        reference="rest",
    )
    assert queries.balance(new_books.account("trip_advances")) == soles("0")
    assert queries.balance(new_books.account("transport")) == soles("30")
    assert queries.balance(new_books.account("cash")) == soles("70")
    assert not out.is_out
    with refused(AdvanceNotOut):
        receipt(new_books, out, "1")
    assert audit.findings() == []


def test_who_takes_it_along_does_not_sign_for_it(new_books: Books):
    new_books.put_in_cash("100")
    advance = ask(new_books, person=new_books.president)
    with refused(PayeeSigns):
        sign_payment(payment=advance.payment, signer=new_books.president, on=DAY)


def test_no_more_than_she_took_along_is_accounted_for(new_books: Books, out: Advance):
    receipt(new_books, out, "30")
    with refused(MoreThanAdvanced):
        receipt(new_books, out, "21")
    with refused(NotPositive):
        receipt(new_books, out, "-1")
    with refused(NotAnExpense):
        receipt(new_books, out, "1", account=new_books.account("cash"))
    with refused(NotMoney):
        bring_back(
            advance=out,
            amount=soles("1"),
            to_account=new_books.account("rent"),
            actor=new_books.treasurer,
            on=DAY,
            reference="wrong",
        )
    assert out.outstanding == soles("20")


def test_a_receipt_sent_twice_is_one(new_books: Books, out: Advance):
    first = receipt(new_books, out, "30", reference="same")
    assert receipt(new_books, out, "30", reference="same") == first
    assert out.outstanding == soles("20")


def test_nothing_is_accounted_for_before_the_money_is_out(new_books: Books):
    advance = ask(new_books)
    with refused(AdvanceNotOut):
        receipt(new_books, advance, "1")
    with refused(AdvanceDueTooEarly):
        ask(new_books, due_on=DAY - timedelta(days=1), reference="other")
    assert ask(new_books) == advance


def test_an_advance_is_late_after_its_day(new_books: Books, out: Advance):
    on_its_day, after = out.due_on, out.due_on + timedelta(days=1)
    assert list(Advance.objects.overdue(on_its_day)) == []
    assert list(Advance.objects.overdue(after)) == [out]
    receipt(new_books, out, "50")
    assert list(Advance.objects.overdue(date(2030, 1, 1))) == []


def test_the_database_keeps_advances(new_books: Books, out: Advance):
    part = receipt(new_books, out, "30")
    refuse("UPDATE cash_advance SET due_on = '2030-01-01'")
    refuse("UPDATE cash_advancepart SET minor = 1")
    refuse("DELETE FROM cash_advancepart")
    rent = new_books.request("5", to_account=new_books.account("rent"), kind="expense_paid")
    with in_vain():
        Advance.objects.create(payment=Payment.objects.get(pk=rent.pk), due_on=DAY)
    other = new_books.earned("5")
    with in_vain():
        AdvancePart.objects.create(
            advance=out, entry=other, minor=500, written_by=new_books.treasurer
        )
    assert out.parts.get() == part
