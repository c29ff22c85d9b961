"""A budget: what is meant for a month or a year, and what came of it."""

from datetime import date

import pytest
from django.urls import reverse
from djmoney.money import Money

from ledger.models import JournalEntry
from ledger.reports.asked import Asked
from ledger.reports.errors import NotABudget, NotOfResult
from ledger.reports.models import BudgetLine
from ledger.reports.services import write_budget
from ledger.reports.spans import Span
from ledger.reports.statements import budget
from ledger.reports.valuing import House
from tests.factories.ledger import Books, person, soles
from tests.ledger.test_office import sign_in

pytestmark = pytest.mark.django_db
Kind = JournalEntry.Kind


def mean(
    books: Books, role: str, amount: str, month: int = 0, year: int = 2026
) -> BudgetLine | None:
    return write_budget(
        account=books.account(role),
        year=year,
        month=month,
        amount=soles(amount),
        actor=books.treasurer,
    )


def planned(books: Books, role: str, since: date, until: date) -> str:
    minor = budget.planned(House(), Span(until, since)).get(books.account(role).pk, 0)
    return f"{minor / 100:.2f}"


def test_twelfths_make_the_whole_year_to_the_cent(books: Books):
    mean(books, "rent", "1000.00")
    months = [
        planned(books, "rent", date(2026, month, 1), date(2026, month, 28))
        for month in range(1, 13)
    ]
    assert set(months) == {"83.33", "83.34"}
    assert sum(round(float(one) * 100) for one in months) == 100000
    assert planned(books, "rent", date(2026, 1, 1), date(2026, 12, 31)) == "1000.00"
    assert planned(books, "rent", date(2025, 7, 1), date(2026, 3, 2)) == "250.00"


def test_a_month_has_its_own_amount_beside_the_years(books: Books):
    mean(books, "rent", "1200")
    mean(books, "rent", "50", month=3)
    assert planned(books, "rent", date(2026, 3, 1), date(2026, 3, 31)) == "150.00"
    assert planned(books, "rent", date(2026, 4, 1), date(2026, 4, 30)) == "100.00"


def test_meant_and_come_of_it_stand_side_by_side(books: Books):
    mean(books, "sales", "1200")
    mean(books, "rent", "600")
    books.post("receivable", "sales", "500", kind=Kind.SALE, day=date(2026, 2, 1))
    books.post("rent", "supplier", "250", day=date(2026, 3, 1))
    report = budget.build(Asked(until=date(2026, 6, 30), since=date(2026, 1, 1)))
    told = {row.cells[0]: row.cells[1:5] for row in report.rows if row.level != "heading"}
    assert told["Ventas de piezas"] == (soles("600"), soles("500"), soles("-100"), "83 %")
    assert told["Alquiler del taller"] == (soles("300"), soles("250"), soles("-50"), "83 %")
    result = next(row for row in report.rows if row.level == "total")
    assert result.cells[1:4] == (soles("300"), soles("250"), soles("-50"))


def test_writing_again_changes_and_zero_takes_away(books: Books):
    mean(books, "rent", "100", month=2)
    mean(books, "rent", "120", month=2)
    assert BudgetLine.objects.get().amount == soles("120")
    assert mean(books, "rent", "0", month=2) is None
    assert not BudgetLine.objects.exists()


def test_what_no_budget_can_be_is_refused(books: Books):
    with pytest.raises(NotOfResult):
        mean(books, "bank", "10")
    for wrong in ({"year": 1999}, {"month": 13}):
        with pytest.raises(NotABudget):
            mean(books, "rent", "10", **wrong)
    for amount in (soles("-1"), Money("1", "USD")):
        with pytest.raises(NotABudget):
            write_budget(
                account=books.account("rent"),
                year=2026,
                month=1,
                amount=amount,
                actor=books.treasurer,
            )
    assert not BudgetLine.objects.exists()


def test_the_treasurer_writes_it_and_others_read_it(books: Books):
    at = reverse("reports_office:budget-lines")
    client = sign_in(books.treasurer)
    rent = books.account("rent")
    values = {"account": rent.pk, "year": 2026, "month": 3, "amount": "180.50"}

    wrong = client.post(
        at, values | {"account": books.account("bank").pk, "amount": "x", "year": "1"}
    )
    assert set(wrong.context["form"].errors) == {"account", "amount", "year"}
    assert client.post(at, values).status_code == 302

    line = BudgetLine.objects.get()
    assert (line.amount, line.month, line.written_by) == (soles("180.50"), 3, books.treasurer)
    auditor = sign_in(person("Aud", "auditor"))
    page = auditor.get(at, {"year": "2026"}).content.decode()
    assert "Workshop rent" in page or "Alquiler del taller" in page
    assert '<form class="office-form' not in page
    assert auditor.post(at, values | {"amount": "1"}).status_code == 200
    assert BudgetLine.objects.get() == line
    assert client.get(at, {"year": "9999999"}).status_code == 200
