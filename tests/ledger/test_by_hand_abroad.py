"""The treasurer's plain words for money in another currency: at the day's rate, both sides shown."""

from uuid import uuid4

import pytest
from django.test import Client
from djmoney.money import Money

from coop.kit.audit import findings
from coop.kit.money import format_money
from ledger import queries
from ledger.models import JournalEntry
from ledger.services import credit, debit
from tests.factories.ledger import Books, soles
from tests.ledger.test_office import at, sign_in

pytestmark = pytest.mark.django_db
Kind = JournalEntry.Kind
of = queries.account


def dollars(amount: str) -> Money:
    return Money(amount, "USD")


@pytest.fixture
def treasurer(books: Books) -> Client:
    """US$ 200 of a customer's are in the bank already; a dollar costs S/ 3.75."""
    books.rate("USD", "3.75")
    books.write(
        Kind.DEPOSIT_RECEIVED,
        debit(of("bank", "USD"), dollars("200")),
        credit(of("customer_deposits", "USD"), dollars("200")),
    )
    books.treasurer.language = "en"
    books.treasurer.save()
    return sign_in(books.treasurer)


def values(place: str, **changes: object) -> dict[str, object]:
    return {
        "form_key": str(uuid4()),
        "do": "write",
        "amount": "40,00",
        "place": of(place, "USD").pk,
        "on": "2026-03-12",
        "words": "Hotel Balsa Dorada",
    } | changes


def sides(entry: JournalEntry) -> set[tuple[str, str, str]]:
    rows = entry.postings.select_related("account")
    return {(one.side, one.account.role, format_money(one.amount)) for one in rows}


def test_a_hotel_that_owed_dollars_pays_them(treasurer: Client, books: Books):
    books.write(
        Kind.SALE,
        debit(of("receivable", "USD"), dollars("40")),
        credit(of("exchange", "USD"), dollars("40")),
        debit(of("exchange"), soles("150")),
        credit(of("sales"), soles("150")),
    )
    treasurer.post(at("template", "hotel_paid"), values("bank"))

    entry = JournalEntry.objects.get(kind=Kind.RECEIVABLE_SETTLED)
    assert sides(entry) == {
        ("debit", "bank", "US$\u00a040.00"),
        ("credit", "receivable", "US$\u00a040.00"),
    }
    assert queries.balance(of("receivable", "USD")).amount == 0


def test_a_hotel_that_owed_soles_pays_dollars_at_the_days_rate(treasurer: Client):
    shown = treasurer.post(at("template", "hotel_paid"), values("bank", do="look")).content.decode()
    assert "US$\u00a040.00" in shown
    assert "S/\u00a0150.00" in shown
    assert not JournalEntry.objects.filter(kind=Kind.RECEIVABLE_SETTLED).exists()

    treasurer.post(at("template", "hotel_paid"), values("bank"))

    entry = JournalEntry.objects.get(kind=Kind.RECEIVABLE_SETTLED)
    assert sides(entry) == {
        ("debit", "bank", "US$\u00a040.00"),
        ("credit", "exchange", "US$\u00a040.00"),
        ("debit", "exchange", "S/\u00a0150.00"),
        ("credit", "receivable", "S/\u00a0150.00"),
    }
    assert findings() == []


def test_a_gift_of_dollars_is_income_in_soles(treasurer: Client):
    treasurer.post(at("template", "gift_came"), values("bank"))
    assert queries.balance(of("donations")) == soles("150")
    assert queries.balance(of("bank", "USD")) == dollars("240")


def test_what_the_bank_charged_in_dollars_is_its_charge_in_dollars(treasurer: Client):
    treasurer.post(at("template", "bank_charged"), values("bank", amount="2.00"))
    assert queries.balance(of("bank_charges", "USD")) == dollars("2")


def test_money_of_one_currency_moves_within_it(treasurer: Client):
    treasurer.post(at("template", "bank_to_cash"), values("bank", to=of("cash", "USD").pk))
    assert queries.balance(of("cash", "USD")) == dollars("40")


def test_another_currency_is_moved_elsewhere(treasurer: Client):
    page = treasurer.post(at("template", "bank_to_cash"), values("bank", to=of("cash").pk))
    assert "Move money" in page.content.decode()
    assert not JournalEntry.objects.filter(kind=Kind.TRANSFER).exists()


def test_without_a_rate_it_is_refused_beside_its_day(treasurer: Client):
    page = treasurer.post(at("template", "gift_came"), values("bank", on="2026-01-02"))
    assert page.status_code == 200
    assert list(page.context["form"].errors) == ["on"]
    assert queries.balance(of("donations")) == soles("0")


def test_what_two_sign_stays_in_our_own_currency(treasurer: Client):
    form = treasurer.get(at("template", "paid_transport")).context["form"]
    assert {one.currency for one in form.fields["place"].queryset} == {"PEN"}
