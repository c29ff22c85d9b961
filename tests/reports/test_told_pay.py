"""Where others' pay is told in totals only: sums of months that are over, of three women or more."""

from contextlib import AbstractContextManager, ExitStack
from datetime import UTC, date, datetime
from unittest.mock import patch

import pytest
from pytest_django import DjangoAssertNumQueries

from ledger.models import Account, JournalEntry
from ledger.queries import entries
from ledger.reports.decisions import without_single_pay
from ledger.reports.reading import public_reading, reading_of
from ledger.reports.told_pay import told_pay
from ledger.services import credit, debit, open_member_account
from tests.factories.ledger import Books, close_period, person, soles

Kind = JournalEntry.Kind
MARCH, APRIL, MAY = (date(2026, month, 15) for month in (3, 4, 5))
ENDS = {MARCH: date(2026, 3, 31), APRIL: date(2026, 4, 30), MAY: date(2026, 5, 31)}


@pytest.fixture
def women(books: Books) -> list[Account]:
    others = [
        open_member_account(member_code=f"T-1{at}", holder=person(name))
        for at, name in enumerate(("Ana", "Berta", "Clara"))
    ]
    return [books.rosas, *others]


def earn(books: Books, day: date, women: list[Account], amount: str = "10.00") -> None:
    for one in women:
        books.post("finished_pieces", one, amount, kind=Kind.PIECE_PASSED, day=day)


def close(books: Books, month: date) -> None:
    close_period(last_day=ENDS[month], actor=books.treasurer)


def told() -> list[tuple[str, str, str]]:
    return [
        (f"{one.since:%m}-{one.until:%m}", str(one.earned.amount), str(one.paid.amount))
        for one in told_pay()
    ]


def test_a_month_is_told_once_it_is_closed(books: Books, women: list[Account]):
    earn(books, MARCH, women[:3])
    assert told() == []

    close(books, MARCH)

    assert told() == [("03-03", "30.00", "0.00")]


@pytest.mark.parametrize("many", [1, 2])
def test_the_sum_of_fewer_than_three_women_is_never_told_by_itself(
    books: Books, women: list[Account], many: int
):
    earn(books, MARCH, women[:many])
    close(books, MARCH)
    assert told() == []

    earn(books, APRIL, women)
    close(books, APRIL)

    assert told() == [("03-04", f"{10 * many + 40}.00", "0.00")]


def test_a_single_woman_who_was_paid_makes_the_month_wait(books: Books, women: list[Account]):
    """Four earned in March, but one only was paid: her pay would be the sum."""
    earn(books, MARCH, women)
    books.post(women[0], "finished_pieces", "7.00", kind=Kind.PREMIUM, day=MARCH)
    close(books, MARCH)
    assert told() == []

    for one in women[:3]:
        books.post(one, "finished_pieces", "2.00", kind=Kind.PREMIUM, day=APRIL)
    close(books, APRIL)
    earn(books, MAY, women[:3])
    close(books, MAY)

    assert told() == [("05-05", "30.00", "0.00"), ("03-04", "40.00", "13.00")]


def test_what_a_closed_month_told_never_changes(books: Books, women: list[Account]):
    earn(books, MARCH, women[:3])
    close(books, MARCH)
    before = told()

    earn(books, APRIL, women[:1], "99.00")

    assert told() == before


def test_the_sums_of_all_months_come_to_what_is_owed(books: Books, women: list[Account]):
    for day in (MARCH, APRIL):
        earn(books, day, women, "12.35")
        for one in women:
            books.post(one, "finished_pieces", "4.10", kind=Kind.PREMIUM, day=day)
        close(books, day)

    sums = told_pay()

    owed = sum(-one.kept_balance.amount_minor for one in Account.objects.of_members())
    assert sum(one.earned.amount - one.paid.amount for one in sums) * 100 == owed


def test_figures_are_those_of_the_last_told_month(books: Books, women: list[Account]):
    books.decide_pay("totals")
    flora = person("Flora", "member")
    assert reading_of(flora).day is None
    earn(books, MARCH, women)
    close(books, MARCH)
    earn(books, APRIL, women)

    assert reading_of(flora).day == ENDS[MARCH]
    assert public_reading().day == ENDS[MARCH]
    assert reading_of(books.treasurer).told == []
    books.decide_pay("order")
    assert reading_of(flora).day not in (None, ENDS[MARCH])


def test_whatever_touches_a_womans_account_is_pay_whoever_wrote_it(
    books: Books, women: list[Account]
):
    """By hand, a deduction, its reversal: none is told singly. The rent is."""
    by_hand = books.post("finished_pieces", women[0], "3.33", day=MARCH)
    rent = books.post("cash", "opening_equity", "50.00", kind=Kind.OPENING, day=MARCH)

    left = without_single_pay(entries())

    assert by_hand not in left
    assert list(left) == [rent]


@pytest.mark.parametrize(("many", "is_told"), [(1, False), (2, False), (3, True)])
def test_what_was_taken_over_for_few_women_is_not_told_singly(
    books: Books, women: list[Account], many: int, is_told: bool
):
    lines = [debit(books.account("opening_equity"), soles(f"{10 * many}"))]
    lines += [credit(one, soles("10")) for one in women[:many]]
    entry = books.write(Kind.OPENING, *lines, day=MARCH)

    assert (entry in without_single_pay(entries())) is is_told


# Where nobody closes months ---------------------------------------------------------------------
def on(day: date) -> AbstractContextManager[object]:
    """As if it were that day, for the calendar and for the clock of what is written."""
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    stack = ExitStack()
    stack.enter_context(patch("coop.kit.days.today", return_value=day))
    stack.enter_context(patch("django.utils.timezone.now", return_value=noon))
    return stack


def seen(day: date) -> list[tuple[str, str, str]]:
    """What is told on that day."""
    with on(day):
        return told()


def test_a_month_that_nobody_closes_is_told_once_the_next_one_is_over_too(
    books: Books, women: list[Account]
):
    with on(MARCH):
        earn(books, MARCH, women[:3])

    assert seen(date(2026, 4, 30)) == []
    assert seen(date(2026, 5, 1)) == [("03-03", "30.00", "0.00")]


@pytest.mark.parametrize("many", [1, 2, 3])
def test_whoever_looks_before_and_after_a_late_entry_reckons_three_women_at_least(
    books: Books, women: list[Account], many: int
):
    """March was read as 30.00. Then a late earning of one, two or three women is written into it:
    March is told no longer until April is over long enough, whose four women hide it.
    """
    with on(MARCH):
        earn(books, MARCH, women[:3])
    with on(APRIL):
        earn(books, APRIL, women)
    assert seen(date(2026, 5, 20)) == [("03-03", "30.00", "0.00")]

    with on(date(2026, 5, 21)):
        earn(books, MARCH, women[:many], "7.00")

    assert seen(date(2026, 5, 22)) == []
    assert seen(date(2026, 6, 1)) == [("03-04", f"{70 + 7 * many}.00", "0.00")]


def test_what_follows_a_late_entry_must_be_three_women_by_itself(
    books: Books, women: list[Account]
):
    with on(MARCH):
        earn(books, MARCH, women)
    with on(APRIL):
        earn(books, APRIL, women[:1])
    with on(date(2026, 5, 2)):
        earn(books, MARCH, women[:1], "7.00")
        earn(books, MAY, women[:3])

    assert seen(date(2026, 6, 20)) == []
    assert seen(date(2026, 7, 1)) == [("03-05", "87.00", "0.00")]


def test_closing_a_month_that_was_read_tells_no_late_entry_of_one(
    books: Books, women: list[Account]
):
    with on(MARCH):
        earn(books, MARCH, women)
    assert seen(date(2026, 5, 2)) == [("03-03", "40.00", "0.00")]
    with on(date(2026, 5, 3)):
        earn(books, MARCH, women[:1], "7.00")
        close(books, MARCH)

    assert seen(date(2026, 5, 4)) == []


def test_an_entry_in_time_is_not_late(books: Books, women: list[Account]):
    with on(MARCH):
        earn(books, MARCH, women[:3])
    with on(date(2026, 4, 29)):
        earn(books, MARCH, women[:1], "7.00")

    assert seen(date(2026, 5, 1)) == [("03-03", "37.00", "0.00")]


def test_it_costs_the_same_however_many_months(
    books: Books, women: list[Account], django_assert_num_queries: DjangoAssertNumQueries
):
    for day in (MARCH, APRIL):
        with on(day):
            earn(books, day, women)
    with on(date(2026, 12, 1)), django_assert_num_queries(3):
        assert len(told_pay()) == 2
