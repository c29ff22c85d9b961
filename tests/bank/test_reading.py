"""Every format that banks send, read; what is wrong is refused whole, with its line."""

from datetime import date
from decimal import Decimal

import pytest

from ledger.bank import errors
from ledger.bank.reading import Columns, Hints, kind_of, read_statement, values
from ledger.bank.reading.read import MOST_BYTES, check_size
from ledger.bank.remarks import say_all
from tests.bank.files import FILES, MT940, csv, with_part, xlsx


def read(name: str, hints: Hints | None = None):
    return read_statement((FILES / name).read_bytes(), hints)


# Good files -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "currency", "amounts", "opening", "closing"),
    [
        ("stmtrs.ofx", "USD", ["-200.00", "-300.00"], "700.29", "200.29"),
        ("checking.ofx", "USD", ["0.01", "-34.51", "-25.00"], "160.49", "100.99"),
        ("bank_medium.ofx", "CAD", ["-6.60", "-316.67", "-22.00"], "727.61", "382.34"),
        ("suncorp.ofx", "AUD", ["-16.85"], "1250.97", "1234.12"),
        ("camt053.xml", "EUR", ["-754.25", "-664.05", "1405.31"], "15568.27", "15121.12"),
        ("columns-debit-credit.csv", "", ["-33.50", "1533.50"], "10.00", "1510.00"),
    ],
)
def test_a_file_is_read_with_its_balances(name, currency, amounts, opening, closing):
    raw = read(name)

    assert raw.currency == currency
    assert [str(one.amount) for one in raw.lines] == amounts
    assert (raw.opening, raw.closing) == (Decimal(opening), Decimal(closing))


def test_an_investment_account_is_read_without_balances():
    raw = read("fidelity-savings.ofx")

    assert len(raw.lines) == 4
    assert raw.lines[1].amount == Decimal("115.8331")
    assert raw.closing is None


def test_qif_is_read_by_the_order_of_days_that_fits_all_of_it():
    raw = read("sample.qif")

    assert [one.day for one in raw.lines][:2] == [date(2013, 8, 12), date(2013, 8, 15)]
    assert [str(one.amount) for one in raw.lines][:2] == ["-1000.00", "-75.46"]


def test_camt_names_who_paid_and_why():
    first, _second, third = read("camt053.xml").lines

    assert (first.counterparty, first.reference) == (
        "INSURANCE COMPANY TESTX",
        "435005714488-ABNO33052620",
    )
    assert third.counterparty == "3rd party Media"


def test_mt940_is_read_with_its_balances_and_texts():
    raw = read_statement(MT940.encode())

    assert (raw.format, raw.currency, raw.bank_number) == ("mt940", "PEN", "00219331/1001-7733")
    assert (raw.opening, raw.closing) == (Decimal("1500.00"), Decimal("2694.50"))
    assert [(one.day, str(one.amount), one.text, one.reference) for one in raw.lines] == [
        (date(2026, 3, 2), "-45.50", "COMISION MANTENIMIENTO", ""),
        (date(2026, 3, 5), "1240.00", "TRANSF HOTEL TITILACA", "00104233"),
    ]


def test_a_workbook_is_read_like_a_table_below_the_banks_letterhead():
    data = xlsx(
        [
            ["Banco del Altiplano", None, None, None],
            ["Movimientos de la cuenta 215-77", None, None, None],
            [],
            ["Fecha", "Descripción", "Monto", "Saldo"],
            [date(2026, 3, 2), "Comisión", -45.5, 1454.5],
            [date(2026, 3, 5), "Hotel", 1240, 2694.5],
            ["Total", None, None, None],
        ]
    )

    raw = read_statement(data)

    assert raw.format == "xlsx"
    assert [(one.day, one.amount) for one in raw.lines] == [
        (date(2026, 3, 2), Decimal("-45.5")),
        (date(2026, 3, 5), Decimal(1240)),
    ]
    assert (raw.opening, raw.closing) == (Decimal("1500.0"), Decimal("2694.5"))


def test_a_table_of_debits_and_credits_is_read_whichever_way_it_runs():
    rows = [
        "05/03/2026;Hotel;;1.240,00;2.694,50;00104233",
        "02/03/2026;Comisión;45,50;;1.454,50;",
    ]

    newest_first, oldest_first = read_statement(csv(*rows)), read_statement(csv(*rows[::-1]))

    assert newest_first.lines[0].amount == oldest_first.lines[0].amount == Decimal("-45.50")
    assert newest_first.opening == oldest_first.opening == Decimal("1500.00")
    assert newest_first.lines[1].reference == "00104233"


def test_the_balance_decides_where_a_row_contradicts_itself_and_that_is_told():
    said = say_all(read("columns-debit-credit.csv").remarks)

    told = "Line 3 contradicts itself: it says -1533.50, and its balance says 1533.50."
    assert said == [f"{told} The balance decides."]


def test_a_row_in_another_currency_counts_in_its_own():
    raw = read("columns-amount.csv")

    assert [(one.currency, str(one.amount)) for one in raw.lines] == [
        ("USD", "-33.50"),
        ("EUR", "1000.00"),
    ]
    assert say_all(raw.remarks)[0].startswith("Line 3: EUR 1000.00 was taken")


# Broken files -----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "lines"), [("bad-date_missing.ofx", [33, 42, 50]), ("bad-decimal_error.ofx", [36, 37])]
)
def test_a_broken_file_is_refused_whole_with_the_lines_that_are_wrong(name, lines):
    with pytest.raises(errors.WrongLines) as refused:
        read(name)

    assert [one.line for one in refused.value.problems] == lines
    assert f"Line {lines[0]}:" in str(refused.value)
    assert str(refused.value).endswith("Nothing was imported.")


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"!Type:Bank\nD8/15/13\nT-1,000.00\n^\nD13/45/13\nT5\n^\n", 5),
        (b"!Type:Bank\nD8/15/13\nTfive\n^\n", 3),
        (b"!Type:Bank\nD8/15/13\nT5\n", 2),
        (MT940.replace("D45,50", "D45.50").encode(), 5),
        (MT940.replace("2603020302D", "2613020302D").encode(), 5),
        (MT940.replace(":62F:C260305PEN2694,50", ":62F:C260305PEN2694").encode(), 9),
        (csv("02/03/2026;Comisión;45,50;;1.454,50;", "31/02/2026;x;1;;2;"), 3),
        (csv("13/03/2026;Comisión;cuarenta;;1.454,50;"), 2),
        (csv("13/03/2026;Comisión;45;45;1.454,50;"), 2),
        (b'Fecha,Monto,Detalle\n2026-03-02,5,"open\n2026-03-03,6,x\n', 3),
        ((FILES / "camt053.xml").read_bytes().replace(b">664.05<", b">sixty<", 1), 114),
        ((FILES / "camt053.xml").read_bytes().replace(b"</BkToCstmrStmt>", b""), 289),
        ((FILES / "stmtrs.ofx").read_bytes().replace(b"-300.00", b"1e5"), 49),
    ],
    ids=[
        "qif-day", "qif-amount", "qif-cut", "mt940-amount", "mt940-day", "mt940-balance",
        "csv-day", "csv-amount", "csv-both", "csv-quote", "camt-amount", "camt-cut", "ofx-amount",
    ],
)  # fmt: skip
def test_the_line_that_is_wrong_is_named(data: bytes, line: int):
    with pytest.raises(errors.WrongLines) as refused:
        read_statement(data)

    assert line in [one.line for one in refused.value.problems]


# Files that could do harm -----------------------------------------------------------------
BOMB = b"""<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;">]>
<Document><BkToCstmrStmt>&lol2;</BkToCstmrStmt></Document>"""
OUTSIDE = b"""<?xml version="1.0"?>
<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd">]>
<OFX><STMTRS>&secret;</STMTRS></OFX>"""
PLAIN = xlsx([["Fecha", "Monto"], ["2026-03-02", 5]])
FORMULA = xlsx([["Fecha", "Monto"], ["2026-03-02", "=1+1"]])
LATE_DOCTYPE = b"<Document>" + b" " * 30_000 + b'<!DOCTYPE x [<!ENTITY y "z">]></Document>'


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (BOMB, errors.HasEntities),
        (OUTSIDE, errors.HasEntities),
        (LATE_DOCTYPE, errors.NotRead),
        (FORMULA, errors.HasFormulas),
        (csv('02/03/2026;"=HYPERLINK(""http://x"")";45,50;;1;'), errors.HasFormulas),
        (csv("02/03/2026;@SUM(A1);45,50;;1;"), errors.HasFormulas),
        (with_part(PLAIN, "xl/vbaProject.bin", b"x"), errors.HasMacros),
        (with_part(PLAIN, "xl/externalLinks/externalLink1.xml", b"<x/>"), errors.HasMacros),
        (with_part(PLAIN, "xl/workbook.xml", BOMB), errors.HasEntities),
        (with_part(PLAIN, "xl/big.bin", b"\0" * 61_000_000), errors.TooBig),
        (b"", errors.EmptyFile),
        (b"\0\1\2\3" * 50, errors.UnknownFile),
        (b"%PDF-1.7 ...", errors.UnknownFile),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, errors.UnknownFile),
        (b"PK\x03\x04 broken", errors.UnknownFile),
        (b"Dear treasurer,\nhere is nothing.\n", errors.AskColumns),
        (b"<html><body>Log in</body></html>", errors.UnknownFile),
    ],
    ids=[
        "entities", "outside", "late-doctype", "formula", "csv-formula", "csv-at", "macros",
        "links", "xlsx-entities", "zip-bomb", "empty", "zeros", "pdf", "xls", "broken-zip",
        "letter", "html",
    ],
)  # fmt: skip
def test_what_could_do_harm_is_refused_in_a_sentence(data: bytes, refusal):
    with pytest.raises(refusal) as refused:
        read_statement(data)

    assert str(refused.value).endswith("Nothing was imported.")


def test_a_file_of_200_megabytes_is_refused_before_it_is_read():
    with pytest.raises(errors.TooBig, match="200 MB"):
        check_size(200_000_000)
    check_size(MOST_BYTES)


def test_zeros_kept_by_excels_quotes_are_text_and_no_formula():
    raw = read_statement(csv('02/03/2026;Comisión;45,50;;1.454,50;"=""00123"""'))

    assert raw.lines[0].reference == "00123"


def test_two_accounts_in_a_file_are_not_mixed():
    data = (FILES / "stmtrs.ofx").read_bytes()
    statement = data[data.index(b"<STMTRS>") : data.index(b"</STMTRS>") + 9]
    two = data.replace(b"</STMTRS>", b"</STMTRS>" + statement.replace(b"999988", b"777"))

    with pytest.raises(errors.SeveralAccounts, match=r"777, 999988"):
        read_statement(two)


# Days and amounts -------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("told", "amount"),
    [
        ("1,240.00", "1240.00"), ("1.240,00", "1240.00"), ("1 240,5", "1240.5"), ("1,000", "1000"),
        ("1.000", "1000"), ("(33.50)", "-33.50"), ("33.50-", "-33.50"), ("S/ 12.00", "12.00"),
        ("-S/ 12.00", "-12.00"), ("+5", "5"), ("1'000'000.25", "1000000.25"), ("−7", "-7"),
        ("0.5", "0.5"), ("1,2,3", None), ("12.34.56", None), ("1.24.000", None), ("", None),
        ("five", None), ("1e5", None), ("NaN", None), ("--5", None),
    ],
)  # fmt: skip
def test_amounts_as_people_write_them(told: str, amount: str | None):
    assert values.number(told) == (None if amount is None else Decimal(amount))


@pytest.mark.parametrize(
    ("told", "order"),
    [
        (["13/03/2026"], "dmy"), (["03/13/2026"], "mdy"), (["2026-03-13"], "ymd"),
        (["20260313"], "ymd"), (["01/03/26", "02/03/26", "05/03/26"], "dmy"),
        (["13-mar-2026"], "dmy"), (["5 de marzo de 2026"], "dmy"), (["05/03/2026"], None), ([], None),
    ],
)  # fmt: skip
def test_the_order_of_day_and_month_is_what_fits_the_whole_file(told: list[str], order):
    assert values.order_of(told) == order


def test_days_that_can_be_read_in_two_ways_are_asked_about():
    data = csv("05/03/2026;Hotel;5", head="Date;Label;Amount")

    with pytest.raises(errors.AskDates, match="05/03/2026"):
        read_statement(data)
    assert read_statement(data, Hints(order="mdy")).lines[0].day == date(2026, 5, 3)


def test_heads_in_spanish_say_that_the_day_comes_first():
    assert read_statement(csv("05/03/2026;Hotel;;5;;")).lines[0].day == date(2026, 3, 5)


def test_columns_that_nobody_knows_are_asked_about_and_can_be_said():
    data = b"wann;was;wieviel\n2026-03-02;Hotel;5\n"

    with pytest.raises(errors.AskColumns, match="wann, was, wieviel"):
        read_statement(data)
    said = Columns({"day": 0, "text": 1, "amount": 2})
    assert read_statement(data, Hints(columns=said)).lines[0].text == "Hotel"


def test_a_file_is_known_by_its_content():
    kinds = {
        one.name: kind_of(one.read_bytes())
        for one in FILES.iterdir()
        if one.suffix != ".py" and one.is_file()
    }

    assert kinds["camt053.xml"] == "camt"
    assert kinds["sample.qif"] == "qif"
    assert kinds["suncorp.ofx"] == kinds["bad-date_missing.ofx"] == "ofx"
    assert kinds["columns-amount.csv"] == "csv"
