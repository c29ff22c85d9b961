"""Several who write rates and move money abroad at once."""

from decimal import Decimal

from djmoney.money import Money

from coop.kit import audit
from ledger import queries
from ledger.models import Account, ExchangeRate, JournalEntry
from ledger.services import credit, debit, move_money, record_rate
from tests.factories.ledger import DAY, Books, soles
from tests.harness.fixtures import at_the_same_time


def test_rates_written_at_once_are_words_one_after_the_other(fresh_db):
    """Also the first of all, which opens the currency's accounts."""
    books = Books()

    def write(rate: str):
        return lambda: record_rate(
            currency="USD", day=DAY, rate=Decimal(rate), actor=books.treasurer
        )

    results = at_the_same_time(*[write(one) for one in ("3.70", "3.75", "3.80", "3.75")])

    assert [one for one in results if isinstance(one, BaseException)] == []
    versions = list(ExchangeRate.objects.order_by("version").values_list("version", flat=True))
    assert versions == list(range(1, len(versions) + 1))
    assert 3 <= len(versions) <= 4
    assert Account.objects.filter(role="stripe", currency="USD").count() == 1
    assert audit.findings() == []


def test_what_the_partner_holds_is_forwarded_once(fresh_db):
    """Three times US$ 60 of US$ 100, told at once: one arrives, two read that it is gone."""
    books = Books()
    books.rate("USD", "3.75")
    partner, bank = queries.account("partner", "USD"), queries.account("bank")
    hundred = Money("100", "USD")
    deposits = queries.account("customer_deposits", "USD")
    books.write("deposit_received", debit(partner, hundred), credit(deposits, hundred))

    def forward(reference: str):
        return lambda: move_money(
            from_account=partner,
            to_account=bank,
            gives=Money("60", "USD"),
            takes=soles("220"),
            actor=books.treasurer,
            on=DAY,
            reference=reference,
        )

    results = at_the_same_time(*[forward(one) for one in ("a", "b", "c")])

    kinds = sorted(type(one).__name__ for one in results)
    assert kinds == ["JournalEntry", "NotEnoughMoney", "NotEnoughMoney"]
    assert queries.balance(partner) == Money("40", "USD")
    assert JournalEntry.objects.filter(kind="exchange").count() == 1
    assert audit.findings() == []
