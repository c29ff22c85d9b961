"""What was changed beside the journal: told in plain words, with the way to its page, for whoever
reads the books.
"""

import json
from datetime import date

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from coop.people.services import speak
from ledger import naming
from ledger.bank.models import BankLine, SaidSame, Statement
from ledger.bank.services import say_same, withdraw_statement
from ledger.cash.models import Box
from ledger.models import Payment, RowTrace
from ledger.queries import changes, told_changes
from ledger.queries.changes import Change
from ledger.reports.models import BudgetLine, FlowMark
from ledger.services import add_voucher, request_closing, void_closing, void_payment
from ledger.traces import traced
from tests.bank.test_overlaps import FIRST, bring
from tests.factories.ledger import Books, person
from tests.ledger.test_by_hand import photo
from tests.ledger.test_office import sign_in

pytestmark = pytest.mark.django_db
NBSP = "\N{NO-BREAK SPACE}"
PAGE = reverse("ledger_office:changes")


def told(table: str) -> list[Change]:
    with translation.override("en"):
        return [one for one in told_changes(list(changes())) if one.trace.table == table]


def void(books: Books, amount: str = "5") -> Payment:
    payment = books.request(amount)
    void_payment(payment=payment, actor=books.president, reason="Twice.")
    return payment


def written(verb: str, table: str, key: object, row: dict[str, object]) -> None:
    """A trace as the database writes it."""
    RowTrace.objects.create(
        table=table, key=str(key), verb=verb, row=json.dumps(row), salt="x", at=timezone.now()
    )


def test_a_payment_is_named_by_whom_it_pays_how_much_and_for_what(books: Books):
    books.earned("20")
    payment = void(books)

    [change] = told("ledger_payment")

    assert change.sort == "Payment"
    assert change.what == f"S/{NBSP}5.00 to Rosa: March"
    assert payment.reference not in change.what
    assert change.url == reverse("ledger_office:payment", args=[payment.pk])


def test_what_belongs_to_a_payment_leads_there(books: Books):
    """Such as a signature that somebody changed behind the application's back."""
    books.earned("20")
    payment = books.request("5")
    row = {"id": 77, "payment_id": payment.pk, "signer_id": books.rosa.pk}
    written("insert", "ledger_approval", 77, row)
    written("update", "ledger_approval", 77, row | {"signer_id": books.president.pk})

    [change] = told("ledger_approval")

    assert (change.sort, change.what) == ("Signature", f"S/{NBSP}5.00 to Rosa: March")
    assert [one[1:] for one in change.columns] == [("Rosa", "Petra")], "people by their names"


def test_a_row_that_is_gone_leads_nowhere_and_keeps_the_name_that_it_had(books: Books):
    row = {"id": 99, "reference": "pay:99", "status": "void"}
    written("insert", "ledger_payment", 99, row)
    written("delete", "ledger_payment", 99, row)

    [change] = told("ledger_payment")

    assert (change.what, change.url, change.is_deletion) == ("pay:99", "", True)


def test_a_photograph_leads_to_the_entry_that_it_proves(books: Books):
    entry = books.earned("20")
    add_voucher(entry=entry, file=photo(), actor=books.treasurer)

    [change] = told("ledger_voucher")

    assert change.url == reverse("ledger_office:entry", args=[entry.pk])
    assert "20" in change.what


def test_a_statement_and_a_line_of_it_lead_to_their_pages(books: Books):
    bank = books.account("bank")
    bring(bank, FIRST, (9, "COMPRA", "-20.00"))
    one = Statement.objects.get()
    withdraw_statement(statement=one, reason="Wrong place.", actor=books.treasurer)
    line = BankLine.objects.get(text="COMPRA")
    written("update", "bank_bankline", line.pk, {"id": line.pk, "text": "VENTA"})

    [statement], [of_line] = told("bank_statement"), told("bank_bankline")

    assert statement.what == "1: 1041 Bank, 1 Mar 2026 – 9 Mar 2026"
    assert statement.url == reverse("bank_office:statement", args=[1])
    assert ("why it was withdrawn", "", "Wrong place.") in statement.columns
    assert ("withdrawn by", "", "Tomasa") in statement.columns
    assert of_line.what == f"9 Mar 2026, COMPRA, \N{MINUS SIGN}S/{NBSP}20.00"
    assert of_line.url == reverse("bank_office:line", args=[1, line.pk])


def test_what_only_helps_along_is_not_told(books: Books):
    cash = books.account("cash")
    for verb in ("insert", "update"):
        written(verb, FlowMark._meta.db_table, cash.pk, {"account_id": cash.pk, "seq": len(verb)})

    assert told(FlowMark._meta.db_table) == []


def test_a_column_more_is_no_change_and_another_value_is(books: Books):
    """A migration takes every row up anew: only what it found otherwise than before is told."""
    row = {"id": 5, "reference": "pay:5", "status": "paid"}
    for key in (5, 6):
        written("insert", "ledger_payment", key, row | {"id": key})
    written("found", "ledger_payment", 5, row | {"means": ""})
    written("found", "ledger_payment", 6, row | {"id": 6, "status": "void", "means": ""})
    written("found", "ledger_payment", 7, row | {"id": 7})

    assert [one.trace.key for one in told("ledger_payment")] == ["6"]


def test_every_table_of_the_books_has_a_name_or_only_helps_along():
    """So that a new table is thought of: `ledger.naming`."""
    known = {*naming._namers, *naming._parts, *naming.passing_tables()}
    assert {one.table for one in traced()} - known == set()
    for field in naming._parts.values():
        assert field.related_model._meta.db_table in naming._namers


@pytest.fixture
def everything(books: Books) -> Client:
    """A change of many kinds, and somebody who reads the books and does nothing else."""
    books.earned("20")
    books.put_in_cash("50")
    void(books)
    account = books.account("rent")
    account.name_es = "Alquiler nuevo"
    account.save()
    books.open_box()
    bank = books.account("bank")
    bring(bank, FIRST, (9, "COMPRA", "-20.00"))
    bring(bank, (9, "BODEGA", "-20.00"), (12, "Fin", "1.00"))
    lines = [BankLine.objects.get(text=one) for one in ("COMPRA", "BODEGA")]
    say_same(line=lines[0], other=lines[1], actor=books.treasurer)
    budget = BudgetLine.objects.create(
        account=account, year=2026, amount_minor=500, written_by=books.treasurer
    )
    for row in (lines[0], SaidSame.objects.get(), Box.objects.get(), budget, books.publish()):
        key = row.pk
        kept = json.loads(RowTrace.objects.filter(table=row._meta.db_table, key=key).last().row)
        written("update", row._meta.db_table, key, kept | {"at": "another"})
    auditor = person("Aurora", "auditor")
    speak(user=auditor, language="en")
    return sign_in(auditor)


def test_every_link_opens_for_who_only_reads(everything: Client):
    page = everything.get(PAGE)
    rows = page.context["rows"]
    urls = [one.url for one in rows]
    assert len(set(urls)) >= 7
    assert all(urls), [one.what for one in rows if not one.url]
    for url in urls:
        assert everything.get(url).status_code == 200, url
        assert f'href="{url}"' in page.content.decode()


def test_who_does_not_read_the_books_reads_nothing_of_it(everything: Client, books: Books):
    refused = sign_in(books.rosa).get(PAGE)
    assert refused.status_code in {302, 403}
    assert "Alquiler nuevo" not in refused.content.decode()


def test_three_changes_cost_the_queries_of_one(books: Books, django_assert_num_queries):
    books.earned("90")
    void(books)
    first = list(changes())
    for amount in ("6", "7"):
        void(books, amount)
    every = list(changes())
    with django_assert_num_queries(3):
        assert len(told_changes(first)) == 1
    with django_assert_num_queries(3):
        assert len(told_changes(every)) == 3


def test_no_name_is_asked_for_that_no_model_has():
    tables = {one._meta.db_table for one in apps.get_models()}
    assert {*naming._namers, *naming._parts, *naming.passing_tables()} <= tables


def test_values_are_told_as_people_write_them(books: Books):
    """Not as a database keeps them: amounts with their decimals, days by the calendar."""
    row = {"id": 5, "opening_minor": 0, "first_day": "2026-03-01", "withdrawn_at": None}
    written("insert", "bank_statement", 5, row)
    changed = {"opening_minor": 123456, "first_day": "2026-03-02"}
    moment = {"withdrawn_at": "2026-03-05T15:00:00+00:00"}
    written("update", "bank_statement", 5, row | changed | moment)

    [change] = told("bank_statement")

    assert change.columns == [
        ("first day", "1 Mar 2026", "2 Mar 2026"),
        ("opening balance", "0.00", "1234.56"),
        ("withdrawn at", "", "5 Mar 2026, 10:00"),
    ]


def test_a_closing_is_named_by_its_day(books: Books):
    closing = request_closing(last_day=date(2026, 3, 31), actor=books.treasurer)
    void_closing(closing=closing, actor=books.treasurer, reason="Too early.")

    [change] = told("ledger_closing")

    assert change.what == "until 31 March 2026"
    assert change.url == reverse("ledger_office:closing", args=[closing.pk])
