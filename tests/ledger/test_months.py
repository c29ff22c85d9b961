"""Month by month: money of every currency, at the rate of its day, and what is not known named."""

from datetime import date, timedelta

import pytest
from djmoney.money import Money

from ledger import queries
from ledger.models import JournalEntry
from ledger.queries import flows_in, money_in, newest_months, whole_month
from ledger.services import credit, debit, open_currency, reverse_entry
from tests.factories.ledger import DAY, Books, soles

pytestmark = pytest.mark.django_db
Kind = JournalEntry.Kind
MARCH, APRIL = whole_month(date(2026, 3, 1)), whole_month(date(2026, 4, 1))
IN_APRIL = date(2026, 4, 20)


def paid(books: Books, amount: str, currency: str, day: date) -> JournalEntry:
    """A customer pays in advance."""
    money = Money(amount, currency)
    place = "bank" if currency == "GBP" else "stripe"
    return books.write(
        Kind.DEPOSIT_RECEIVED,
        debit(queries.account(place, currency), money),
        credit(queries.account("customer_deposits", currency), money),
        day=day,
    )


def months() -> list[tuple[Money, Money, frozenset[str]]]:
    return [(one.came_in, one.went_out, one.not_counted) for one in money_in([APRIL, MARCH])]


def test_what_came_in_another_currency_counts_at_the_rate_of_its_day(books: Books):
    """40 dollars at 3.75 are 150.00, ten days later 40 at 3.80 are 152.00; 100 came in soles."""
    books.put_in_cash("100", day=DAY)
    books.rate("USD", "3.75", DAY - timedelta(days=60))
    books.rate("USD", "3.80", DAY + timedelta(days=5))
    paid(books, "40", "USD", DAY)
    paid(books, "40", "USD", DAY + timedelta(days=10))

    assert months() == [
        (soles("0"), soles("0"), frozenset()),
        (soles("402"), soles("0"), frozenset()),
    ]
    (flow,) = [one for one in flows_in(*MARCH) if one.kind == Kind.DEPOSIT_RECEIVED]
    assert flow.amount == soles("302")


def test_a_currency_whose_rate_nobody_knew_then_is_named_and_not_guessed(books: Books):
    open_currency(currency="GBP")
    paid(books, "10", "GBP", DAY)
    books.rate("GBP", "4.70", IN_APRIL)
    paid(books, "10", "GBP", IN_APRIL)

    assert months() == [
        (soles("47"), soles("0"), frozenset()),
        (soles("0"), soles("0"), frozenset({"GBP"})),
    ]


def test_what_goes_between_our_places_is_in_no_month_and_no_flow(books: Books):
    books.put_in_cash("100", day=DAY)
    books.post("bank", "cash", "60", kind=Kind.TRANSFER, day=IN_APRIL)

    assert months()[0][:2] == (soles("0"), soles("0"))
    assert flows_in(*APRIL) == []


def test_flows_of_a_month_come_to_what_came_in_less_what_went_out(books: Books):
    books.put_in_cash("100", day=DAY)
    books.rate("USD", "3.75", DAY)
    undone = paid(books, "40", "USD", DAY)
    reverse_entry(entry=undone, reason="x", day=DAY, actor=books.treasurer)
    books.post("cash", "sales", "12.34", kind=Kind.SALE, day=DAY)

    [month] = money_in([MARCH])

    flows = sum((one.amount for one in flows_in(*MARCH)), soles("0"))
    assert flows == month.came_in - month.went_out == soles("112.34")


def test_several_months_together_are_their_sum(books: Books):
    for day in (DAY, IN_APRIL):
        books.post("cash", "sales", "10", kind=Kind.SALE, day=day)

    [both] = money_in([(MARCH[0], APRIL[1])])

    assert (both.came_in, both.is_one) == (soles("20"), False)
    assert newest_months(2, until=IN_APRIL) == [APRIL, MARCH]


def test_months_cost_the_same_however_much_moved(books: Books, django_assert_num_queries):
    books.rate("USD", "3.75", DAY)
    for number in range(5):
        paid(books, "1", "USD", DAY + timedelta(days=number))

    with django_assert_num_queries(4):
        money_in([APRIL, MARCH])
