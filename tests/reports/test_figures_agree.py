"""Whatever happens, the statements agree with each other, in every currency, on any day."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from djmoney.money import Money
from hypothesis import given
from hypothesis import strategies as st

from coop.kit.money import from_minor
from ledger import queries
from ledger.models import Account, JournalEntry
from ledger.reports.asked import Asked
from ledger.reports.audit import flows_are_sums
from ledger.reports.flows import flows, fold_all
from ledger.reports.models import FlowMark, FlowMonth
from ledger.reports.spans import Span
from ledger.reports.statements import STATEMENTS, balance_sheet, cash_flow, income
from ledger.reports.valuing import House, Position, closings, earned_and_spent, turnover
from ledger.services import becomes_expense, becomes_income, credit, debit, reverse_entry
from tests.factories.ledger import Books, close_period

pytestmark = pytest.mark.django_db
Kind, Role = JournalEntry.Kind, Account.Role
FIRST = date(2026, 1, 1)

days = st.integers(0, 150).map(lambda count: FIRST + timedelta(days=count))
minors = st.integers(1, 10**7)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("cash in"), days, minors),
        st.tuples(st.just("earn"), days, minors),
        st.tuples(st.just("sale on terms"), days, minors),
        st.tuples(st.just("sale in dollars"), days, minors),
        st.tuples(st.just("fee in dollars"), days, minors),
        st.tuples(st.just("expense in dollars"), days, minors),
        st.tuples(st.just("rent by hand"), days, minors),
        st.tuples(st.just("to the bank"), days, minors),
        st.tuples(st.just("result to the fund"), days, minors),
        st.tuples(st.just("rate"), days, st.integers(200, 500)),
        st.tuples(st.just("reverse"), days, st.integers(0, 40)),
        st.tuples(st.just("fold"), days, minors),
    ),
    max_size=16,
)


class Life:
    """What happens in a house that sells in dollars too."""

    def __init__(self, books: Books) -> None:
        self.books = books
        self.entries: list[JournalEntry] = []
        books.rate("USD", "3.75", FIRST)
        # A house opens its books on the first day; with that nothing stands before it.
        self.keep(books.put_in_cash("50000", day=FIRST))

    def keep(self, entry: JournalEntry) -> None:
        self.entries.append(entry)

    def do(self, step: tuple[Any, ...]) -> None:
        what, day, number = step
        getattr(self, what.replace(" ", "_"))(day, number)

    def two(self, debited: str, credited: str, minor: int, day: date, kind: str) -> None:
        self.keep(
            self.books.post(debited, credited, str(from_minor(minor).amount), day=day, kind=kind)
        )

    def cash_in(self, day: date, minor: int) -> None:
        self.two("cash", "customer_deposits", minor, day, Kind.DEPOSIT_RECEIVED)

    def earn(self, day: date, minor: int) -> None:
        self.keep(self.books.earned(str(from_minor(minor).amount), day=day))

    def sale_on_terms(self, day: date, minor: int) -> None:
        self.two("receivable", "sales", minor, day, Kind.SALE)

    def rent_by_hand(self, day: date, minor: int) -> None:
        self.two("rent", "supplier", minor, day, Kind.HAND)

    def to_the_bank(self, day: date, minor: int) -> None:
        self.two("bank", "cash", minor, day, Kind.TRANSFER)

    def result_to_the_fund(self, day: date, minor: int) -> None:
        self.two("sales", "common_fund", minor, day, Kind.SURPLUS)

    def sale_in_dollars(self, day: date, minor: int) -> None:
        amount = from_minor(minor, "USD")
        worth, lines = becomes_income(amount=amount, day=day)
        held = debit(queries.account("stripe", "USD"), amount)
        its = [held, *lines, *([credit(queries.account("sales"), worth)] if worth else [])]
        self.keep(self.books.write(Kind.SALE, *its, day=day))

    def fee_in_dollars(self, day: date, minor: int) -> None:
        amount = from_minor(minor, "USD")
        worth, lines = becomes_expense(amount=amount, day=day)
        paid = credit(queries.account("stripe", "USD"), amount)
        its = [*([debit(queries.account("payment_fees"), worth)] if worth else []), *lines, paid]
        self.keep(self.books.write(Kind.FEE, *its, day=day))

    def expense_in_dollars(self, day: date, minor: int) -> None:
        """On an account of expenses that is itself in dollars: nothing crosses."""
        amount = Money(from_minor(minor, "USD").amount, "USD")
        self.keep(
            self.books.write(
                Kind.FEE,
                debit(queries.account("payment_fees", "USD"), amount),
                credit(queries.account("stripe", "USD"), amount),
                day=day,
            )
        )

    def rate(self, day: date, hundredths: int) -> None:
        self.books.rate("USD", str(hundredths / 100), day)

    def reverse(self, day: date, which: int) -> None:
        entry = self.entries[which % len(self.entries)]
        is_undone = JournalEntry.objects.filter(reverses=entry).exists()
        if not is_undone and day >= entry.day and which:
            reverse_entry(entry=entry, reason="x", day=day, actor=self.books.treasurer)

    def fold(self, day: date, _number: int) -> None:
        fold_all()


@given(happened=steps, one=days, other=days)
def test_the_statements_agree(new_books: Books, happened: list[Any], one: date, other: date):
    with transaction.atomic():
        life = Life(new_books)
        for step in happened:
            life.do(step)
        since, until = sorted((one, other))
        _all_agree(House(), Span(until, since))
        transaction.set_rollback(True)


def _all_agree(house: House, span: Span) -> None:
    # The balance sheet balances, on both days and in each currency.
    for day in (span.day_before, span.until):
        assert balance_sheet.is_even(balance_sheet.parts_of(house, Position(house, day)))
    # What is ours grew by the result, by what was put into funds or taken over, and by what
    # other currencies gained.
    own = [balance_sheet.equity_minor(house, day) for day in (span.day_before, span.until)]
    put_in = [_equity_accounts(house, day) for day in (span.day_before, span.until)]
    gained = [Position(house, day).exchange_gain for day in (span.day_before, span.until)]
    result = income.result_minor(house, span)
    moved = -sum(_closings(house, span).values())
    assert own[1] - own[0] == (result + moved + (put_in[1] - put_in[0]) + (gained[1] - gained[0]))
    parts = {one.key: one.minor for one in income.parts_of(house, span)}
    assert parts["result"] == result
    # The cash flow ends at what the places of money hold, and so does each report's own check.
    for currency, flow in cash_flow.parts_of(house, span).items():
        assert flow[-1].minor == cash_flow.held_minor(house, span.until, currency)
    for statement in STATEMENTS.values():
        report = statement.build(
            Asked(
                until=span.until,
                since=span.since,
                compare="before",
                account=queries.account("stripe", "USD"),
            )
        )
        assert report.holds, (statement.key, report.checks)
    # What was debited and credited is what the balance moved by.
    begin, end = queries.nets_as_of(span.day_before), queries.nets_as_of(span.until)
    for key, (debits, credits_) in turnover(span, house.accounts).items():
        assert debits - credits_ == end.get(key, 0) - begin.get(key, 0)
    # Folded or not, the flows are the same.
    before = _sorted(flows(span))
    fold_all()
    assert _sorted(flows(span)) == before
    assert list(flows_are_sums()) == []


def _sorted(found: Any) -> list[str]:
    return sorted(map(repr, found))


def _equity_accounts(house: House, day: date) -> int:
    nets = queries.nets_as_of(day)
    return -sum(nets.get(one.pk, 0) for one in house.of_kind(Account.Kind.EQUITY))


def _closings(house: House, span: Span) -> dict[int, int]:

    return closings(house, span)


def test_differences_are_not_yet_realised_until_they_are_exchanged(books: Books):
    """40 dollars came at 3.75; at 4.00 they are worth 10 soles more, which nobody earned yet."""
    life = Life(books)
    life.sale_in_dollars(FIRST, 4000)
    books.rate("USD", "4.00", FIRST + timedelta(days=10))
    house = House()
    assert Position(house, FIRST).exchange_gain == 0
    assert Position(house, FIRST + timedelta(days=10)).exchange_gain == 1000
    assert income.result_minor(house, Span(FIRST + timedelta(days=10), FIRST)) == 15000


def test_a_currency_without_a_rate_is_left_out_and_named(books: Books):
    from ledger.services import open_currency

    open_currency(currency="GBP")
    books.write(
        Kind.DEPOSIT_RECEIVED,
        debit(queries.account("bank", "GBP"), Money("10", "GBP")),
        credit(queries.account("customer_deposits", "GBP"), Money("10", "GBP")),
    )
    for key in ("balance-sheet", "places"):
        report = STATEMENTS[key].build(Asked())
        assert report.holds
        assert any("£" in note and "10.00" in note for note in report.notes)


def test_a_years_result_is_earned_once_also_after_it_went_to_the_funds(books: Books):
    books.post("receivable", "sales", "500", kind=Kind.SALE, day=date(2026, 5, 1))
    books.post("sales", "common_fund", "500", kind=Kind.SURPLUS, day=date(2026, 12, 31))
    house = House()
    year = Span(date(2026, 12, 31), date(2026, 1, 1))
    assert income.result_minor(house, year) == 50000
    parts = balance_sheet.parts_of(house, Position(house, year.until))
    own = next(one for one in parts if one.key == "own")
    assert {one.key: one.minor for one in own.lines if one.minor} == {
        "5891": 50000,
        "~2": 50000,
        "~3": -50000,
    }
    following = Span(date(2027, 3, 1), date(2027, 1, 1))
    assert earned_and_spent(house, following) in (
        {},
        dict.fromkeys(earned_and_spent(house, following), 0),
    )


def test_a_year_that_two_people_closed_reads_as_before(books: Books):
    """Closing takes the result away and revalues the dollars: what was earned stays to be read."""
    life = Life.__new__(Life)
    life.books, life.entries = books, []
    first, last = date(2025, 1, 1), date(2025, 12, 31)
    books.rate("USD", "3.75", first)
    books.put_in_cash("1000", day=first)
    books.post("receivable", "sales", "500", kind=Kind.SALE, day=date(2025, 5, 1))
    life.sale_in_dollars(date(2025, 6, 1), 4000)
    books.rate("USD", "4.00", date(2025, 12, 1))
    year = Span(last, first)
    assert income.result_minor(House(), year) == 65000
    assert Position(House(), last).exchange_gain == 1000

    close_period(last_day=last, actor=books.treasurer)

    house = House()
    # The dollars' gain is told now: it is income, and nothing is left to be told.
    assert income.result_minor(house, year) == 66000
    assert Position(house, last).exchange_gain == 0
    _all_agree(house, year)
    _all_agree(house, Span(date(2026, 3, 1), date(2026, 1, 1)))
    assert income.result_minor(house, Span(date(2026, 3, 1), date(2026, 1, 1))) == 0


def test_the_cash_flow_tells_expenses_by_their_account_and_hides_moves(books: Books):
    books.put_in_cash("1000", day=FIRST)
    books.post("bank", "cash", "400", kind=Kind.TRANSFER, day=FIRST)
    payment = books.request(
        "120",
        to_account=queries.account("rent"),
        payee=None,
        payee_name="Señora Mamani",
        kind=Kind.EXPENSE_PAID,
        on=FIRST,
    )
    from ledger.services import pay_payment

    books.sign_twice(payment)
    pay_payment(payment=payment, actor=books.treasurer, on=FIRST)
    rent = queries.account("rent")
    told = {(one.kind, one.other): one.net_minor for one in flows(Span(date(2026, 12, 31), FIRST))}
    assert told == {(Kind.OPENING, None): 100000, (Kind.EXPENSE_PAID, rent.pk): -12000}


def test_a_kept_flow_that_somebody_changed_is_named(books: Books):
    books.put_in_cash("1000", day=FIRST)
    assert fold_all() == 1
    assert fold_all() == 0
    assert FlowMark.objects.get(account=queries.account("cash")).seq == 1
    assert list(flows_are_sums()) == []
    FlowMonth.objects.update(net_minor=99999)
    (finding,) = flows_are_sums()
    assert "1011" in finding
    assert not STATEMENTS["cash-flow"].build(Asked(until=date(2026, 2, 5), since=FIRST)).holds
    FlowMonth.objects.all().delete()
    assert "keeps nothing" in next(flows_are_sums())
