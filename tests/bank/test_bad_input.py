"""Bad files of a bank: refused with a sentence, by the page, the service and the command alike;
nothing is imported, nothing is posted, nothing is remembered of them.
"""

import io
import struct
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError

from coop.kit.audit import findings
from coop.kit.days import today
from ledger.bank import errors
from ledger.bank.models import BankLine, ColumnMap, LineDetail, Mention, Statement, Upload
from ledger.bank.queries import standing_of
from ledger.bank.services import import_file
from ledger.models import JournalEntry
from tests.bank.files import FILES, MT940, csv, with_part, xlsx
from tests.bank.test_office import at
from tests.bank.test_reading import BOMB, OUTSIDE
from tests.factories.ledger import Books
from tests.ledger.test_office import sign_in

pytestmark = pytest.mark.django_db

HEAD = "Fecha;Detalle;Monto"
PLAIN = xlsx([["Fecha", "Monto"], ["2026-03-02", 5]])
LAUGHS = b"""<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY a "ha">%s]>
<Document><BkToCstmrStmt><Stmt>&z9;</Stmt></BkToCstmrStmt></Document>""" % b"".join(
    b'<!ENTITY z%d "&%s;&%s;">' % (n, name, name)
    for n, name in enumerate([b"a", *(b"z%d" % k for k in range(9))])
)
FAR_ENTITY = BOMB.replace(b"<!DOCTYPE", b"<!-- " + b"x" * 30_000 + b" --><!DOCTYPE")


def lying_zip() -> bytes:
    """A workbook whose sheet unpacks into far more than its package says."""
    name, out = "xl/worksheets/sheet1.xml", io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as plain:
        parts = {one.filename: plain.read(one) for one in plain.infolist()}
    parts[name] = b"<worksheet>" + b" " * 40_000_000
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for one, content in parts.items():
            packed.writestr(one, content)
    data, place = bytearray(out.getvalue()), -1
    while (place := data.find(b"PK\x01\x02", place + 1)) >= 0:
        length = struct.unpack_from("<H", data, place + 28)[0]
        if data[place + 46 : place + 46 + length] == name.encode():
            struct.pack_into("<I", data, place + 24, 1000)
    return bytes(data)


def camt(change: tuple[bytes, bytes]) -> bytes:
    return (FILES / "camt053.xml").read_bytes().replace(*change, 1)


BAD: dict[str, tuple[bytes, str]] = {
    "too large": (b"Fecha;Monto\n" + b" " * 5_000_001, "has 6 MB"),
    "empty": (b"", "empty"),
    "blanks": (b" \n\n \n", "columns"),
    "entities": (BOMB, "entities or a document type"),
    "an outside entity": (OUTSIDE, "entities or a document type"),
    "a billion laughs": (LAUGHS, "entities or a document type"),
    "an entity far below": (FAR_ENTITY, "entities or a document type"),
    "a formula": (xlsx([["Fecha", "Monto"], ["2026-03-02", "=1+1"]]), "holds a formula"),
    "a formula in a table": (csv("2026-03-02;=1+1;5", head=HEAD), "Line 2 holds a formula"),
    "macros": (with_part(PLAIN, "xl/vbaProject.bin", b"x"), "macros"),
    "links to other files": (with_part(PLAIN, "xl/externalLinks/e.xml", b"<x/>"), "macros or links"),
    "an entity in a workbook": (with_part(PLAIN, "xl/workbook.xml", BOMB), "entities"),
    "a bomb of zeros": (with_part(PLAIN, "xl/a.bin", b"\0" * 40_000_000), "MB"),
    "a bomb that lies": (lying_zip(), "no bank statement"),
    "no zip at all": (b"PK\x03\x04" + b"x" * 300, "no bank statement"),
    "an old workbook": (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "no bank statement"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 90, "no bank statement"),
    "a page to log in": (b"<html><body>Log in</body></html>", "no bank statement"),
    "zeros": (b"\0" * 200, "no bank statement"),
    "half of UTF-16": ("Fecha;Monto\n2026-03-02;5\n".encode("utf-16")[:-1], "Line"),
    "UTF-16 without its mark": ("Fecha;Monto\n2026-03-02;5\n".encode("utf-16-le"), "no bank statement"),
    "a day long ago": (csv("1901-03-02;Venta;5", head=HEAD), "Line 2"),
    "a day before any bank": (csv("1985-03-02;Venta;5", head=HEAD), "Line 2"),
    "a day to come": (csv(f"{today() + timedelta(days=40)};Venta;5", head=HEAD), "Line 2"),
    "a day that is none": (csv("2026-02-30;Venta;5", head=HEAD), "Line 2"),
    "an amount that is a number": (csv("2026-03-02;Venta;4557880012345678", head=HEAD), "Line 2"),
    "an endless amount": (csv(f"2026-03-02;Venta;{'9' * 400}", head=HEAD), "Line 2"),
    "an amount with a letter": (csv("2026-03-02;Venta;5O.00", head=HEAD), "Line 2"),
    "the second line": (csv("2026-03-02;a;5", "2026-03-03;b;x", "2026-03-04;c;6", head=HEAD), "Line 3"),
    "an amount of CAMT": (camt((b">664.05<", b">1e5<")), "Line 114"),
    "a day of CAMT": (camt((b"<BookgDt>\n                    <Dt>2014-01-05", b"<BookgDt>\n                    <Dt>2014-13-05")), "Line 55"),
    "a day of MT940": (MT940.replace("2603020302D", "2613020302D").encode(), "Line 5"),
    "one line of nothing": (csv("2026-03-02;cero;0.00", head=HEAD), "every amount in it is zero"),
    "nothing and a balance": (csv("2026-03-02;cero;0.00;14390.15", head=f"{HEAD};Saldo"), "is zero"),
    "too many lines": (csv(*["2026-03-02;a;5"] * 20_001, head=HEAD), "more than"),
}  # fmt: skip
each = pytest.mark.parametrize(("data", "said"), BAD.values(), ids=BAD)


def nothing_came() -> bool:
    """Whether no row of the bank and no entry is there."""
    rows = (Statement, BankLine, Mention, LineDetail, ColumnMap, Upload)
    assert not any(one.objects.exists() for one in rows)
    return JournalEntry.objects.count() == 1  # the opening


@each
def test_a_bad_file_is_refused_in_a_sentence_and_nothing_is_imported(bank, data: bytes, said: str):
    with pytest.raises(errors.NotRead) as refused:
        import_file(data=data, name="x", account=bank, actor=None)

    assert said in str(refused.value)
    assert str(refused.value).endswith("Nothing was imported.")
    assert nothing_came()


@pytest.mark.parametrize("name", ["bad-date_missing.ofx", "bad-decimal_error.ofx"])
def test_the_broken_samples_are_refused_by_the_page_with_their_lines(books: Books, bank, name: str):
    line = {"bad-date_missing.ofx": "Line 33", "bad-decimal_error.ofx": "Line 36"}[name]
    books.treasurer.language = "en"
    books.treasurer.save()
    file = SimpleUploadedFile(name, (FILES / name).read_bytes())

    answer = sign_in(books.treasurer).post(at("import"), {"account": bank.code, "file": file})

    assert line in answer.content.decode()
    assert nothing_came()


@pytest.mark.parametrize("name", ["bad-date_missing.ofx", "bad-decimal_error.ofx"])
def test_the_broken_samples_are_refused_by_the_command_with_their_lines(bank, name: str):
    line = {"bad-date_missing.ofx": "Line 33", "bad-decimal_error.ofx": "Line 36"}[name]

    with pytest.raises(CommandError, match=line):
        call_command("import_statement", str(FILES / name), account=bank.code)

    assert nothing_came()


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"], ids=lambda one: one
)
def test_spanish_text_comes_through_in_any_encoding_of_a_bank(bank, encoding: str):
    data = "Fecha;Descripción;Monto\n2026-03-02;Señora Ñahui, depósito;5\n".encode(encoding)

    import_file(data=data, name="x.csv", account=bank, actor=None)

    assert BankLine.objects.get().text == "Señora Ñahui, depósito"


# Another account ----------------------------------------------------------------------------------
def test_a_file_of_another_account_of_ours_is_refused(books: Books, bank):
    wallet = books.account("wallet")
    import_file(data=MT940.encode(), name="a.sta", account=bank, actor=None)
    other = MT940.replace("2694,50", "2695,50").replace("1240,00", "1241,00").encode()
    before = Statement.objects.count(), BankLine.objects.count(), JournalEntry.objects.count()

    with pytest.raises(errors.FileOfAnotherAccount, match="00219331/1001-7733"):
        import_file(data=other, name="b.sta", account=wallet, actor=None)

    assert (
        Statement.objects.count(),
        BankLine.objects.count(),
        JournalEntry.objects.count(),
    ) == before


def test_another_number_than_the_accounts_own_is_refused(bank):
    import_file(data=MT940.encode(), name="a.sta", account=bank, actor=None)
    other = MT940.replace("00219331/1001-7733", "555-1").replace("99", "88").encode()

    with pytest.raises(errors.FileOfAnotherAccount, match="00219331/1001-7733"):
        import_file(data=other, name="b.sta", account=bank, actor=None)

    assert Statement.objects.count() == 1


def test_the_same_number_in_another_writing_is_the_same_account(bank):
    import_file(data=MT940.encode(), name="a.sta", account=bank, actor=None)
    iban = MT940.replace("00219331/1001-7733", "PE00 0021 9331 1001 7733 00").replace("99", "88")

    [found] = import_file(data=iban.encode(), name="b.sta", account=bank, actor=None)

    assert not any(one["key"] == "other_number" for one in found.statement.remarks)


def test_whoever_looked_may_insist_on_the_page(books: Books, bank):
    books.treasurer.language = "en"
    books.treasurer.save()
    import_file(data=MT940.encode(), name="a.sta", account=bank, actor=None)
    client = sign_in(books.treasurer)
    april = MT940.replace("2603", "2604").replace("0302D", "0402D").replace("0305C", "0405C")
    other = april.replace("00219331/1001-7733", "555-1").encode()

    def send(**more: str):
        file = SimpleUploadedFile("b.sta", other)
        return client.post(at("import"), {"account": bank.code, "file": file, **more})

    refused = send().content.decode()
    assert "Choose the right account" in refused
    assert "Import it all the same" in refused
    assert Statement.objects.count() == 1
    send(anyway="on")

    assert Statement.objects.count() == 2
    assert "Somebody insisted" in client.get(at("statement", 2)).content.decode()


# A file that contradicts itself -------------------------------------------------------------------
def test_opening_and_lines_that_are_not_the_closing_are_never_reconciled(books: Books, bank):
    """Real banks' files are like this at times (the sample of CAMT is), so the lines come in; but
    nothing is posted, the gap is told in its amount, and no matching makes it disappear.
    """
    short = MT940.replace(":61:2603020302D45,50NTRFNONREF//8834\n:86:COMISION MANTENIMIENTO\n", "")

    [found] = import_file(
        data=short.encode(), name="a.sta", account=bank, actor=None, insisted=True
    )

    standing = standing_of(found.statement)
    assert str(standing.file_gap.amount) == "-45.50"
    assert not standing.is_reconciled
    assert JournalEntry.objects.count() == 1
    assert findings() == []


SHORT = csv("2026-03-02;a;5;105", "2026-03-03;b;5;900", head=f"{HEAD};Saldo")


def test_a_file_that_contradicts_itself_comes_in_only_if_somebody_insists(books: Books, bank):
    books.treasurer.language = "en"
    books.treasurer.save()
    client = sign_in(books.treasurer)

    def send(**more: str):
        file = SimpleUploadedFile("b.csv", SHORT)
        return client.post(at("import"), {"account": bank.code, "file": file, **more})

    refused = send().content.decode()
    assert "The bank&#x27;s file</a>: The file contradicts itself" in refused
    assert "790.00 is missing" in refused
    assert "Import it all the same" in refused
    assert nothing_came()
    send(anyway="on")

    assert BankLine.objects.count() == 2
    assert str(standing_of(Statement.objects.get()).file_gap.amount) == "790.00"
    page = client.get(at("statement", Statement.objects.get().number)).content.decode()
    assert "Ask the bank for a file of all its days" in page


def test_the_command_asks_for_the_same_insistence(bank, tmp_path):
    file = tmp_path / "b.csv"
    file.write_bytes(SHORT)

    with pytest.raises(CommandError, match="contradicts itself"):
        call_command("import_statement", str(file), "--account", bank.code)
    assert nothing_came()
    call_command("import_statement", str(file), "--account", bank.code, "--anyway")

    assert Statement.objects.count() == 1


def test_all_that_is_doubtful_is_told_at_once(bank):
    import_file(data=MT940.encode(), name="a.sta", account=bank, actor=None)
    april = MT940.replace("2603", "2604").replace("0302D", "0402D").replace("0305C", "0405C")
    other = april.replace("00219331/1001-7733", "555-1").replace("2694,50", "9694,50")

    with pytest.raises(errors.SeveralDoubts) as refused:
        import_file(data=other.encode(), name="b.sta", account=bank, actor=None)

    assert "555-1" in str(refused.value)
    assert "7,000.00 is missing" in str(refused.value)
