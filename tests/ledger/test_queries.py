"""Balances, statements, trial balances and the open book, to the céntimo."""

from datetime import date

import pytest
from django.utils import translation

from ledger import queries
from ledger.models import JournalEntry
from ledger.services import open_member_account, reverse_entry
from tests.factories.ledger import DAY, Books, person, soles

pytestmark = pytest.mark.django_db
Kind = JournalEntry.Kind


@pytest.mark.parametrize(
    ("day", "held"),
    [
        (date(2026, 1, 30), "0"),
        (date(2026, 1, 31), "100"),
        (date(2026, 2, 14), "100"),
        (date(2026, 2, 15), "130"),
        (date(2026, 2, 28), "130"),
        (date(2026, 3, 1), "135"),
        (date(2027, 1, 1), "135"),
    ],
)
def test_a_balance_as_of_a_day(books: Books, day: date, held: str):
    """Backdated entries count on their own day, whenever they were written."""
    books.put_in_cash("5", day=date(2026, 3, 1))
    books.put_in_cash("100", day=date(2026, 1, 31))
    books.put_in_cash("30", day=date(2026, 2, 15))

    assert queries.balance_on(books.account("cash"), day) == soles(held)
    totals = queries.trial_balance(day).totals
    assert totals == ([] if held == "0" else [("PEN", soles(held), soles(held))])


def test_balances_are_positive_on_their_natural_side(books: Books):
    books.put_in_cash("100")
    books.earned("60")
    accounts = [books.account("cash"), books.rosas]
    assert list(queries.balances(accounts).values()) == [soles("100"), soles("60")]


def test_a_statement_is_paged_by_the_order_of_posting(books: Books):
    for amount in range(1, 8):
        books.put_in_cash(str(amount))
    cash = books.account("cash")

    first = queries.statement(cash, page=1, size=3)
    assert [(one.seq, one.amount, one.balance) for one in first.rows] == [
        (7, soles("7"), soles("28")),
        (6, soles("6"), soles("21")),
        (5, soles("5"), soles("15")),
    ]
    assert (first.pages, first.count, first.has_previous, first.has_next) == (3, 7, False, True)
    last = queries.statement(cash, page=99, size=3)
    assert [one.seq for one in last.rows] == [1]
    assert (last.number, last.has_next) == (3, False)
    empty = queries.statement(books.account("bank"))
    assert (empty.rows, empty.pages, empty.number) == ([], 1, 1)


@pytest.mark.parametrize("count", [1, 3])
def test_reading_costs_the_same_however_many_rows(books: Books, django_assert_num_queries, count):
    for _ in range(count):
        books.earned("2")
        books.put_in_cash("9")
        books.pay("2")
    cash = books.account("cash")

    with django_assert_num_queries(1):
        queries.balance(cash)
    with django_assert_num_queries(2):
        queries.balance_on(cash, DAY)
    with django_assert_num_queries(2):
        for row in queries.statement(cash).rows:
            assert row.memo is not None
    with django_assert_num_queries(1):
        assert queries.trial_balance().is_balanced
    with django_assert_num_queries(3):
        assert queries.trial_balance(DAY).is_balanced
    with django_assert_num_queries(2):
        assert all(queries.describe(one, names=True) for one in queries.entries())
    with django_assert_num_queries(1):
        assert queries.accounts_with_balances()
    with django_assert_num_queries(4):
        queries.open_book_summary(DAY)


def test_the_journal_is_filtered_by_day_kind_and_account(books: Books):
    one = books.put_in_cash("1", day=date(2026, 3, 1))
    two = books.earned("2", day=date(2026, 3, 2))
    three = books.post("bank", "sales", "3", day=date(2026, 3, 3), kind=Kind.SALE)

    assert list(queries.entries()) == [three, two, one]
    assert list(queries.entries(since=date(2026, 3, 2))) == [three, two]
    assert list(queries.entries(until=date(2026, 3, 2))) == [two, one]
    assert list(queries.entries(kind=Kind.SALE)) == [three]
    assert list(queries.entries(account=books.rosas)) == [two]


@pytest.fixture
def year(books: Books) -> Books:
    """A year in figures that can be added up on paper."""
    books.put_in_cash("500", day=date(2025, 1, 10))
    books.post("bank", "customer_deposits", "300", day=date(2026, 2, 1), kind=Kind.DEPOSIT_RECEIVED)
    books.post("wool_store", "supplier", "90", day=date(2026, 2, 2), kind=Kind.WOOL_BOUGHT)
    books.post("wool_members", "wool_store", "40", day=date(2026, 2, 3), kind=Kind.WOOL_ISSUED)
    books.earned("70", day=date(2026, 2, 4))
    books.pay("20")
    books.post("cash", "bank", "50", day=DAY, kind=Kind.TRANSFER)
    books.post("bank_charges", "bank", "4", day=DAY, kind=Kind.BANK_CHARGE)
    rent = books.request(
        "35",
        to_account=books.account("rent"),
        payee=None,
        payee_name="Taller",
        kind=Kind.EXPENSE_PAID,
    )
    from ledger.services import pay_payment

    pay_payment(payment=books.sign_twice(rent), actor=books.treasurer, on=DAY)
    twice = books.post("bank", "customer_deposits", "11", day=DAY, kind=Kind.DEPOSIT_RECEIVED)
    reverse_entry(entry=twice, reason="x", day=DAY, actor=books.treasurer)
    return books


def test_the_open_book_in_figures(year: Books):
    with translation.override("es"):
        book = queries.open_book_summary(DAY)

    assert [(one.name, one.amount) for one in book.places] == [
        ("Caja", soles("495")),  # 500 - 20 + 50 - 35
        ("Banco", soles("246")),  # 300 - 50 - 4
    ]
    assert book.money == soles("741")
    assert (book.owed_to_members, book.members_owed) == (soles("50"), 1)
    assert book.customer_deposits == soles("300")
    assert book.supplier == soles("90")
    assert book.wool == soles("90")
    assert book.pieces == soles("70")
    assert book.since == date(2025, 4, 1)
    assert book.opening == soles("500")
    with translation.override("en"):
        flows = queries.open_book_summary(DAY)
        assert [(one.label, one.amount) for one in flows.came_in] == [
            ("Paid by customers in advance", soles("300")),
        ]
        assert [(one.label, one.amount) for one in flows.went_out] == [
            ("Workshop rent", soles("-35")),
            ("Paid to members", soles("-20")),
            ("Bank charges", soles("-4")),
        ]
    assert book.opening + book.total_in - book.total_out == book.money


def test_the_open_book_of_empty_books(books: Books):
    book = queries.open_book_summary(DAY)
    assert (book.places, book.money, book.came_in, book.went_out) == ([], soles("0"), [], [])
    assert queries.money_places() == []


def test_the_open_book_names_no_person(year: Books):
    assert year.account("cash").holder == year.treasurer
    at_bank = year.account("bank")
    at_bank.holder = person("Ana")
    at_bank.save(update_fields=["holder"])
    told = repr(queries.open_book_summary(DAY)) + " ".join(
        queries.describe(one) for one in queries.public_entries()
    )
    for name in ("Rosa", "Ana", "Tomasa", "Petra", "T-07", "Taller Quispe"):
        assert name not in told


def test_every_kind_of_entry_is_told_in_a_sentence(books: Books):
    from ledger.queries.words import SENTENCES

    assert set(SENTENCES) == set(Kind.values) - {Kind.REVERSAL}
    assert all(one.heading for one in SENTENCES.values())


def test_entries_are_told_plainly(year: Books):
    rosas_piece = queries.entries(kind=Kind.PIECE_PASSED).get()
    pay = queries.entries(kind=Kind.MEMBER_PAID).get()
    rent = queries.entries(kind=Kind.EXPENSE_PAID).get()
    undone = queries.entries(kind=Kind.REVERSAL).get()
    with translation.override("en"):
        assert queries.describe(rosas_piece) == "A piece passed: a member earned S/\u00a070.00."
        assert (
            queries.describe(rosas_piece, names=True)
            == "A piece of Rosa passed: she earned S/\u00a070.00."
        )
        assert queries.describe(pay) == "A member was paid S/\u00a020.00."
        assert queries.describe(pay, names=True) == "Rosa was paid S/\u00a020.00."
        assert queries.describe(rent) == "Workshop rent: S/\u00a035.00 was paid."
        assert queries.describe(undone) == ("Undone: A customer paid S/\u00a011.00 in advance.")


def test_a_piece_is_told_by_what_was_earned_not_by_what_it_cost(books: Books):
    from ledger.services import credit, debit, post_entry

    post_entry(
        day=DAY,
        kind=Kind.PIECE_PASSED,
        memo="",
        lines=[
            debit(books.account("finished_pieces"), soles("37")),
            credit(books.rosas, soles("25")),
            credit(books.account("wool_members"), soles("12")),
        ],
        reference="piece",
        created_by=None,
    )
    with translation.override("en"):
        assert "25.00" in queries.describe(queries.entries().get())


def test_the_trial_balance_names_members_by_code(books: Books):
    open_member_account(member_code="T-08", holder=person("Eva"))
    books.earned("10")
    lines = [line.code for line in queries.trial_balance().lines]
    assert lines == ["2111", "4419.T-07"]
