"""The bank's pages: what they show, who may open them, what their buttons do."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.formats import date_format

from ledger import queries
from ledger.bank.models import BankLine, ColumnMap, Match, Statement, Upload
from ledger.bank.queries.proposing import propose
from ledger.bank.queries.suggesting import board
from ledger.bank.services import import_file
from ledger.models import JournalEntry, Payment
from tests.bank.files import MT940, csv
from tests.factories.ledger import Books, close_period, person
from tests.ledger.test_office import sign_in

pytestmark = pytest.mark.django_db
Kind = JournalEntry.Kind


def at(name: str, *args: object) -> str:
    return reverse(f"bank_office:{name}", args=args)


@pytest.fixture
def busy(books: Books) -> Books:
    """The hotel's S/ 1,240 are in the books; the bank tells of them, and of a charge."""
    for user in (books.treasurer, books.president, books.secretary):
        user.language = "en"
        user.save()
    books.post(
        "bank",
        "receivable",
        "1240",
        kind=Kind.RECEIVABLE_SETTLED,
        day=date(2026, 3, 4),
        memo="#104233",
    )
    return books


@pytest.fixture
def statement(busy: Books, bank) -> Statement:
    [one] = import_file(data=MT940.encode(), name="march.sta", account=bank, actor=busy.treasurer)
    return one.statement


def upload(client: Client, data: bytes, **more: str):
    file = SimpleUploadedFile("march.csv", data)
    return client.post(at("import"), {"account": more.pop("account", ""), "file": file, **more})


def test_a_file_comes_in_by_the_page(busy, bank):
    client = sign_in(busy.treasurer)

    answer = upload(client, MT940.encode(), account=bank.code)

    one = Statement.objects.get()
    assert answer["Location"] == at("statement", one.number)
    again = upload(client, MT940.encode(), account=bank.code)
    assert "nothing was added" in client.get(again["Location"]).content.decode()
    assert Statement.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (csv("31/02/2026;x;;5;1;"), "Line 2:"),
        (b"", "empty"),
        (b"<!DOCTYPE x><Document/>", "entities"),
        (b"x" * 5_000_001, "at most"),
    ],
)
def test_a_wrong_file_is_refused_in_a_sentence_and_nothing_stays(busy, bank, data, said):
    answer = upload(sign_in(busy.treasurer), data, account=bank.code)

    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert not BankLine.objects.exists()


def test_columns_are_asked_once_and_the_next_file_comes_in_by_itself(busy, bank):
    client, data = sign_in(busy.treasurer), b"wann;was;wieviel\n2026-03-02;Hotel;5\n"

    asked = upload(client, data, account=bank.code)
    kept = Upload.objects.get()
    assert asked["Location"] == at("columns", kept.pk)
    assert "wieviel" in client.get(asked["Location"]).content.decode()
    wrong = client.post(asked["Location"], {"column_0": "day", "column_1": "day"})
    assert "Another column is that already" in wrong.content.decode()
    client.post(asked["Location"], {"column_0": "day", "column_1": "text", "column_2": "amount"})
    upload(client, data.replace(b"-02;", b"-03;"), account=bank.code)

    assert ColumnMap.objects.count() == 1
    assert not Upload.objects.exists()
    assert BankLine.objects.count() == 2


def test_another_womans_upload_is_not_opened(busy, bank):
    upload(sign_in(busy.treasurer), b"wann;was\n2026-03-02;Hotel\n", account=bank.code)
    other = person("Otra", "treasurer")

    assert sign_in(other).get(at("columns", Upload.objects.get().pk)).status_code == 404


def test_the_page_shows_both_sides_the_reasons_and_the_difference(busy, statement):
    told = sign_in(busy.treasurer).get(at("statement", statement.number)).content.decode()

    assert "TRANSF HOTEL TITILACA" in told
    assert "“104233” stands on both" in told
    assert "1 day apart" in told
    assert "write it as “Bank charges”" in told
    assert "S/\u00a045.50" in told


def test_a_suggestion_is_confirmed_and_undone(busy, bank, statement):
    client = sign_in(busy.treasurer)
    [found] = board(bank).suggestions

    client.post(at("confirm", statement.number), {"suggestion": found.token})

    match = Match.objects.get()
    assert (match.how, match.parts.get().amount_minor) == ("suggested", 124000)
    gone = client.post(at("confirm", statement.number), {"suggestion": found.token})
    assert "Somebody else was quicker" in gone.content.decode()
    client.post(at("undo", statement.number, match.number))
    assert [one.token for one in board(bank).suggestions] == [found.token]


def test_what_the_house_proposes_is_written_with_one_press(busy, bank, statement):
    [proposal] = propose(board(bank)).values()

    sign_in(busy.treasurer).post(at("accept", statement.number), {"offer": proposal.token})

    assert JournalEntry.objects.filter(kind=Kind.BANK_CHARGE).count() == 1
    assert propose(board(bank)) == {}


def test_marked_rows_are_matched_by_hand(busy, bank, statement):
    found = board(bank)
    line, side = found.lines[1], found.sides[0]
    client = sign_in(busy.treasurer)

    refused = client.post(
        at("match", statement.number), {"line": [found.lines[0].pk], "posting": [side.posting.pk]}
    )
    told = refused.content.decode()
    assert "different directions" in told
    # What she had marked is marked still.
    boxes = [one.split(">")[0] for one in told.split('<input type="checkbox"')[1:]]
    checked = [one for one in boxes if " checked" in one]
    assert len(checked) == 2
    assert f'name="line" value="{found.lines[0].pk}"' in checked[0]
    assert f'name="posting" value="{side.posting.pk}"' in checked[1]
    client.post(at("match", statement.number), {"line": [line.pk], "posting": [side.posting.pk]})

    assert Match.objects.get().how == "by_hand"


def test_a_missing_entry_is_written_in_place(busy, statement):
    line = BankLine.objects.get(amount_minor=-4550)
    client = sign_in(busy.treasurer)
    page = client.get(at("line", statement.number, line.pk)).content.decode()
    assert "needs no signatures" in page

    answer = client.post(
        at("write", statement.number, line.pk),
        {
            "kind": "bank_charge",
            "other": busy.account("bank_charges").pk,
            "on": "2026-03-02",
            "memo": "",
        },
    )

    assert answer["Location"] == at("statement", statement.number)
    assert JournalEntry.objects.get(kind=Kind.BANK_CHARGE).day == date(2026, 3, 2)


@pytest.mark.parametrize("form", ["write", "ask", "receive"])
def test_a_form_that_was_open_in_another_window_says_that_the_line_is_matched(
    busy, statement, form
):
    line = BankLine.objects.get(amount_minor=-4550)
    client = sign_in(busy.treasurer)
    charge = {"kind": "bank_charge", "other": busy.account("bank_charges").pk, "memo": ""}
    client.post(at("write", statement.number, line.pk), {**charge, "on": "2026-03-02"})

    again = client.post(
        at(form, statement.number, line.pk), {**charge, "on": "2026-03-02"}, follow=True
    )

    assert again.redirect_chain == [(at("line", statement.number, line.pk), 302)]
    assert "This line is matched already" in again.content.decode()
    assert JournalEntry.objects.filter(kind=Kind.BANK_CHARGE).count() == 1


def test_a_payment_is_asked_for_from_its_line(busy, statement):
    line = BankLine.objects.get(amount_minor=-4550)

    sign_in(busy.treasurer).post(
        at("ask", statement.number, line.pk),
        {
            "pay_kind": "expense_paid",
            "to_account": busy.account("rent").pk,
            "payee_name": "Don Eusebio",
            "purpose": "Rent",
        },
    )

    payment = Payment.objects.get()
    assert (payment.amount_minor, payment.status) == (4550, "requested")
    page = sign_in(busy.treasurer).get(at("line", statement.number, line.pk)).content.decode()
    assert "A payment was asked for from this line" in page


@pytest.mark.parametrize("role", ["auditor", "president", "secretary", "vocal"])
def test_junta_and_auditor_read_and_write_nothing(busy, bank, statement, role):
    client = sign_in(person(f"Reader{role[:4]}", role))
    [found] = board(bank).suggestions
    line = found.lines[0].pk

    for page in (
        at("index"),
        at("statement", statement.number),
        at("line", statement.number, line),
    ):
        answer = client.get(page)
        assert answer.status_code == 200
        assert 'name="suggestion"' not in answer.content.decode()
    for page in (at("confirm", statement.number), at("withdraw", statement.number), at("import")):
        assert client.post(page, {"suggestion": found.token}).status_code == 403
    assert not Match.objects.exists()


@pytest.mark.parametrize("role", ["member", "editor", "storekeeper"])
def test_others_do_not_see_the_bank(busy, statement, role):
    client = sign_in(person(f"Other{role[:4]}", role))

    assert client.get(at("statement", statement.number)).status_code in {302, 403}


def test_a_statement_is_withdrawn_with_a_reason(busy, statement):
    client = sign_in(busy.treasurer)

    client.post(at("withdraw", statement.number), {"reason": ""})
    statement.refresh_from_db()
    assert statement.withdrawn_at is None
    client.post(at("withdraw", statement.number), {"reason": "The other bank"})

    assert "The other bank" in client.get(at("statement", statement.number)).content.decode()


def test_a_closing_balance_is_typed(busy, bank):
    data = csv("13/03/2026;Hotel;5", head="Date;Label;Amount")
    [one] = import_file(data=data, name="m.csv", account=bank, actor=None)

    sign_in(busy.treasurer).post(at("closing", one.statement.number), {"closing": "1234.50"})

    one.statement.refresh_from_db()
    assert one.statement.closing_minor == 123450


def test_the_page_asks_the_same_queries_for_one_line_and_for_twenty(
    busy, bank, django_assert_max_num_queries
):
    rows = [f"{day:02}/03/2026;Venta {day};{day},00" for day in range(1, 21)]
    for day in range(1, 21):
        busy.post(
            "bank", "receivable", str(day), kind=Kind.RECEIVABLE_SETTLED, day=date(2026, 3, day)
        )
    data = csv(*rows, head="Fecha;Detalle;Monto")
    [one] = import_file(data=data, name="m.csv", account=bank, actor=None)
    client = sign_in(busy.treasurer)

    with django_assert_max_num_queries(60):
        page = client.get(at("statement", one.statement.number)).content.decode()
    assert page.count('name="suggestion"') == 20


def test_what_waits_is_told_to_the_treasurer(busy, statement):
    told = sign_in(busy.treasurer).get(reverse("wagtailadmin_home")).content.decode()

    assert (
        "2 lines of the bank are not matched" in told or "lines of the bank are not matched" in told
    )


# A month that was closed meanwhile --------------------------------------------------------------
def test_what_the_books_miss_of_a_closed_month_is_written_on_the_first_open_day(busy, statement):
    close_period(last_day=date(2026, 3, 31), actor=busy.treasurer)
    line = BankLine.objects.get(amount_minor=-4550)
    client = sign_in(busy.treasurer)
    charges = {"kind": "bank_charge", "other": busy.account("bank_charges").pk, "memo": ""}

    page = client.get(at("line", statement.number, line.pk)).content.decode()
    assert 'value="2026-04-01"' in page
    assert "are closed: it is written on" in page
    address = at("write", statement.number, line.pk)
    refused = client.post(address, {**charges, "on": "2026-03-27"}).content.decode()
    said = date_format(date(2026, 3, 31), "DATE_FORMAT")
    assert f"Days up to {said} are closed: choose a day after that." in refused
    client.post(address, {**charges, "on": "2026-04-01"})

    assert JournalEntry.objects.get(kind=Kind.BANK_CHARGE).day == date(2026, 4, 1)
    assert BankLine.objects.filter(pk=line.pk).still_open().count() == 0


def test_what_the_house_offers_for_a_closed_month_says_when_it_is_written(busy, bank, statement):
    close_period(last_day=date(2026, 3, 31), actor=busy.treasurer)
    client = sign_in(busy.treasurer)
    offers = propose(board(bank), busy.treasurer)
    [offer] = [one for one in offers.values() if one.line.amount_minor == -4550]

    answer = client.post(at("accept", statement.number), {"offer": offer.token}, follow=True)

    assert "are closed: it is written on" in answer.content.decode()
    assert JournalEntry.objects.get(kind=Kind.BANK_CHARGE).day == date(2026, 4, 1)


def test_who_closes_is_told_what_follows_for_lines_that_are_not_matched(busy, statement):
    client = sign_in(busy.treasurer)

    page = client.get(reverse("ledger_office:close", args=["2026-03-31"])).content.decode()

    assert "written on the first day after" in " ".join(page.split())


def test_the_banks_interest_is_offered_and_its_undoing_leads_to_what_was_written(busy, bank):
    data = csv("31/03/2026;ABONO INTERESES AHORROS;1.12", head="Fecha;Detalle;Monto")
    [found] = import_file(data=data, name="i.csv", account=bank, actor=None)
    [offer] = propose(board(bank)).values()
    client = sign_in(busy.treasurer)
    client.post(at("accept", found.statement.number), {"offer": offer.token})
    entry = JournalEntry.objects.get(kind=Kind.HAND)
    assert abs(queries.balance(busy.account("interest")).amount) == Decimal("1.12")

    number = Match.objects.get().number
    told = client.post(at("undo", found.statement.number, number), follow=True).content.decode()

    assert f'<a href="{reverse("ledger_office:entry", args=[entry.pk])}">' in told


# What the form begins with -------------------------------------------------------------------------
@pytest.mark.parametrize("words", ["ABONO INTERESES AHORROS", "Interest paid"])
def test_the_form_of_a_line_of_interest_begins_as_interest(busy: Books, bank, words: str):
    [one] = import_file(
        data=csv(f"2026-03-09;{words};1.12", head="Fecha;Detalle;Monto"),
        name="a.csv", account=bank, actor=busy.treasurer,
    )  # fmt: skip
    line = BankLine.objects.get()

    page = sign_in(busy.treasurer).get(at("line", one.statement.number, line.pk))

    form = page.context["write_form"]
    interest = queries.account("interest")
    assert (form["kind"].value(), form["other"].value()) == (Kind.HAND, interest.pk)
    assert f'value="{interest.pk}" selected' in str(form["other"])


def test_interest_in_dollars_begins_as_income_in_our_currency(busy: Books, in_currency):
    dollars = in_currency("USD")
    [one] = import_file(
        data=csv("2026-03-09;Interest paid;1.12", head="Fecha;Detalle;Monto"),
        name="a.csv", account=dollars, actor=busy.treasurer,
    )  # fmt: skip

    page = sign_in(busy.treasurer).get(at("line", one.statement.number, BankLine.objects.get().pk))

    assert page.context["write_form"]["other"].value() == queries.account("interest").pk


def test_any_other_line_begins_with_nothing_chosen(busy: Books, bank):
    [one] = import_file(
        data=csv("2026-03-09;Deposito;5.00", head="Fecha;Detalle;Monto"),
        name="a.csv", account=bank, actor=busy.treasurer,
    )  # fmt: skip

    page = sign_in(busy.treasurer).get(at("line", one.statement.number, BankLine.objects.get().pk))

    assert not page.context["write_form"]["other"].value()


def test_a_payment_signed_in_soles_that_left_in_dollars_is_told_what_to_do(
    busy: Books, in_currency
):
    dollars = in_currency("USD")
    [one] = import_file(
        data=csv("2026-03-09;Pago;-40.00", head="Fecha;Detalle;Monto"),
        name="a.csv", account=dollars, actor=busy.treasurer,
    )  # fmt: skip

    page = sign_in(busy.treasurer).get(at("line", one.statement.number, BankLine.objects.get().pk))

    assert "call that payment off, and ask for it below in USD" in page.content.decode()
