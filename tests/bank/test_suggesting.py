"""What may belong together, and why: amount, day, reference, who, what was learned; sums."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.bank.models import BankLine
from ledger.bank.queries.proposing import propose
from ledger.bank.queries.suggesting import Board, board
from ledger.bank.queries.sums import sums_to
from ledger.bank.remarks import say_all
from ledger.bank.services import import_file, match_lines, write_entry
from ledger.models import JournalEntry
from ledger.services import pay_payment
from tests.bank.files import csv
from tests.factories.ledger import DAY

Kind = JournalEntry.Kind
HEAD = "Fecha;Detalle;Monto;Referencia"


@pytest.fixture
def tell(bank):
    """The bank tells of these; then what may belong together."""

    def told(*rows: str) -> Board:
        import_file(data=csv(*rows, head=HEAD), name="m.csv", account=bank, actor=None)
        return board(bank)

    return told


def came(books, amount: str, day: date = DAY, **more):
    return books.post("bank", "receivable", amount, kind=Kind.RECEIVABLE_SETTLED, day=day, **more)


def pairs(found: Board) -> list[tuple[list[str], list[int]]]:
    return [
        ([line.text for line in one.lines], [side.entry.pk for side in one.sides])
        for one in found.suggestions
    ]


@pytest.mark.django_db
def test_an_equal_amount_near_by_is_suggested_with_its_reasons(books, tell):
    entry = came(books, "120")

    found = tell("2026-03-12;Hotel;120;")

    assert pairs(found) == [(["Hotel"], [entry.pk])]
    assert say_all(found.suggestions[0].reasons) == ["same amount", "2 days apart"]


@pytest.mark.django_db
def test_an_equal_amount_far_away_needs_another_reason(books, tell):
    came(books, "120", memo="#104233")

    assert tell("2026-04-12;Hotel;120;").suggestions == []
    assert len(tell("2026-04-13;Hotel;120;0000104233").suggestions) == 1


@pytest.mark.django_db
def test_a_reference_wins_over_a_nearer_day(books, tell):
    came(books, "120", day=date(2026, 3, 11))
    meant = came(books, "120", day=date(2026, 3, 5), memo="#77123")

    found = tell("2026-03-11;Op 77123;120;")

    assert pairs(found) == [(["Op 77123"], [meant.pk])]


@pytest.mark.django_db
def test_twins_find_one_posting_each(books, tell):
    entries = [came(books, "20"), came(books, "20")]

    found = tell("2026-03-10;Feria;20;", "2026-03-10;Feria;20;")

    assert [one[1] for one in pairs(found)] == [[entries[0].pk], [entries[1].pk]]


@pytest.mark.django_db
def test_who_is_named_on_both_is_a_reason(books, tell, bank):
    payment = books.request(
        "20", from_account=bank, to_account=books.account("rent"), payee=None,
        payee_name="Eusebio Quispe", kind=Kind.EXPENSE_PAID,
    )  # fmt: skip
    pay_payment(payment=books.sign_twice(payment), actor=books.treasurer, on=DAY)

    found = tell("2026-03-10;TRANSF QUISPE EUSEBIO;-20;")

    assert "Quispe Eusebio is named on both" in say_all(found.suggestions[0].reasons)


@pytest.mark.django_db
def test_a_deposit_of_a_days_sales_is_their_sum(books, tell):
    entries = [came(books, amount) for amount in ("10", "20", "30")]
    came(books, "7", day=date(2026, 3, 8))

    found = tell("2026-03-11;Depósito;60;")

    assert pairs(found) == [(["Depósito"], [one.pk for one in entries])]
    assert say_all(found.suggestions[0].reasons) == ["3 together make it up", "1 day apart"]


@pytest.mark.django_db
def test_several_lines_make_up_one_posting(books, tell):
    entry = came(books, "60")

    found = tell("2026-03-10;Cuota;25;", "2026-03-11;Cuota;35;")

    assert pairs(found) == [(["Cuota", "Cuota"], [entry.pk])]


@pytest.mark.django_db
def test_a_sum_that_could_be_made_in_two_ways_is_not_guessed(books, tell):
    for amount, day in (("10", 8), ("20", 9), ("12", 9), ("18", 8)):
        came(books, amount, day=date(2026, 3, day))

    assert tell("2026-03-12;Depósito;30;").suggestions == []


@pytest.mark.django_db
def test_what_came_is_never_suggested_for_what_left(books, tell):
    came(books, "120")

    found = tell("2026-03-10;Hotel;-120;")

    assert found.suggestions == []


@pytest.mark.django_db
def test_a_charge_of_the_bank_is_proposed_by_its_word(books, tell):
    found = tell("2026-03-10;COMISION MANTENIMIENTO;-5;", "2026-03-10;Luz del Sur;-9;")

    [proposal] = propose(found).values()
    assert (proposal.kind, proposal.other) == (Kind.BANK_CHARGE, books.account("bank_charges"))
    assert say_all(proposal.reasons) == ["the bank says “comision”"]


@pytest.mark.django_db
def test_what_was_written_once_is_proposed_for_the_next_line_like_it(books, bank, tell):
    found = tell("2026-03-10;ABONO INTERESES AHORROS 03;4;")
    write_entry(
        line=found.lines[0], kind=Kind.HAND, other=books.account("sales"), actor=books.treasurer
    )

    found = tell("2026-04-10;ABONO INTERESES AHORROS 04;5;")

    [proposal] = propose(found).values()
    assert (proposal.kind, proposal.other) == (Kind.HAND, books.account("sales"))
    assert say_all(proposal.reasons)[0].endswith("1 time before")


@pytest.mark.django_db
def test_what_was_confirmed_makes_the_next_surer(books, bank, tell):
    first = came(books, "33")
    tell("2026-03-10;TITILACA LODGE SAC;33;")
    match_lines(
        lines=BankLine.objects.all(), postings=[first.postings.get(account=bank)],
        actor=books.treasurer,
    )  # fmt: skip
    came(books, "44", day=date(2026, 3, 20))

    found = tell("2026-04-09;TITILACA LODGE SAC;44;")

    assert "lines like this were" in " ".join(say_all(found.suggestions[0].reasons))


# Sums -----------------------------------------------------------------------------------------
amounts = st.lists(st.integers(1, 500), min_size=0, max_size=12)


@given(amounts=amounts, target=st.integers(1, 2000))
def test_a_sum_is_exact_whole_and_the_same_every_time(amounts: list[int], target: int):
    items = [
        (key, amount, date(2026, 3, 1) + timedelta(days=key % 3))
        for key, amount in enumerate(amounts)
    ]

    found = sums_to(target, items)

    assert found == sums_to(target, items)
    if found:
        assert len(found) == len(set(found)) >= 2
        assert sum(amounts[key] for key in found) == target
    assert sums_to(-target, [(key, -amount, day) for key, amount, day in items]) == found


def test_a_hopeless_sum_ends():
    items = [(key, 1000 + key, date(2026, 3, 1)) for key in range(400)]

    assert sums_to(999_983, items) == []
