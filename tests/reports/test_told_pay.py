"""Where others' pay is told in totals only: sums of closed months, of three women or more."""

from datetime import date

import pytest

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
