"""One to many and many to one, found by the software itself: twins, near misses, and bounds."""

from datetime import date, timedelta

import pytest

from ledger.bank.models import BankLine
from ledger.bank.queries.proposing import propose
from ledger.bank.queries.suggesting import MOST_LINES, Board, board
from ledger.bank.queries.sums import STEPS, STEPS_IN_ALL, Steps, sums_to
from ledger.bank.remarks import say_all
from ledger.bank.services import import_file, match_suggested
from ledger.models import JournalEntry
from ledger.services import NewEntry, credit, debit, post_entries
from tests.bank.files import csv
from tests.bank.test_office import at
from tests.factories.ledger import Books, soles
from tests.ledger.test_office import sign_in

Kind = JournalEntry.Kind
FIRST = date(2026, 3, 2)


@pytest.fixture
def tell(bank):
    """The bank tells of amounts by day of March; then what may belong together."""

    def told(*rows: tuple[int, str, str]) -> Board:
        lines = [f"2026-03-{day:02};{text};{amount}" for day, text, amount in rows]
        data = csv(*lines, head="Fecha;Detalle;Monto")
        import_file(data=data, name="m.csv", account=bank, actor=None)
        return board(bank)

    return told


@pytest.fixture
def sold(books: Books):
    """Sales that were paid, by day of March; their keys."""

    def write(*rows: tuple[int, str]) -> list[int]:
        return [
            books.post(
                "bank", "receivable", amount, kind=Kind.RECEIVABLE_SETTLED,
                day=date(2026, 3, day),
            ).pk
            for day, amount in rows
        ]  # fmt: skip

    return write


def sides(found: Board) -> list[tuple[int, list[int]]]:
    """How many lines, and which entries, each suggestion has."""
    return [
        (len(one.lines), sorted(side.entry.pk for side in one.sides)) for one in found.suggestions
    ]


@pytest.mark.django_db
def test_one_deposit_is_seven_sales_of_a_day(books: Books, sold, tell):
    sales = sold(*[(9, f"{amount}.30") for amount in (11, 12, 13, 14, 15, 16, 17)])
    sold((8, "12.30"), (10, "15.30"))

    found = tell((10, "Depósito", "100.10"))

    assert sides(found) == [(1, sorted(sales))]
    assert say_all(found.suggestions[0].reasons) == ["7 together make it up", "1 day apart"]
    match_suggested(found.suggestions, actor=books.treasurer)
    assert not BankLine.objects.standing().still_open().exists()


@pytest.mark.django_db
def test_one_deposit_is_sales_of_several_days_if_only_they_make_it_up(sold, tell):
    week = [(day, f"{10 + day * day}.{day}0") for day in range(3, 10)]
    sales = sold(*week)
    sold((5, "780.80"), (8, "1.07"))

    found = tell((10, "Depósito", "354.20"))

    assert sides(found) == [(1, sorted(sales))]


@pytest.mark.django_db
def test_seven_instalments_are_one_sale(sold, tell):
    [sale] = sold((12, "70.00"))

    found = tell(*[(day, "Cuota", "10.00") for day in range(6, 13)])

    # Seven alike: there is but one way to take them all.
    assert sides(found) == [(7, [sale])]


@pytest.mark.django_db
def test_instalments_of_a_day_are_one_sale(sold, tell):
    [sale] = sold((12, "60.00"))

    found = tell(*[(11, f"Cuota {n}", "10.00") for n in range(6)])

    assert sides(found) == [(6, [sale])]


@pytest.mark.django_db
@pytest.mark.parametrize("amount", ["60.01", "59.99"])
def test_a_centimo_more_or_less_is_no_sum(sold, tell, amount: str):
    sold((9, "10.00"), (9, "20.00"), (9, "30.00"))

    assert tell((10, "Depósito", amount)).suggestions == []


@pytest.mark.django_db
def test_twins_that_could_stand_for_each_other_are_not_guessed(sold, tell):
    """10 and one of two twenties make 30: nobody could say which."""
    sold((8, "10.00"), (9, "20.00"), (9, "20.00"))

    assert tell((10, "Depósito", "30.00")).suggestions == []


@pytest.mark.django_db
def test_both_twins_together_are_no_guess(sold, tell):
    sales = sold((9, "20.00"), (9, "20.00"))

    assert sides(tell((10, "Depósito", "40.00"))) == [(1, sorted(sales))]


@pytest.mark.django_db
def test_an_equal_amount_comes_before_a_sum(sold, tell):
    sold((9, "10.00"), (9, "20.00"))
    [equal] = sold((8, "30.00"))

    assert sides(tell((10, "Depósito", "30.00"))) == [(1, [equal])]


@pytest.mark.django_db
def test_sales_of_another_month_make_no_sum(sold, tell):
    sold((1, "10.00"), (1, "20.00"))

    assert tell((25, "Depósito", "30.00")).suggestions == []


@pytest.mark.django_db
def test_what_is_taken_by_one_sum_is_free_for_no_other(sold, tell):
    sold((9, "10.00"), (9, "20.00"))

    found = tell((10, "Depósito A", "30.00"), (11, "Depósito B", "30.00"))

    assert len(found.suggestions) == 1


# Sure ---------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_amount_and_day_alone_are_never_sure(sold, tell):
    sold((9, "30.00"))

    assert tell((10, "Depósito", "30.00")).sure == []


@pytest.mark.django_db
def test_a_number_on_both_is_sure_even_among_twins(books: Books, tell):
    for number in ("77123", "77124"):
        books.post(
            "bank", "receivable", "30", kind=Kind.RECEIVABLE_SETTLED, memo=f"#{number}",
            day=date(2026, 3, 9),
        )  # fmt: skip

    found = tell((10, "Op 77124", "30.00"), (10, "Otro", "30.00"))

    assert [one.lines[0].text for one in found.sure] == ["Op 77124"]


@pytest.mark.django_db
def test_a_number_that_stands_on_two_is_not_sure(books: Books, tell):
    for _twice in range(2):
        books.post(
            "bank", "receivable", "30", kind=Kind.RECEIVABLE_SETTLED, memo="#77123",
            day=date(2026, 3, 9),
        )  # fmt: skip

    assert tell((10, "Op 77123", "30.00")).sure == []


@pytest.mark.django_db
def test_a_sum_is_never_sure(sold, tell):
    sold((9, "10.00"), (9, "20.00"))

    found = tell((10, "Depósito", "30.00"))

    assert found.suggestions
    assert found.sure == []


# Bounds -------------------------------------------------------------------------------------------
def test_all_sums_of_a_page_together_take_no_more_than_their_steps():
    items = [(key, 1000 + key * 7, FIRST) for key in range(18)]
    steps = Steps()

    for target in range(5_000, 5_400):
        sums_to(target, items, steps)

    assert steps.taken <= STEPS_IN_ALL + STEPS
    assert sums_to(1000 + 1007, items, steps) == []
    assert sums_to(1000 + 1007, items[:3]) == [0, 1]


@pytest.mark.django_db
def test_a_statement_of_2000_lines_and_postings_stays_bounded(
    books: Books, bank, django_assert_max_num_queries
):
    """Whatever it holds: so many candidates, so many steps, so many queries."""
    books.treasurer.language = "en"
    books.treasurer.save()
    receivable = books.account("receivable")
    post_entries(
        NewEntry(
            day=FIRST + timedelta(days=place % 28),
            kind=Kind.RECEIVABLE_SETTLED,
            memo="",
            lines=[
                debit(bank, soles(f"{3 + place % 97}.{place % 90:02}")),
                credit(receivable, soles(f"{3 + place % 97}.{place % 90:02}")),
            ],
            reference=f"many:{place}",
            created_by=books.treasurer,
        )
        for place in range(2000)
    )
    rows = [
        f"{FIRST + timedelta(days=place % 28)};Venta {place};{5 + place % 89}.{place % 77:02}"
        for place in range(2000)
    ]
    data = csv(*rows, head="Fecha;Detalle;Monto")
    import_file(data=data, name="m.csv", account=bank, actor=None)

    with django_assert_max_num_queries(20):
        found = board(bank)
        propose(found)
    assert len(found.lines) == MOST_LINES
    assert len(found.sides) <= 400
    assert found.steps <= STEPS_IN_ALL + STEPS

    client = sign_in(books.treasurer)
    with django_assert_max_num_queries(60):
        page = client.get(at("statement", 1))
    assert page.content.decode().count("data-bank-row") == 60
    assert page.content.decode().count("data-bank-side") <= 120
