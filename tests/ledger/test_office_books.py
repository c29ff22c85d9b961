"""The office's pages of the chart, rates from a table, grants and the result."""

from datetime import date
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation
from pypdf import PdfReader

from coop.kit.waiting import counted
from coop.people.models import User
from ledger import queries
from ledger import waiting as ours
from ledger.models import Account, ExchangeRate, Grant, GrantUse, SurplusDecision
from ledger.services import request_closing, sign_closing
from tests.factories.ledger import DAY, Books, close_period, soles
from tests.ledger.test_grants import granted, opened
from tests.ledger.test_office import at, sent, shown, sign_in
from tests.ledger.test_surplus import NOVEMBER, YEAR

__all__ = ["granted"]
pytestmark = pytest.mark.django_db
PAGES = ["hand", "write", "add-account", "rates-file", "grants", "new-grant", "result", "share"]


def english(books: Books) -> Client:
    books.treasurer.language = "en"
    books.treasurer.save()
    return sign_in(books.treasurer)


@pytest.mark.parametrize("name", PAGES)
def test_the_pages_are_for_who_writes_or_reads(books: Books, name: str):
    assert shown(english(books), name)
    president = sign_in(books.president).get(at(name)).status_code
    assert president == (200 if name in {"grants", "result"} else 403)
    assert sign_in(books.rosa).get(at(name)).status_code in {302, 403}
    assert Client().get(at(name)).status_code == 302


# The chart ---------------------------------------------------------------------------------------
def test_an_account_is_added_renamed_and_closed_in_the_office(books: Books):
    treasurer = english(books)
    values = {"code": "6369", "name_es": "Leña", "kind": "expense", "currency": "PEN"}
    look = sent(treasurer, "add-account", status=200, **values)
    assert "stand for ever" in look.content.decode()
    assert not Account.objects.filter(code="6369").exists()
    sent(treasurer, "add-account", **dict(look.context["form"].resent), do="open")
    sent(treasurer, "edit-account", "6369", name_es="Leña y gas", name_en="Firewood")
    assert "Firewood" in shown(treasurer, "account", "6369")
    sent(treasurer, "close-account", "6369")
    assert not Account.objects.get(code="6369").is_open
    assert "Tomasa has closed it" in shown(treasurer, "edit-account", "6369")
    sent(treasurer, "reopen-account", "6369")
    assert Account.objects.get(code="6369").is_open


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"code": "6352"}, "code"),
        ({"code": "a b"}, "code"),
        ({"code": "7099"}, "code"),
        ({"code": "abc"}, "code"),
        ({"code": "6" * 30}, "code"),
        ({"code": "1999"}, "code"),
        ({"code": "1099"}, "code"),
        ({"code": "6369-USD"}, "code"),
        ({"name_es": "=1+1"}, "name_es"),
        ({"name_es": ""}, "name_es"),
        ({"kind": "nonsense"}, "kind"),
        ({"is_money": "on"}, "is_money"),
    ],
)
def test_a_wrong_account_is_said_beside_its_field(books: Books, change, field):
    values = {"code": "6369", "name_es": "Leña", "kind": "expense", "currency": "PEN"} | change
    response = sent(english(books), "add-account", status=200, **values)
    assert list(response.context["form"].errors) == [field]
    assert not Account.objects.filter(code="6369").exists()


def test_a_number_in_the_wrong_group_is_refused_with_those_that_fit(books: Books):
    values = {"code": "1999", "name_es": "Gasto raro", "kind": "expense", "currency": "PEN"}
    for do in ("", "open"):
        response = sent(english(books), "add-account", status=200, **values, do=do)
        (told,) = response.context["form"].errors["code"]
        assert told.startswith("1999 is no number for “Expense” in this chart: such numbers begin")
        assert "63" in told


def test_what_the_house_needs_is_not_closed_in_the_office(books: Books):
    treasurer = english(books)
    assert "stays open" in shown(treasurer, "edit-account", books.account("sales").code)
    sent(treasurer, "close-account", books.account("sales").code)
    assert books.account("sales").is_open


# Rates -------------------------------------------------------------------------------------------
def test_rates_come_from_a_table_whole_or_not_at_all(books: Books):
    treasurer = english(books)

    def table(text: str) -> SimpleUploadedFile:
        return SimpleUploadedFile("rates.csv", text.encode(), "text/csv")

    wrong = table("day,currency,rate\n2026-03-01,USD,3.7\n2026-03-02,USD,x\n")
    response = sent(treasurer, "rates-file", status=200, file=wrong)
    assert "Line 3:" in response.context["form"].errors["file"][0]
    assert not ExchangeRate.objects.exists()
    sent(treasurer, "rates-file", file=table("day,currency,rate\n2026-03-01,USD,3.7\n"))
    assert ExchangeRate.objects.count() == 1


# Grants ------------------------------------------------------------------------------------------
def grant_values(**changes: object) -> dict[str, object]:
    return {
        "do": "write",
        "name": "Taller",
        "code": "TALLER",
        "donor": "Municipalidad",
        "purpose": "Aprender",
        "starts_on": "2026-01-01",
        "ends_on": "2026-12-31",
        "line-TOTAL_FORMS": "4",
        "line-INITIAL_FORMS": "0",
        "line-0-what": "Profesora",
        "line-0-amount": "600",
    } | changes


def test_a_grant_is_opened_received_and_used_in_the_office(books: Books):
    treasurer = english(books)
    assert treasurer.post(at("new-grant"), grant_values()).status_code == 302
    grant = Grant.objects.get()
    money = {"into": books.account("bank").pk, "amount": "600", "on": str(DAY)}
    sent(treasurer, "receive-grant", "TALLER", form_key=str(uuid4()), **money)
    entry = books.post("training", "supplier", "250", kind="bill")
    assert at("tag-entry", entry.pk) in shown(treasurer, "entry", entry.pk)
    assert 'value="250.00"' in shown(treasurer, "tag-entry", entry.pk)
    sent(treasurer, "tag-entry", entry.pk, line=grant.lines.get().pk, amount="200")
    assert GrantUse.objects.get().amount == soles("200")
    page = shown(treasurer, "grant", "TALLER")
    assert "S/ 400.00" in page
    assert "33 %" in page
    assert "Taller: Profesora" in shown(treasurer, "entry", entry.pk)


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"ends_on": "2025-01-01"}, ["ends_on"]),
        ({"code": "a b"}, ["code"]),
        ({"line-0-amount": "0"}, []),
        ({"line-0-amount": ""}, []),
        ({"line-0-what": "", "line-0-amount": ""}, ["__all__"]),
    ],
)
def test_a_wrong_grant_is_said_and_nothing_is_lost(books: Books, change, wrong):
    response = english(books).post(at("new-grant"), grant_values(**change))
    assert list(response.context["form"].errors) == wrong
    assert wrong or any(one.errors for one in response.context["lines"].forms)
    assert "Municipalidad" in response.content.decode()
    assert not Grant.objects.exists()


def test_the_donors_report_is_a_tagged_pdf(granted: Books):
    answer = english(granted).get(at("grant-pdf", "TALLER"))
    assert answer["Content-Type"] == "application/pdf"
    paper = PdfReader(BytesIO(answer.content))
    words = "".join(page.extract_text() for page in paper.pages)
    assert "Municipalidad de Puno" in words
    assert "800.00" in words
    assert paper.trailer["/Root"]["/MarkInfo"]["/Marked"]


@pytest.mark.parametrize("count", [1, 3])
def test_a_grants_page_costs_the_same_however_much_was_used(
    granted: Books, django_assert_max_num_queries, count: int
):
    from ledger.services import tag_entry

    for _ in range(count):
        entry = granted.post("training", "supplier", "5", kind="bill")
        tag_entry(line=granted.line, entry=entry, amount=soles("5"), actor=granted.treasurer)
    client = english(granted)
    client.get(at("grant", "TALLER"))
    with django_assert_max_num_queries(48):
        shown(client, "grant", "TALLER")


# The result --------------------------------------------------------------------------------------
def test_a_result_is_seen_to_the_cent_then_shared(books: Books):
    books.put_in_cash("10", day=NOVEMBER)
    books.post("cash", "sales", "100", kind="sale", day=NOVEMBER)
    close_period(last_day=YEAR, actor=books.treasurer)
    treasurer = english(books)
    values = {
        "form_key": str(uuid4()),
        "words": "Todo a la reserva",
        "acta": "12",
        "decided_on": "2026-03-01",
        "reserve": "100",
        "on": "2026-03-05",
    }
    page = sent(treasurer, "share", status=200, do="look", **values)
    assert "Nothing is written yet" in page.content.decode()
    assert not SurplusDecision.objects.exists()
    wrong = sent(treasurer, "share", status=200, do="look", **(values | {"reserve": "100.01"}))
    assert "100.00" in str(wrong.context["form"].errors)
    for _ in range(2):
        sent(treasurer, "share", do="write", **values)
    assert SurplusDecision.objects.get().acta == "12"
    assert queries.balance(books.account("reserve")) == soles("100")
    assert "Todo a la reserva" in shown(sign_in(books.president), "result")


# What waits --------------------------------------------------------------------------------------
def words_for(user: User) -> str:
    lines = [*ours.closing(user), *ours.months(user)]
    with translation.override("en"):
        return " ".join(one.sentence for one in counted(user, lines))


def test_what_waits_names_closings_grants_and_results(granted: Books):
    assert words_for(granted.rosa) == ""
    assert "over and not closed yet" in words_for(granted.treasurer)
    opened(granted, code="OLD", ends_on=date(2026, 2, 1))
    assert "grant" not in words_for(granted.treasurer).replace("0 grants", "")
    closing = request_closing(last_day=date(2026, 3, 31), actor=granted.treasurer)
    assert "1 closing of days waits for your signature." in words_for(granted.president)
    sign_closing(closing=closing, signer=granted.president)
    assert "waits for your signature" not in words_for(granted.president)
    assert "waits for your signature" in words_for(granted.treasurer)


def test_the_rules_of_the_audit_are_read_in_ones_own_language(books: Books):
    books.treasurer.language = "es"
    books.treasurer.save()
    page = shown(sign_in(books.treasurer), "audit")
    assert "Un periodo cerrado no recibe ningún asiento." in page
    assert "A closed period takes no entry." not in page
    assert "A closed period takes no entry." in shown(english(books), "audit")
