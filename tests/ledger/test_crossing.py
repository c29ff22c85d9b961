"""What crosses from one currency into another balances in each, and its difference is told."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection, transaction
from djmoney.money import Money
from hypothesis import assume, given
from hypothesis import strategies as st

from coop.kit.money import from_minor, to_minor, zero
from ledger import queries
from ledger.errors import NotPositive, RateMissing, Unbalanced
from ledger.models import JournalEntry
from ledger.services import (
    Line,
    becomes_expense,
    becomes_income,
    credit,
    crossing,
    debit,
    open_currency,
    record_rate,
)
from tests.factories.ledger import DAY, Books, soles

pytestmark = pytest.mark.django_db
Kind = JournalEntry.Kind
of = queries.account

CURRENCIES = ["PEN", "USD", "EUR", "BOB", "CLP", "JPY", "KWD"]


def told(lines: list[Line]) -> list[str]:
    """Lines as an accountant notes them."""
    return [
        f"{one.side} {one.account.role} {one.amount.currency} {one.amount.amount}" for one in lines
    ]


@pytest.fixture
def abroad(books: Books) -> Books:
    """A dollar is S/ 3.75, a euro S/ 4.10."""
    books.rate("USD", "3.75")
    books.rate("EUR", "4.10")
    return books


def test_euros_become_dollars_at_a_loss_or_a_gain(abroad: Books):
    """EUR 40.00 are worth S/ 164.00; USD 43.20 are worth S/ 162.00, USD 44.00 S/ 165.00."""
    euros = Money("40", "EUR")
    assert told(crossing(gives=euros, takes=Money("43.20", "USD"), day=DAY)) == [
        "debit exchange EUR 40",
        "credit exchange USD 43.20",
        "credit exchange PEN 2.00",
        "debit exchange_loss PEN 2.00",
    ]
    assert told(crossing(gives=euros, takes=Money("44", "USD"), day=DAY)) == [
        "debit exchange EUR 40",
        "credit exchange USD 44",
        "debit exchange PEN 1.00",
        "credit exchange_gain PEN 1.00",
    ]


def test_at_the_days_rate_there_is_no_difference(abroad: Books):
    assert told(
        crossing(gives=Money("37.50", "EUR"), takes=Money("41.00", "USD"), day=DAY)
    ) == ["debit exchange EUR 37.50", "credit exchange USD 41.00"]  # fmt: skip


def test_the_books_own_currency_has_one_exchange_line(abroad: Books):
    """USD 40.00 are worth S/ 150.00: S/ 148.00 arrived; S/ 152.00 were paid for them."""
    dollars = Money("40", "USD")
    assert told(crossing(gives=dollars, takes=soles("148"), day=DAY)) == [
        "debit exchange USD 40",
        "credit exchange PEN 150.00",
        "debit exchange_loss PEN 2.00",
    ]
    assert told(crossing(gives=soles("152"), takes=dollars, day=DAY)) == [
        "credit exchange USD 40",
        "debit exchange PEN 150.00",
        "debit exchange_loss PEN 2.00",
    ]


def test_in_one_currency_nothing_crosses(abroad: Books):
    assert crossing(gives=soles("5"), takes=soles("5"), day=DAY) == []
    assert crossing(gives=Money("5", "GBP"), takes=Money("5", "GBP"), day=DAY) == []
    with pytest.raises(Unbalanced):
        crossing(gives=soles("5"), takes=soles("6"), day=DAY)


def test_nothing_less_than_something_crosses(abroad: Books):
    for gives, takes in (("0", "1"), ("1", "0"), ("-1", "1"), ("1", "-1")):
        with pytest.raises(NotPositive):
            crossing(gives=Money(gives, "USD"), takes=Money(takes, "EUR"), day=DAY)


def test_without_a_rate_nothing_crosses(abroad: Books):
    for currency, day in (("GBP", DAY), ("USD", date(2026, 1, 1))):
        with pytest.raises(RateMissing):
            crossing(gives=Money("1", currency), takes=soles("5"), day=day)


def test_a_sale_and_a_fee_come_into_the_books_at_the_days_rate(abroad: Books):
    dollars = Money("40.01", "USD")
    worth, lines = becomes_income(amount=dollars, day=DAY)
    assert worth == soles("150.04")  # 150.0375
    assert told(lines) == ["credit exchange USD 40.01", "debit exchange PEN 150.04"]
    worth, lines = becomes_expense(amount=Money("2", "USD"), day=DAY)
    assert worth == soles("7.50")
    assert told(lines) == ["debit exchange USD 2", "credit exchange PEN 7.50"]
    assert becomes_income(amount=soles("9"), day=DAY) == (soles("9"), [])
    assert becomes_expense(amount=soles("9"), day=DAY) == (soles("9"), [])


def test_the_way_of_forty_euros_through_stripe_to_the_bank(abroad: Books):
    """A customer pays EUR 40; Stripe keeps it as USD 43.20, takes a fee, pays out soles."""
    euros, dollars, fee = Money("40", "EUR"), Money("43.20", "USD"), Money("1.20", "USD")
    abroad.write(
        Kind.DEPOSIT_RECEIVED,
        debit(of("stripe", "USD"), dollars),
        credit(of("customer_deposits", "EUR"), euros),
        *crossing(gives=euros, takes=dollars, day=DAY),
    )
    cost, lines = becomes_expense(amount=fee, day=DAY)
    abroad.write(
        Kind.FEE, debit(of("payment_fees"), cost), credit(of("stripe", "USD"), fee), *lines
    )
    income, lines = becomes_income(amount=euros, day=DAY)
    abroad.write(
        Kind.SALE, debit(of("customer_deposits", "EUR"), euros), credit(of("sales"), income), *lines
    )
    rest = dollars - fee
    abroad.write(
        Kind.PAYOUT,
        debit(of("bank"), soles("156")),
        credit(of("stripe", "USD"), rest),
        *crossing(gives=rest, takes=soles("156"), day=DAY),
    )

    held = {one.role: one.debit or -(one.credit or zero()) for one in queries.trial_balance().lines}
    assert held == {
        "bank": soles("156"),
        "sales": soles("-164"),
        "payment_fees": soles("4.50"),
        "exchange_loss": soles("3.50"),  # 2.00 when it came, 1.50 when it was paid out
    }


rates = st.decimals("0.00000001", "99999999", places=8)


@pytest.fixture
def markets(books: Books) -> Books:
    """Accounts in every currency, without rates."""
    for currency in CURRENCIES[1:]:
        open_currency(currency=currency)
    return books


@given(
    given_in=st.sampled_from(CURRENCIES),
    taken_in=st.sampled_from(CURRENCIES),
    minors=st.tuples(st.integers(1, 10**11), st.integers(1, 10**11)),
    costs=st.tuples(rates, rates),
)
def test_every_crossing_balances_and_its_exchange_comes_to_nothing(
    markets: Books,
    given_in: str,
    taken_in: str,
    minors: tuple[int, int],
    costs: tuple[Decimal, ...],
):
    assume(given_in != taken_in)
    gives, takes = from_minor(minors[0], given_in), from_minor(minors[1], taken_in)
    with transaction.atomic():
        for currency, rate in zip((given_in, taken_in), costs, strict=True):
            if currency != "PEN":
                record_rate(currency=currency, day=DAY, rate=rate, actor=markets.treasurer)
        assume(max(queries.value_in_books(one, DAY).amount for one in (gives, takes)) < 10**14)

        lines = crossing(gives=gives, takes=takes, day=DAY)

        entry = markets.write(
            Kind.DEPOSIT_RECEIVED,
            credit(of("customer_deposits", given_in), gives),
            debit(of("bank", taken_in), takes),
            *lines,
        )
        connection.check_constraints()
        _check_lines(lines)
        value = sum((_signed(one) for one in lines if one.account.role == "exchange"), zero())
        assert value == zero()
        assert entry.postings.count() == 2 + len(lines)
        transaction.set_rollback(True)


def _signed(line: Line) -> Money:
    worth = queries.value_in_books(line.amount, DAY)
    return worth if line.side == "debit" else -worth


def _check_lines(lines: list[Line]) -> None:
    accounts = [one.account.pk for one in lines]
    assert len(set(accounts)) == len(accounts)
    assert all(to_minor(one.amount) > 0 for one in lines)
    assert {one.account.role for one in lines} <= {"exchange", "exchange_gain", "exchange_loss"}
    roles = {one.account.role for one in lines}
    assert not {"exchange_gain", "exchange_loss"} <= roles


@given(currency=st.sampled_from(CURRENCIES), minor=st.integers(1, 10**11), cost=rates)
def test_what_becomes_income_or_expense_is_worth_the_days_rate(
    markets: Books, currency: str, minor: int, cost: Decimal
):
    amount = from_minor(minor, currency)
    with transaction.atomic():
        if currency != "PEN":
            record_rate(currency=currency, day=DAY, rate=cost, actor=markets.treasurer)
        worth = queries.value_in_books(amount, DAY)
        assume(zero() < worth < soles("1E+14"))

        income, earned = becomes_income(amount=amount, day=DAY)
        cost_of_it, spent = becomes_expense(amount=amount, day=DAY)

        assert income == cost_of_it == worth
        for lines in (earned, spent):
            assert {one.account.role for one in lines} <= {"exchange"}
        markets.write(
            Kind.SALE,
            debit(of("customer_deposits", currency), amount),
            credit(of("sales"), income),
            *earned,
        )
        transaction.set_rollback(True)
