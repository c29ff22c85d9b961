"""A line that gathers many payments opens into them: kept, found, and used to suggest."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from coop.kit.audit import findings
from ledger.bank.errors import TooManyLines, WrongLines
from ledger.bank.models import BankLine, LineDetail
from ledger.bank.queries.suggesting import Board, board
from ledger.bank.reading import read_statement
from ledger.bank.remarks import say_all
from ledger.bank.services import import_file, match_suggested
from ledger.models import JournalEntry
from tests.bank.behind import named
from tests.bank.files import FILES
from tests.bank.test_office import at
from tests.factories.ledger import Books
from tests.ledger.behind import rules_off, run
from tests.ledger.test_office import sign_in

Kind = JournalEntry.Kind
SAMPLE = (FILES / "camt053.xml").read_bytes()
Paid = tuple[str, str, str, str]


def detail(paid: Paid) -> str:
    name, amount, reference, text = paid
    told = f'<Amt Ccy="PEN">{amount}</Amt>' if amount else ""
    return (
        f"<TxDtls><Refs><EndToEndId>{reference}</EndToEndId></Refs>{told}"
        f"<RltdPties><Dbtr><Nm>{name}</Nm></Dbtr></RltdPties>"
        f"<RmtInf><Ustrd>{text}</Ustrd></RmtInf></TxDtls>"
    )


def camt(total: str, *payments: Paid, side: str = "CRDT", title: str = "ABONOS DEL DIA") -> bytes:
    """A statement of one batch."""
    parts = "\n".join(detail(one) for one in payments)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt>
<Acct><Id><Othr><Id>0021</Id></Othr></Id><Ccy>PEN</Ccy></Acct>
<Ntry><Amt Ccy="PEN">{total}</Amt><CdtDbtInd>{side}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
<BookgDt><Dt>2026-03-11</Dt></BookgDt><NtryDtls><Btch><PmtInfId>LOTE-77</PmtInfId>
<NbOfTxs>{len(payments)}</NbOfTxs></Btch>
{parts}</NtryDtls><AddtlNtryInf>{title}</AddtlNtryInf></Ntry>
</Stmt></BkToCstmrStmt></Document>""".encode()


THREE = (
    ("Hotel Titilaca", "120.00", "E-104233", "Pedido 88"),
    ("Ana Quispe", "20.00", "E-104234", "Chullo"),
    ("Luis Mamani", "20.00", "E-104235", "Chullo"),
)


@pytest.fixture
def bring(bank):
    """A batch comes in; what may belong to it."""

    def brought(data: bytes) -> Board:
        import_file(data=data, name="m.xml", account=bank, actor=None)
        return board(bank)

    return brought


# Reading ------------------------------------------------------------------------------------------
def test_a_batch_is_one_line_that_is_called_as_the_bank_calls_it():
    [line] = read_statement(camt("160.00", *THREE)).lines

    assert (str(line.amount), line.text, line.reference) == ("160.00", "ABONOS DEL DIA", "LOTE-77")
    assert line.counterparty == ""
    told = [(one.counterparty, str(one.amount), one.reference, one.text) for one in line.details]
    assert told == list(THREE)


def test_payments_that_left_are_negative_as_their_batch():
    [line] = read_statement(camt("160.00", *THREE, side="DBIT")).lines

    assert [str(one.amount) for one in line.details] == ["-120.00", "-20.00", "-20.00"]


def test_a_payment_alone_is_no_batch():
    [line] = read_statement(camt("20.00", THREE[1], title="")).lines

    assert (line.details, line.counterparty, line.text) == ((), "Ana Quispe", "Chullo")


def test_the_real_sample_keeps_both_payments_of_its_batch():
    _first, second, _third = read_statement(SAMPLE).lines

    assert [one.counterparty for one in second.details] == ["Test Customer", "Test Customer"]
    assert [one.reference[-2:] for one in second.details] == ["08", "07"]


def test_a_payment_with_a_wrong_amount_is_named_and_the_file_refused():
    data = camt("160.00", THREE[0], ("Ana", "zwanzig", "E-1", ""))

    with pytest.raises(WrongLines) as refused:
        read_statement(data)
    assert [one.line for one in refused.value.problems] == [8]


def test_more_payments_than_a_file_may_hold_are_refused(monkeypatch):
    monkeypatch.setattr("ledger.bank.reading.read.MOST_ROWS", 3)

    with pytest.raises(TooManyLines):
        read_statement(camt("160.00", *THREE))


def test_what_was_kept_back_of_a_batch_is_told():
    raw = read_statement(camt("157.00", *THREE))

    assert "gathers payments of 160.00, and is itself 157.00" in say_all(raw.remarks)[0]


# Keeping ------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_the_payments_are_kept_with_the_line_and_again_adds_none(bring):
    bring(camt("160.00", *THREE))
    bring(camt("160.00", *THREE))

    assert BankLine.objects.count() == 1
    rows = LineDetail.objects.values_list("position", "counterparty", "amount_minor")
    assert list(rows) == [
        (1, "Hotel Titilaca", 12000),
        (2, "Ana Quispe", 2000),
        (3, "Luis Mamani", 2000),
    ]
    assert findings() == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sql", ["UPDATE bank_linedetail SET amount_minor = 1", "DELETE FROM bank_linedetail"]
)
def test_the_database_itself_keeps_them(bring, sql: str):
    bring(camt("160.00", *THREE))

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        run(sql)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE bank_linedetail SET amount_minor = 1 WHERE position = 1",
        "UPDATE bank_linedetail SET counterparty = 'x' WHERE position = 2",
        "UPDATE bank_linedetail SET reference = 'x' WHERE position = 3",
        "UPDATE bank_linedetail SET position = 9 WHERE position = 3",
        "DELETE FROM bank_linedetail WHERE position = 2",
    ],
)
def test_the_audit_names_the_line_whose_payment_was_changed(bring, change: str):
    bring(camt("160.00", *THREE))

    with rules_off():
        run(change)
        assert any("is not what was imported" in one for one in named())


# Suggesting ---------------------------------------------------------------------------------------
def came(books: Books, amount: str, memo: str = "", day: date = date(2026, 3, 10)) -> JournalEntry:
    return books.post(
        "bank", "receivable", amount, kind=Kind.RECEIVABLE_SETTLED, day=day, memo=memo
    )


@pytest.mark.django_db
def test_each_payment_of_a_batch_finds_its_posting_by_amount_and_number(books: Books, bring):
    """Two of S/ 20.00: a third one like them is not taken, since the numbers decide."""
    came(books, "20.00", "#104299", day=date(2026, 3, 11))
    meant = [
        came(books, "20.00", "#104235"),
        came(books, "120.00", "#104233"),
        came(books, "20.00", "#104234"),
    ]

    [found] = bring(camt("160.00", *THREE)).suggestions

    assert {side.entry.pk for side in found.sides} == {one.pk for one in meant}
    assert say_all(found.reasons)[0] == "the bank gathered 3 payments"


@pytest.mark.django_db
def test_a_batch_of_which_one_payment_is_unknown_is_not_half_suggested(books: Books, bring):
    came(books, "120.00")
    came(books, "20.00")

    assert bring(camt("160.00", *THREE)).suggestions == []


@pytest.mark.django_db
def test_who_stands_in_a_payment_is_a_reason_for_the_whole_line(books: Books, bring):
    """The books have the whole batch in one sum, and its memo one of its numbers."""
    came(books, "160.00", "#104235")

    [found] = bring(camt("160.00", *THREE)).suggestions

    assert any("stands on both" in one for one in say_all(found.reasons))


@pytest.mark.django_db
def test_a_batch_is_matched_and_opens_into_its_payments_on_the_page(books: Books, bank, bring):
    books.treasurer.language = "en"
    books.treasurer.save()
    for amount in ("120.00", "20.00", "20.00"):
        came(books, amount)
    found = bring(camt("160.00", *THREE))
    client = sign_in(books.treasurer)
    told = client.get(at("statement", 1)).content.decode()
    assert "3 payments in it" in told
    assert "Luis Mamani" in told

    match_suggested(found.suggestions, actor=books.treasurer)

    line = BankLine.objects.get()
    told = client.get(at("line", 1, line.pk)).content.decode()
    assert "Hotel Titilaca" in told
    assert "E-104233" in told
    assert findings() == []


# Finding ------------------------------------------------------------------------------------------
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ("Mamani", 1), ("104234", 1), ("hotel pedido", 1), ("160.00", 1), ("160", 1), ("20", 1),
        ("LOTE-77", 1), ("quispe nobody", 0), ("161", 0), ("9" * 40, 0), ("%", 0),
    ],
)  # fmt: skip
def test_a_line_is_found_by_what_stands_in_it(books: Books, bring, asked: str, count: int):
    books.treasurer.language = "en"
    books.treasurer.save()
    bring(camt("160.00", *THREE))

    told = sign_in(books.treasurer).get(at("find"), {"q": asked}).content.decode()

    assert told.count(f"/line/{BankLine.objects.get().pk}/") == count
