"""Whatever somebody typed, no table that leaves the house holds a formula: CSV injection."""

import csv
from decimal import Decimal, InvalidOperation
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from catalog.models import Product
from coop.kit.lists import csv_answer
from ledger.models import JournalEntry
from ledger.reports.statements import STATEMENTS
from ledger.services import add_account
from orders.shop.wholesale_files import template
from tests.factories.ledger import DAY, Books
from tests.factories.shop import Shop
from tests.ledger.test_office import sign_in

pytestmark = pytest.mark.django_db
Kind = JournalEntry.Kind
#: As spreadsheets take them: also behind a blank, a tab, a semicolon, or written wide.
EVIL = [
    '=HYPERLINK("http://x.example")', "+1+1", "-2+3", "@SUM(A1)", " =1+1", "\t=1", "a;=1+1", "＝1",
]  # fmt: skip


def is_plain(cell: str) -> bool:
    """Whether a spreadsheet takes a cell for words, a figure or a day, whatever splits its row."""
    for part in cell.split(";"):
        told = part.strip(" \n\r")
        try:
            Decimal(told.replace(",", ""))
        except InvalidOperation:
            if told[:1] in {"=", "+", "-", "@", "\t", "＝", "＋", "－", "＠"}:
                return False
    return True


def cells(told: str) -> list[str]:
    """Every cell of a table."""
    return [cell for row in csv.reader(StringIO(told.lstrip("\ufeff"))) for cell in row]


@pytest.mark.parametrize("evil", EVIL)
def test_a_cell_that_begins_like_a_formula_is_made_words(evil: str):
    answer = csv_answer("x", [evil, "head"], [[evil, Decimal("-5.00")]])

    found = cells(answer.content.decode("utf-8-sig"))
    assert all(is_plain(one) for one in found)
    assert found[3] == "-5.00"


@pytest.fixture
def busy(books: Books) -> Books:
    """Books in which everything that can be typed is a formula."""
    evil = EVIL[0]
    account = add_account(
        code="63981",
        name_es=evil,
        name_en=evil,
        kind="expense",
        currency="PEN",
        actor=books.treasurer,
    )
    books.put_in_cash("1000")
    books.rosa.first_name = "=1+1"
    books.rosa.save()
    books.earned("40", memo="@SUM(1)")
    books.post(account, "supplier", "10", memo=evil)
    books.request("5", purpose="+51 999", reference="=r")
    return books


@pytest.fixture
def treasurer(busy: Books) -> Client:
    return sign_in(busy.treasurer)


def checked(answer: HttpResponse) -> None:
    """Every cell of a CSV that a page gave."""
    assert answer["Content-Type"].startswith("text/csv")
    found = cells(answer.content.decode("utf-8-sig"))
    assert len(found) > 3
    assert [one for one in found if not is_plain(one)] == []


@pytest.mark.parametrize("key", STATEMENTS)
def test_no_report_holds_a_formula(treasurer: Client, key: str):
    page = reverse("reports_office:report", args=[key])
    query = {"until": str(DAY), "account": "63981"}

    checked(treasurer.get(page, query | {"as": "csv"}))
    sheet = load_workbook(BytesIO(treasurer.get(page, query | {"as": "xlsx"}).content)).active
    assert [
        cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
    ] == []


@pytest.mark.parametrize("name", ["journal", "trial", "payments"])
def test_no_list_of_the_books_holds_a_formula(treasurer: Client, name: str):
    checked(treasurer.get(reverse(f"ledger_office:{name}"), {"as": "csv"}))


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_exported_books_hold_no_formula(busy: Books, tmp_path: Path, form: str):
    file = tmp_path / f"books.{form}"

    call_command("export_ledger", format=form, output=str(file), stderr=StringIO())

    if form == "csv":
        found = cells(file.read_text("utf-8-sig"))
        assert any("HYPERLINK" in one for one in found)
        assert [one for one in found if not is_plain(one)] == []
        return
    book = load_workbook(file)
    told = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert any("HYPERLINK" in str(one.value) for one in told)
    assert [one.coordinate for one in told if one.data_type == "f"] == []


def test_the_list_for_hotels_holds_no_formula(shop: Shop):
    Product.objects.update(name_es=EVIL[0], name_en=EVIL[0])

    found = [
        cell
        for row in csv.reader(StringIO(template().lstrip("\ufeff")), delimiter=";")
        for cell in row
    ]

    assert any("HYPERLINK" in one for one in found)
    assert [one for one in found if not is_plain(one)] == []
