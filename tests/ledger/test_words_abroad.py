"""What happened in several currencies is told as people saw it."""

import pytest
from django.utils import translation
from djmoney.money import Money

from ledger import queries
from ledger.models import JournalEntry
from ledger.services import becomes_expense, becomes_income, credit, crossing, debit, reverse_entry
from tests.factories.ledger import DAY, Books, soles

pytestmark = pytest.mark.django_db
Kind = JournalEntry.Kind
of = queries.account
EUROS, DOLLARS = Money("40", "EUR"), Money("43.20", "USD")


@pytest.fixture
def abroad(books: Books) -> Books:
    """A dollar is S/ 3.75, a euro S/ 4.10."""
    books.rate("USD", "3.75")
    books.rate("EUR", "4.10")
    return books


def told(entry: JournalEntry) -> str:
    with translation.override("en"):
        return queries.describe(queries.entries().get(pk=entry.pk)).replace("\u00a0", " ")


def amount(entry: JournalEntry) -> Money:
    return queries.total_of(queries.entries().get(pk=entry.pk))


def paid(books: Books) -> JournalEntry:
    return books.write(
        Kind.DEPOSIT_RECEIVED,
        debit(of("stripe", "USD"), DOLLARS),
        credit(of("customer_deposits", "EUR"), EUROS),
        *crossing(gives=EUROS, takes=DOLLARS, day=DAY),
    )


def test_what_a_customer_paid_is_told_in_her_currency(abroad: Books):
    entry = paid(abroad)
    assert told(entry) == "A customer paid € 40.00 in advance."
    assert amount(entry) == DOLLARS


def test_what_was_undone_is_told_as_it_was(abroad: Books):
    entry = paid(abroad)
    undone = reverse_entry(entry=entry, reason="x", day=DAY, actor=abroad.treasurer)
    assert told(undone) == "Undone: A customer paid € 40.00 in advance."
    assert amount(undone) == amount(entry)


def test_a_sale_is_told_in_the_books_currency(abroad: Books):
    worth, lines = becomes_income(amount=EUROS, day=DAY)
    entry = abroad.write(
        Kind.SALE, debit(of("customer_deposits", "EUR"), EUROS), credit(of("sales"), worth), *lines
    )
    assert told(entry) == "Knitting was sold and sent: S/ 164.00."
    assert amount(entry) == soles("164")


def test_a_refund_is_told_without_its_difference(abroad: Books):
    back = Money("43", "USD")
    entry = abroad.write(
        Kind.REFUND,
        debit(of("customer_deposits", "EUR"), EUROS),
        credit(of("stripe", "USD"), back),
        *crossing(gives=back, takes=EUROS, day=DAY),
    )
    assert told(entry) == "A customer got € 40.00 back."
    assert amount(entry) == EUROS


def test_a_refund_that_failed_is_told(abroad: Books):
    entry = abroad.write(
        Kind.REFUND,
        debit(of("stripe", "USD"), DOLLARS),
        credit(of("customer_deposits", "EUR"), EUROS),
        *crossing(gives=EUROS, takes=DOLLARS, day=DAY),
    )
    assert told(entry) == "A refund did not reach the customer: € 40.00 came back."


def test_a_fee_is_told_as_it_costs_us_and_when_it_comes_back(abroad: Books):
    fee = Money("2", "USD")
    cost, lines = becomes_expense(amount=fee, day=DAY)
    entry = abroad.write(
        Kind.FEE, debit(of("payment_fees"), cost), credit(of("stripe", "USD"), fee), *lines
    )
    assert told(entry) == "A payment provider kept a fee of S/ 7.50."
    worth, lines = becomes_income(amount=fee, day=DAY)
    entry = abroad.write(
        Kind.FEE, debit(of("stripe", "USD"), fee), credit(of("payment_fees"), worth), *lines
    )
    assert told(entry) == "A payment provider gave back a fee of S/ 7.50."


def test_a_payout_is_told_as_it_arrived(abroad: Books):
    arrived = soles("160")
    entry = abroad.write(
        Kind.PAYOUT,
        debit(of("bank"), arrived),
        credit(of("stripe", "USD"), DOLLARS),
        *crossing(gives=DOLLARS, takes=arrived, day=DAY),
    )
    assert told(entry) == "A payment provider paid out S/ 160.00 to us."
    assert amount(entry) == arrived


def test_what_goes_through_the_partner_is_told(abroad: Books):
    entry = abroad.write(
        Kind.PAYOUT, debit(of("partner", "USD"), DOLLARS), credit(of("stripe", "USD"), DOLLARS)
    )
    assert told(entry) == (
        "A payment provider paid out US$ 43.20 to our partner, who keeps it for us."
    )
    entry = abroad.write(
        Kind.TRANSFER, debit(of("bank", "USD"), DOLLARS), credit(of("partner", "USD"), DOLLARS)
    )
    assert told(entry) == "Our partner forwarded US$ 43.20 to us."


@pytest.mark.parametrize("place", ["bank", "partner"])
def test_a_payout_that_came_back_is_told(abroad: Books, place: str):
    entry = abroad.write(
        Kind.TRANSFER, debit(of("stripe", "USD"), DOLLARS), credit(of(place, "USD"), DOLLARS)
    )
    assert told(entry) == "A payout came back: the payment provider holds US$ 43.20 again."


def test_an_exchange_is_told_with_both_amounts(abroad: Books):
    got = soles("161")
    entry = abroad.write(
        Kind.EXCHANGE,
        debit(of("bank"), got),
        credit(of("partner", "USD"), DOLLARS),
        *crossing(gives=DOLLARS, takes=got, day=DAY),
    )
    assert told(entry) == "US$ 43.20 became S/ 161.00 in exchange."


def test_a_dispute_is_told_as_it_goes(abroad: Books):
    dollars, disputed = of("stripe", "USD"), of("disputed", "USD")
    opened = abroad.write(Kind.DISPUTE, debit(disputed, DOLLARS), credit(dollars, DOLLARS))
    won = abroad.write(Kind.DISPUTE, debit(dollars, DOLLARS), credit(disputed, DOLLARS))
    worth, lines = becomes_expense(amount=DOLLARS, day=DAY)
    lost = abroad.write(
        Kind.DISPUTE, debit(of("sales_returned"), worth), credit(disputed, DOLLARS), *lines
    )
    assert [told(one) for one in (opened, won, lost)] == [
        "A customer disputes US$ 43.20.",
        "A dispute was decided for us: US$ 43.20 came back.",
        "A dispute was decided against us: US$ 43.20 is lost.",
    ]


def test_an_entry_of_exchange_alone_is_told_too(abroad: Books):
    entry = abroad.write(
        Kind.EXCHANGE, debit(of("exchange"), soles("3")), credit(of("exchange_gain"), soles("3"))
    )
    assert told(entry) == "S/ 3.00 was exchanged into another currency."
