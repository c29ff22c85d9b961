"""The audit names a rate that was altered, and an entry that crosses at another rate."""

from datetime import timedelta
from decimal import Decimal

import pytest
from djmoney.money import Money

from ledger import queries
from ledger.models import JournalEntry
from ledger.services import (
    Line,
    becomes_income,
    credit,
    crossing,
    debit,
    open_currency,
    record_rate,
    reverse_entry,
)
from tests.factories.ledger import DAY, Books, soles
from tests.ledger.behind import rules_off, rules_on_again, run
from tests.ledger.test_audit import findings

pytestmark = pytest.mark.django_db
Kind = JournalEntry.Kind
of = queries.account
EUROS, DOLLARS = Money("40", "EUR"), Money("43.20", "USD")


def pay(books: Books) -> JournalEntry:
    return books.write(
        Kind.DEPOSIT_RECEIVED,
        debit(of("stripe", "USD"), DOLLARS),
        credit(of("customer_deposits", "EUR"), EUROS),
        *crossing(gives=EUROS, takes=DOLLARS, day=DAY),
    )


@pytest.fixture
def abroad(books: Books) -> Books:
    """Euros came as dollars, were sold, undone; both rates were corrected before and after."""
    books.rate("USD", "3.57")
    books.rate("USD", "3.75")
    books.rate("EUR", "4.10")
    entry = pay(books)
    pay(books)
    worth, lines = becomes_income(amount=EUROS, day=DAY)
    books.write(
        Kind.SALE, debit(of("customer_deposits", "EUR"), EUROS), credit(of("sales"), worth), *lines
    )
    books.rate("EUR", "4.21")
    books.rate("USD", "3.90", DAY + timedelta(days=1))
    pay(books)
    reverse_entry(entry=entry, reason="x", day=DAY + timedelta(days=1), actor=books.treasurer)
    return books


def test_sound_crossings_have_no_findings(abroad: Books):
    assert findings() == []


def test_what_passes_one_exchange_account_alone_waits_for_its_other_half(abroad: Books):
    """The treasurer sells dollars at the bank: two sign the way out, then the soles come in."""
    abroad.write(
        Kind.HAND, debit(of("exchange", "USD"), DOLLARS), credit(of("receivable", "USD"), DOLLARS)
    )
    abroad.write(Kind.HAND, debit(of("bank"), soles("160")), credit(of("exchange"), soles("160")))
    assert findings() == []


def crossed(books: Books, *exchange: Line) -> None:
    books.write(
        Kind.DEPOSIT_RECEIVED,
        debit(of("bank"), soles("150")),
        credit(of("customer_deposits", "USD"), Money("40", "USD")),
        *exchange,
    )


def test_a_crossing_at_another_rate_is_named(abroad: Books):
    """US$ 40 are worth S/ 150 on the day; a difference of one céntimo is one too many."""
    dollars = debit(of("exchange", "USD"), Money("40", "USD"))
    crossed(abroad, dollars, credit(of("exchange"), soles("150")))
    assert findings() == []
    gain = credit(of("exchange_gain"), soles("0.01"))
    crossed(abroad, dollars, credit(of("exchange"), soles("149.99")), gain)
    assert len(findings()) == 1
    assert "at another rate" in findings()[0]


def test_a_crossing_without_a_rate_is_named(abroad: Books):
    open_currency(currency="GBP")
    pounds = Money("1", "GBP")
    abroad.write(
        Kind.SALE,
        debit(of("customer_deposits", "GBP"), pounds),
        credit(of("sales"), soles("4.80")),
        credit(of("exchange", "GBP"), pounds),
        debit(of("exchange"), soles("4.80")),
    )
    assert ["of which no rate was known" in one for one in findings()] == [True]
    # A rate that comes later was not known then.
    record_rate(currency="GBP", day=DAY, rate=Decimal("4.80"), actor=abroad.treasurer)
    assert len(findings()) == 1


ALTERED = [
    ("UPDATE ledger_exchangerate SET rate_e8 = 380000000 WHERE rate_e8 = 375000000", "another rate"),
    ("UPDATE ledger_exchangerate SET version = 5 WHERE rate_e8 = 421000000", "word 5 where 2"),
    ("UPDATE ledger_exchangerate SET currency = 'PEN' WHERE rate_e8 = 390000000", "cannot be"),
    ("UPDATE ledger_exchangerate SET at = '2020-01-01 00:00:00+00:00' WHERE rate_e8 = 375000000",
     "before the word that it corrects"),
    ("UPDATE ledger_exchangerate SET day = '2026-03-09' WHERE rate_e8 = 375000000", "word 2 where 1"),
    ("DELETE FROM ledger_exchangerate WHERE rate_e8 = 357000000", "word 2 where 1"),
    ("DELETE FROM ledger_exchangerate WHERE currency = 'EUR'", "no rate was known"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "named"), ALTERED)
def test_an_altered_or_erased_rate_is_named(abroad: Books, change: str, named: str):
    with rules_off():
        assert run(change) > 0
        rules_on_again()
        found = findings()
    assert any(named in one for one in found), found
    assert findings() == []


def test_a_difference_without_an_exchange_is_named(abroad: Books):
    with rules_off():
        run("UPDATE ledger_account SET role = '' WHERE role = 'exchange'")
        rules_on_again()
        found = findings()
    assert any("exchanges nothing" in one for one in found), found
