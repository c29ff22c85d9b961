"""The open book and the trial balance never add one currency to another."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import translation
from djmoney.money import Money

from ledger import open_pages, queries
from ledger.models import JournalEntry
from ledger.services import credit, debit, open_currency
from tests.factories.ledger import DAY, Books, soles

pytestmark = pytest.mark.django_db
Kind = JournalEntry.Kind
of = queries.account


def put(books: Books, currency: str, debited: str, credited: str, amount: str) -> None:
    money = Money(amount, currency)
    books.write(
        Kind.DEPOSIT_RECEIVED,
        debit(of(debited, currency), money),
        credit(of(credited, currency), money),
    )


@pytest.fixture
def mixed(books: Books) -> Books:
    """S/ 150, US$ 40 at S/ 3.75, and 10 pounds of which nobody said what they cost."""
    books.put_in_cash("100")
    books.rate("USD", "3.75")
    put(books, "USD", "stripe", "customer_deposits", "40")
    books.post("bank", "customer_deposits", "50", kind=Kind.DEPOSIT_RECEIVED)
    open_currency(currency="GBP")
    put(books, "GBP", "bank", "customer_deposits", "10")
    books.publish()
    return books


def test_money_in_other_currencies_stands_beside_the_sum(mixed: Books):
    with translation.override("en"):
        book = queries.open_book_summary(DAY)

    assert book.money == soles("150")
    assert book.opening + book.total_in - book.total_out == book.money
    assert [(one.name, one.amount, one.worth) for one in book.other] == [
        ("Held by Stripe (USD)", Money("40", "USD"), soles("150")),
        ("Bank (GBP)", Money("10", "GBP"), None),
    ]
    assert book.other_worth == soles("150")


def test_what_is_owed_abroad_counts_at_the_newest_rate_or_not_at_all(mixed: Books):
    mixed.rate("USD", "4.00", DAY + timedelta(days=1))
    mixed.rate("EUR", "4.10")
    put(mixed, "USD", "disputed", "customer_deposits", "3")
    with translation.override("en"):
        book = queries.open_book_summary(DAY)
        later = queries.open_book_summary(DAY + timedelta(days=1))

    assert book.customer_deposits == soles("211.25")  # 50 + 43 at 3.75
    assert book.disputed == soles("11.25")
    assert (later.customer_deposits, later.disputed) == (soles("222"), soles("12"))
    assert [(one.currency, one.told) for one in later.rates] == [("USD", "S/\u00a04.00")]
    assert [(one.name, one.amount) for one in book.not_counted] == [
        ("Customers' deposits (GBP)", Money("10", "GBP"))
    ]


def test_what_came_to_nothing_needs_no_rate(books: Books):
    open_currency(currency="GBP")
    put(books, "GBP", "receivable", "customer_deposits", "10")
    put(books, "GBP", "customer_deposits", "receivable", "10")
    assert queries.open_book_summary(DAY).not_counted == []


def test_bars_are_as_long_as_amounts_are_worth(mixed: Books):
    with translation.override("en"):
        held = open_pages.held(queries.open_book_summary(DAY), ["places"])
    assert [(str(one.label).replace("\u00a0", " "), one.amount) for one in held] == [
        ("Cash box", soles("100")),
        ("Bank", soles("50")),
        ("Held by Stripe (USD): US$ 40.00", soles("150")),
    ]


def test_the_page_says_at_which_rate_and_what_is_not_counted(mixed: Books):
    page = Client().get("/en/open-book/").content.decode()
    page = " ".join(page.replace("\u00a0", " ").replace("&#x27;", "'").split())
    assert "Besides, money in other currencies worth S/ 150.00." in page
    assert "1 USD cost S/ 3.75 on 10 March 2026" in page
    assert "Bank (GBP): £ 10.00" in page
    assert "Customers' deposits (GBP): £ 10.00. It is not counted" in page


def test_a_book_in_one_currency_asks_for_no_rate(books: Books, django_assert_num_queries):
    books.put_in_cash("100")
    books.rate("USD", "3.75")
    with django_assert_num_queries(4):
        book = queries.open_book_summary(DAY)
    assert (book.other, book.rates, book.not_counted) == ([], [], [])


def test_the_trial_balance_is_in_each_currency_by_itself(mixed: Books):
    trial = queries.trial_balance()
    assert [one.code for one in trial.lines] == [
        "1011",
        "1041",
        "1221",
        "5911",
        "1041-GBP",
        "1221-GBP",
        "1032-USD",
        "1221-USD",
    ]
    assert trial.totals == [
        ("PEN", soles("150"), soles("150")),
        ("GBP", Money("10", "GBP"), Money("10", "GBP")),
        ("USD", Money("40", "USD"), Money("40", "USD")),
    ]
    assert trial.is_balanced
