"""The reports in the office: who reads them, in which forms, and what they say."""

import csv
from io import BytesIO, StringIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from coop.kit.pdf import can_make
from ledger.models import JournalEntry
from ledger.reports.statements import STATEMENTS
from tests.factories.ledger import DAY, Books, person, soles
from tests.ledger.test_office import sign_in

pytestmark = pytest.mark.django_db
Kind = JournalEntry.Kind


def at(key: str) -> str:
    return reverse("reports_office:report", args=[key])


@pytest.fixture
def busy(books: Books) -> Books:
    books.put_in_cash("1000")
    books.earned("100")
    books.pay("40")
    books.post("receivable", "sales", "250", kind=Kind.SALE)
    return books


@pytest.fixture
def treasurer(busy: Books) -> Client:
    return sign_in(busy.treasurer)


def text(response) -> str:
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


@pytest.mark.parametrize("key", STATEMENTS)
@pytest.mark.parametrize("compare", ["", "before", "year"])
def test_every_report_opens_in_every_form(treasurer: Client, key: str, compare: str):
    query = {"until": str(DAY), "compare": compare, "account": "1011"}

    page = treasurer.get(at(key), query)
    table = treasurer.get(at(key), query | {"as": "csv"})
    sheet = treasurer.get(at(key), query | {"as": "xlsx"})

    assert page.status_code == 200
    assert "report-table" in page.content.decode() or key == "budget"
    rows = list(csv.reader(StringIO(table.content.decode("utf-8-sig"))))
    its = load_workbook(BytesIO(sheet.content)).active
    assert len({len(row) for row in rows}) == 1
    assert its.max_row == len(rows)
    assert its.max_column == len(rows[0])
    if can_make():
        paper = treasurer.get(at(key), query | {"as": "pdf"})
        assert paper["Content-Type"] == "application/pdf"
        assert (
            b"pdfuaid" in PdfReader(BytesIO(paper.content)).trailer["/Root"]["/Metadata"].get_data()
        )


def test_the_page_of_reports_says_what_each_answers(treasurer: Client):
    page = text(treasurer.get(reverse("reports_office:index")))
    for one in STATEMENTS.values():
        assert str(one.key) in page
    assert "Where did our money come from, and where did it go?" in page


def test_who_may_not_read_the_books_reads_no_report(busy: Books):
    client = sign_in(person("Stora", "storekeeper"))
    for key in STATEMENTS:
        assert client.get(at(key)).status_code in {302, 403}
    assert sign_in(busy.rosa).get(at("places")).status_code in {302, 403}
    assert sign_in(person("Aud", "auditor")).get(at("places")).status_code == 200


def test_a_day_that_makes_no_sense_is_said_and_loses_nothing(treasurer: Client):
    page = treasurer.get(at("income-statement"), {"since": "soon", "until": "2999-01-01"})
    assert page.status_code == 200
    assert {"since", "until"} <= set(page.context["form"].errors)
    turned = treasurer.get(at("income-statement"), {"since": "2026-05-01", "until": "2026-04-01"})
    assert "The first day comes after the last." in text(turned)
    assert treasurer.get(at("nothing-of-ours")).status_code == 404


def test_an_account_is_asked_for(treasurer: Client):
    assert "Choose an account." in text(treasurer.get(at("account")))


def test_the_account_has_its_balance_after_each_line(treasurer: Client):
    page = text(treasurer.get(at("account"), {"account": "1011", "until": str(DAY)}))
    assert "S/ 1,000.00" in page
    assert "S/ 960.00" in page
    assert "It agrees: The last balance" in page


def test_nothing_that_somebody_wrote_is_a_formula(busy: Books, treasurer: Client):
    evil = '=HYPERLINK("http://x.example")'
    busy.post("rent", "supplier", "10", memo=evil)
    busy.rosa.first_name = "=1+1"
    busy.rosa.save()
    for key in ("journal", "members", "payables", "trial-balance"):
        sheet = treasurer.get(at(key), {"until": str(DAY), "as": "xlsx"})
        for row in load_workbook(BytesIO(sheet.content)).active.iter_rows():
            assert all(cell.data_type != "f" for cell in row)
        table = treasurer.get(at(key), {"until": str(DAY), "as": "csv"})
        for row in csv.reader(StringIO(table.content.decode("utf-8-sig"))):
            assert not any(cell.startswith("=") for cell in row)


def test_amounts_in_a_table_are_plain_figures_with_their_currency(treasurer: Client):
    sheet = treasurer.get(at("balance-sheet"), {"until": str(DAY), "as": "xlsx"})
    rows = list(load_workbook(BytesIO(sheet.content)).active.iter_rows(values_only=True))
    assert rows[0][1] == "Currency"
    told = {row[0]: row[1:] for row in rows}
    assert told["All that we have"][0] == "PEN"
    assert told["All that we have"][1] == float(soles("1310").amount)


def test_a_table_has_every_row_of_its_report(busy: Books, treasurer: Client, monkeypatch):
    monkeypatch.setattr("coop.kit.lists.MOST_ROWS", 2)
    table = treasurer.get(at("journal"), {"until": str(DAY), "as": "csv"})
    rows = list(csv.reader(StringIO(table.content.decode("utf-8-sig"))))
    assert len(rows) > 12
    assert rows[-1][2].startswith("Sum in PEN")


def test_what_is_too_long_is_said(busy: Books, treasurer: Client, monkeypatch):
    monkeypatch.setattr("ledger.reports.statements.journal.MOST", 1)
    for key in ("journal", "account"):
        page = text(treasurer.get(at(key), {"until": str(DAY), "account": "1011"}))
        assert "a report has at most 1. Choose fewer days" in page
    answer = treasurer.get(at("journal"), {"until": str(DAY), "as": "csv"})
    assert answer["Content-Type"].startswith("text/html")
