"""Files of the same days: a movement that the bank calls by other words is there once; where that
cannot be known, it is kept twice and told.
"""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.kit.audit import findings
from ledger.bank.models import BankLine, Statement
from ledger.bank.remarks import say_all
from ledger.bank.services import import_file
from ledger.bank.services.importing import Imported
from ledger.models import Account
from tests.bank.files import csv, xlsx

pytestmark = pytest.mark.django_db
HEAD = "Fecha;Detalle;Monto"


def bring(bank: Account, *rows: tuple[int, str, str], name: str = "m.csv") -> Imported:
    """A file of movements by day of March."""
    lines = [f"2026-03-{day:02};{text};{amount}" for day, text, amount in rows]
    [found] = import_file(data=csv(*lines, head=HEAD), name=name, account=bank, actor=None)
    return found


def there() -> list[tuple[int, str]]:
    return [(one.day.day, one.text) for one in BankLine.objects.order_by("day", "pk")]


FIRST, LAST = (1, "Inicio", "1.00"), (9, "Fin", "1.00")


def test_a_movement_under_another_name_in_a_whole_day_is_the_same(bank):
    bring(bank, FIRST, (5, "COMPRA PENDIENTE", "-20.00"), LAST)

    again = bring(bank, FIRST, (5, "BODEGA DOÑA ROSA", "-20.00"), LAST)

    assert (again.new, again.known) == (0, 3)
    assert there() == [(1, "Inicio"), (5, "COMPRA PENDIENTE"), (9, "Fin")]
    assert findings() == []


def test_it_is_told_with_both_names(bank):
    bring(bank, FIRST, (5, "COMPRA PENDIENTE", "-20.00"), LAST)

    again = bring(bank, FIRST, (5, "BODEGA", "-20.00"), (8, "Nuevo", "3.00"), (10, "Más", "1.00"))

    assert (again.new, again.known) == (2, 2)
    told = say_all(again.statement.remarks)
    assert told[0].startswith("Line 3, “BODEGA”, is here already as “COMPRA PENDIENTE”")
    assert again.statement.mentions.count() == 4


def test_on_the_first_and_last_day_of_a_file_nobody_can_know(bank):
    """The bank may have cut either file within that day: both are kept, and it is told."""
    bring(bank, FIRST, (9, "COMPRA", "-20.00"))

    again = bring(bank, (9, "BODEGA", "-20.00"), (12, "Fin", "1.00"))

    assert (again.new, there()[1:3]) == (2, [(9, "COMPRA"), (9, "BODEGA")])
    assert "looks like one that is here already" in say_all(again.statement.remarks)[0]


def test_one_more_of_an_amount_on_a_day_is_another_movement(bank):
    """Two where there was one: nobody could say which of them is new."""
    bring(bank, FIRST, (5, "COMPRA", "-20.00"), LAST)

    again = bring(bank, FIRST, (5, "BODEGA", "-20.00"), (5, "TIENDA", "-20.00"), LAST)

    assert (again.new, len(there())) == (2, 5)
    assert again.statement.remarks[0]["key"] == "looks_imported"


def test_a_twin_that_was_booked_late_is_new_beside_the_one_that_keeps_its_name(bank):
    bring(bank, FIRST, (5, "Feria", "20.00"), LAST)

    again = bring(bank, FIRST, (5, "Feria", "20.00"), (5, "Feria", "20.00"), LAST)

    assert (again.new, again.known) == (1, 3)
    assert again.statement.remarks == []


def test_another_amount_or_day_is_another_movement(bank):
    bring(bank, FIRST, (5, "COMPRA", "-20.00"), LAST)

    again = bring(bank, FIRST, (5, "BODEGA", "-20.01"), (6, "BODEGA", "-20.00"), LAST)

    assert (again.new, again.statement.remarks) == (2, [])


def test_a_workbook_of_days_that_a_table_told_adds_nothing(bank):
    bring(bank, FIRST, (5, "COMPRA", "-20.00"), LAST)
    sheet = xlsx(
        [
            ["Fecha", "Detalle", "Monto"],
            ["2026-03-01", "Inicio", 1],
            ["2026-03-05", "Compra con tarjeta", -20],
            ["2026-03-09", "Fin", 1],
        ]
    )

    [again] = import_file(data=sheet, name="m.xlsx", account=bank, actor=None)

    assert (again.new, Statement.objects.count()) == (0, 1)


def test_what_the_bank_numbers_on_both_sides_is_never_taken_for_the_same(bank):
    def numbered(number: str) -> Imported:
        rows = [f"2026-03-{day:02};x;{amount};{key}" for day, amount, key in
                ((1, "1.00", "a"), (5, "-20.00", number), (9, "1.00", "b"))]  # fmt: skip
        data = csv(*rows, head="Fecha;Detalle;Monto;Transaction ID")
        [found] = import_file(data=data, name="m.csv", account=bank, actor=None)
        return found

    numbered("n1")
    again = numbered("n2")

    assert (again.new, again.statement.remarks) == (1, [])


def test_many_renamed_movements_are_told_in_a_bounded_list(bank):
    amounts = [f"{10 + place}.00" for place in range(30)]
    bring(bank, FIRST, *[(5, f"A{place}", amount) for place, amount in enumerate(amounts)], LAST)

    again = bring(
        bank, FIRST, *[(5, f"B{place}", amount) for place, amount in enumerate(amounts)], LAST,
        (10, "Más", "1.00"),
    )  # fmt: skip

    assert again.new == 1
    told = say_all(again.statement.remarks)
    assert len(told) == 21
    assert told[-1] == "and 10 lines more that are here under other words."


movements = st.lists(
    st.tuples(st.integers(2, 8), st.sampled_from(["A", "B", "C"]), st.sampled_from(["5.00", "7.00"])),
    max_size=8,
)  # fmt: skip


@given(month=movements, names=st.permutations(["A", "B", "C"]))
def test_whatever_is_renamed_no_amount_of_a_whole_day_is_there_more_often(
    books, month: list[tuple[int, str, str]], names: list[str]
):
    from django.db import transaction

    bank = books.account("bank")
    renamed = dict(zip("ABC", names, strict=True))
    other = [(day, renamed[text], amount) for day, text, amount in month]
    with transaction.atomic():
        for rows in (month, other, month):
            bring(bank, FIRST, *sorted(rows), LAST)
        expected = Counter((day, amount) for day, _text, amount in [FIRST, *month, LAST])
        found = Counter(
            (day.day, f"{minor / 100:.2f}")
            for day, minor in BankLine.objects.values_list("day", "amount_minor")
        )
        assert found == expected
        transaction.set_rollback(True)
