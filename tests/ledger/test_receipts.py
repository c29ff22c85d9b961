"""A receipt proves its entry without the books: by command, in Python and in a browser."""

import base64
import copy
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import translation

from coop.kit.money import format_money
from ledger import checker
from ledger.errors import NotAReceipt, NotGathered, ReceiptBroken
from ledger.models import Block, JournalEntry
from ledger.receipts import (
    MOST_BYTES,
    check_receipt,
    make_receipt,
    prove,
    read_receipt,
    text_of,
    written,
)
from ledger.root_line import first_difference, line_of
from ledger.services import gather_block
from tests.factories.ledger import Books, soles

pytestmark = pytest.mark.django_db


@pytest.fixture
def paid(books: Books) -> JournalEntry:
    """Rosa was paid; the entry stands in a block among others."""
    books.put_in_cash("100")
    books.earned("25")
    entry = books.pay("25")
    books.earned("3")
    gather_block()
    entry.refresh_from_db()
    return entry


@pytest.fixture
def receipt(paid: JournalEntry) -> dict[str, Any]:
    """Her receipt, as it comes back from its file."""
    return read_receipt(written(make_receipt(paid)))


def test_a_receipt_proves_its_entry(receipt: dict[str, Any], paid: JournalEntry):
    proven = check_receipt(receipt)
    assert (proven.number, proven.entry["reference"]) == (3, paid.reference)
    assert proven.line == line_of(Block.objects.get())
    assert [posting[5] for posting in proven.entry["postings"]] == [2500, 2500]


def test_every_entry_of_a_block_has_one(paid: JournalEntry):
    for entry in JournalEntry.objects.all():
        assert check_receipt(make_receipt(entry)).number == entry.number


def test_an_entry_has_no_receipt_before_a_block_has_it(books: Books):
    with pytest.raises(NotGathered):
        make_receipt(books.put_in_cash("1"))


def test_no_name_is_in_a_receipt(receipt: dict[str, Any], books: Books):
    text = written(receipt)
    for person in (books.rosa, books.treasurer, books.president):
        assert person.first_name not in text
        assert person.username not in text


def _forgeries() -> list[Any]:
    zero = "0" * 64
    return [
        ("amount", lambda r: r.update(sealed=r["sealed"].replace("2500", "2600"))),
        ("day", lambda r: r.update(sealed=r["sealed"].replace("2026-03-10", "2026-03-11"))),
        ("salt", lambda r: r.update(salt="1" * 32)),
        ("number", lambda r: r.update(number=2)),
        ("number beyond", lambda r: r.update(number=99)),
        ("root", lambda r: r.update(root=zero)),
        ("path", lambda r: r.update(path=[zero, *r["path"][1:]])),
        ("short path", lambda r: r.update(path=r["path"][1:])),
        ("long path", lambda r: r.update(path=[*r["path"], zero])),
        ("header", lambda r: r.update(header=r["header"].replace("2026-", "2025-", 1))),
        ("header path", lambda r: r.update(header_path=r["path"])),
        ("leaves", lambda r: r.update(leaves=r["leaves"] + 1)),
    ]


FORGERIES = _forgeries()
NONSENSE = [
    "",
    "{",
    "[]",
    "null",
    '{"format": "other"}',
    '{"format": "minka-receipt-2"}',
    "[" * 9000,
]


@pytest.mark.parametrize(("what", "forge"), FORGERIES, ids=[one for one, _ in FORGERIES])
def test_an_altered_receipt_is_refused(receipt: dict[str, Any], what: str, forge: Any):
    altered = copy.deepcopy(receipt)
    forge(altered)
    with pytest.raises(ReceiptBroken):
        check_receipt(altered)


@pytest.mark.parametrize("text", NONSENSE)
def test_what_is_no_receipt_is_refused(text: str):
    with pytest.raises(NotAReceipt):
        check_receipt(read_receipt(text))


def test_a_part_that_is_of_another_kind_is_refused(receipt: dict[str, Any]):
    for name in receipt.keys() - {"format"}:
        others: list[Any] = [None, 7.5, [], {}, "zz"]
        for other in others:
            with pytest.raises((NotAReceipt, ReceiptBroken)):
                check_receipt(receipt | {name: other})


# By command ---------------------------------------------------------------------------------
@pytest.fixture
def file(receipt: dict[str, Any], tmp_path: Path) -> Path:
    """Her receipt's file."""
    path = tmp_path / "receipt.json"
    path.write_text(written(receipt), encoding="utf-8")
    return path


def test_the_command_checks_a_file_and_asks_no_database(
    file: Path, capsys, django_assert_num_queries
):
    with django_assert_num_queries(0):
        call_command("verify_receipt", str(file), language="en")
    out = capsys.readouterr().out
    assert "Nobody changed this receipt since it was made." in out
    assert "Entry 3 · 2026-03-10" in out
    assert f"Debit: {format_money(soles('25'))} · 4419.T-07" in out
    assert "minor units" not in out


def test_the_command_speaks_the_language_of_the_house(file: Path, capsys):
    call_command("verify_receipt", str(file))
    out = capsys.readouterr().out
    assert "Nadie cambió este recibo" in out
    assert "Asiento 3 · 2026-03-10" in out


def test_the_command_compares_the_minute_book_and_the_books(file: Path, capsys):
    line = line_of(Block.objects.get())
    for typed in (line.text, line.text.replace(" ", "\n"), " ".join(line.checked)):
        call_command("verify_receipt", str(file), line=typed, books=True, language="en")
        out = capsys.readouterr().out
        assert "The line is the same: the minute book says that it is genuine." in out
        assert "These books have the same root." in out


def test_the_command_fails_with_a_line(file: Path, books: Books, tmp_path: Path):
    def refused(path: Path, said: str, **options: str) -> None:
        with pytest.raises(CommandError, match=said):
            call_command("verify_receipt", str(path), language="en", **options)

    altered = tmp_path / "altered.json"
    altered.write_text(file.read_text().replace("2500", "2600"))
    refused(altered, "changed after it was made")
    first = line_of(Block.objects.get()).text
    books.put_in_cash("1")
    later = line_of(gather_block())
    refused(file, "begins with “Block 1, entries up to 4", line=later.text)
    refused(file, "group 1 is another", line="")
    refused(file, "group 2 is another", line=first.replace(f" {first.split()[8]}", " 0000-0"))
    strange = tmp_path / "strange"
    for content, said in (
        (b"x" * (MOST_BYTES + 1), "no receipt"),
        (b"\xff\xfe", "no receipt"),
        (b"%PDF-1.7 of somebody else", "This PDF has no receipt"),
        (b"\xff\xd8\xff\xe0 a photograph", "This is a picture"),
    ):
        strange.write_bytes(content)
        refused(strange, said)
    refused(tmp_path / "absent.json", "absent")


def _messages(text: str) -> list[str]:
    """The receipt as messages and programs hand it on."""
    return [
        f"\ufeff{text}\r\n",
        "\n".join(text[at : at + 70] for at in range(0, len(text), 70)),
        text.replace(" ", "\n"),
        json.dumps(json.loads(text), indent=2),
    ]


def test_ends_of_lines_that_a_message_put_in_do_not_change_a_receipt(receipt: dict[str, Any]):
    for text in _messages(written(receipt)):
        assert prove(text) == check_receipt(receipt)


# On its own page ----------------------------------------------------------------------------
NODE = shutil.which("node")
_DRIVER = """
const fs = require("fs");
const input = JSON.parse(fs.readFileSync(0, "utf8"));
const nothing = { addEventListener() {}, replaceChildren() {}, value: "" };
global.document = { getElementById: () => nothing };
const out = new Function(input.script + "; return {sha256, hex, utf8, prove, lineOf, textOf, firstDifference};")();
const told = input.receipts.map((text) => {
  try { const found = out.prove(text); return { holds: found.holds, line: out.lineOf(found) }; }
  catch { return null; }
});
const held = input.files.map((file) => {
  try { return out.textOf(new Uint8Array(Buffer.from(file, "base64"))); }
  catch (strange) { return null; }
});
const differences = input.lines.map((one) => out.firstDifference(one, out.prove(input.receipts[0])));
const hashes = input.texts.map((text) => out.hex(out.sha256(out.utf8(text))));
console.log(JSON.stringify({ told, hashes, held, differences }));
"""


def _in_javascript(receipts: list[str], **more: list[str]) -> dict[str, Any]:
    _style, script = checker.parts()
    asked: dict[str, Any] = {"texts": [], "files": [], "lines": [], **more}
    told = subprocess.run(
        [str(NODE), "-e", _DRIVER],
        input=json.dumps({"script": script, "receipts": receipts, **asked}),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return json.loads(told.stdout)


needs_node = pytest.mark.skipif(NODE is None, reason="no node on this machine")


@needs_node
def test_the_pages_script_agrees_with_python(receipt: dict[str, Any]):
    import hashlib

    altered = []
    for _what, forge in FORGERIES:
        altered.append(copy.deepcopy(receipt))
        forge(altered[-1])
    texts = ["", "abc", "ñandú " * 40, *["x" * length for length in range(50, 135)]]
    same = [written(receipt), *_messages(written(receipt))]
    told = _in_javascript([*same, *map(written, altered), *NONSENSE], texts=texts)

    line = check_receipt(receipt).line
    whole = {"holds": True, "line": {"groups": line.checked, "sum": line.sum}}
    assert told["told"][: len(same)] == [whole] * len(same)
    judged = [one["holds"] if one else None for one in told["told"][len(same) :]]
    assert judged == [False] * len(altered) + [None] * len(NONSENSE)
    assert told["hashes"] == [hashlib.sha256(one.encode()).hexdigest() for one in texts]


@needs_node
def test_the_pages_script_reads_copied_lines_as_python_does(receipt: dict[str, Any]):
    line = check_receipt(receipt).line
    copied = [change(line.text) for change in WAYS_TO_COPY]
    told = _in_javascript([written(receipt)], lines=copied)["differences"]

    assert told == [first_difference(one, line) for one in copied]
    assert {"", "block", "head", "end", "group 3", "group 9"} <= set(told)


WAYS_TO_COPY: list[Callable[[str], str]] = [
    lambda text: text,
    lambda text: text.replace(" ", "\n"),
    lambda text: text.replace("-", " – "),
    " ".join,
    lambda text: text.lower().replace("-", ""),
    lambda text: text.split(": ")[1],
    lambda text: text.split(": ")[1].replace(" ", ""),
    lambda text: text.split(" = ")[0],
    lambda text: text.replace("1,", "2,", 1).replace(" 1,", " 2,"),
    lambda text: "7, 4, " + text.split(", ")[-1],
    lambda text: "1, 9, " + text.split(", ")[-1],
    lambda text: "1, 4, 5, " + text.split(", ")[-1],
    lambda text: text.replace("2026-", "2025-", 1),
    lambda text: text[:-2] + ("00" if text[-2:] != "00" else "11"),
    lambda text: text.replace(text.split(": ")[1].split()[2], "0000-X"),
    lambda text: text.replace(" " + text.split(": ")[1].split()[8], ""),
    lambda text: text.replace(": ", ": 9"),
    lambda text: text + " 1234-5 6",
    lambda text: "",
    lambda text: "nothing 2026-99-99 = = =",
]


@needs_node
def test_the_pages_script_finds_the_receipt_in_a_file_as_python_does(receipt: dict[str, Any]):
    text = written(receipt).encode()
    files = [
        text,
        b"\n" + text,
        b"%PDF-1.7\nstream\n" + text + b"\nendstream\nendobj",
        b"%PDF-1.7\nstream\n" + text,
        b"%PDF-1.7 another",
        b"\xff\xd8\xff\xe0" + text,
        b"\xff\xfe",
        b"x" * (MOST_BYTES + 1),
    ]
    told = _in_javascript([], files=[base64.b64encode(one).decode() for one in files])["held"]
    for content, held in zip(files, told, strict=True):
        if held is None:
            with pytest.raises(NotAReceipt):
                text_of(content)
        else:
            assert text_of(content) == held
    assert [held is None for held in told] == [False] * 3 + [True] * 5


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_page_asks_nobody_and_names_its_own_script(client, language: str):
    with translation.override(language):
        answer = client.get(reverse("check-receipt"))
        kept = client.get(reverse("check-receipt") + "?keep")
    text = answer.content.decode()
    policy = answer["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy
    assert "connect-src" not in policy
    assert policy.split("; frame-ancestors")[0] in text.replace("&#x27;", "'")
    for outside in ("http:", "https:", "//cdn", "url(", "import ", "src="):
        assert outside not in text
    assert "attachment" in kept["Content-Disposition"]
    assert f'class="back" href="/{language}/open-book/"' in text
    assert 'class="back"' not in kept.content.decode()
    assert f'href="/{language}/open-book/receipt/"' in (
        client.get(f"/{language}/open-book/").content.decode()
    )


# Who reaches it -----------------------------------------------------------------------------
def test_the_treasurer_reaches_it_from_the_payment(client, paid: JournalEntry, books: Books):
    client.force_login(books.treasurer)
    page = client.get(reverse("ledger_office:payment", args=[paid.payment_id]))
    file, paper = (
        reverse(f"ledger_office:{name}", args=[paid.pk]) for name in ("receipt", "receipt-paper")
    )
    assert file in page.content.decode()
    assert paper in page.content.decode()
    assert check_receipt(read_receipt(client.get(file).content.decode())).number == paid.number
    assert "no-store" in client.get(file)["Cache-Control"]


def test_others_do_not(client, paid: JournalEntry, books: Books):
    client.force_login(books.rosa)
    for name in ("receipt", "receipt-paper", "seals", "changes"):
        args = [paid.pk] if name.startswith("receipt") else []
        assert client.get(reverse(f"ledger_office:{name}", args=args)).status_code in {302, 403}


def test_the_paper_is_tagged_hers_in_plain_words_and_holds_the_whole_receipt(
    client, paid: JournalEntry, books: Books
):
    pdf = pytest.importorskip("pypdf", exc_type=ImportError)
    from io import BytesIO

    from coop.kit.pdf import can_make

    if not can_make():
        pytest.skip("no pango on this machine")
    client.force_login(books.treasurer)
    answer = client.get(reverse("ledger_office:receipt-paper", args=[paid.pk]))
    assert answer["Content-Type"] == "application/pdf"
    document = pdf.PdfReader(BytesIO(answer.content))
    text = "".join(page.extract_text() for page in document.pages)
    assert len(document.pages) == 1
    assert "4419.T-07" in text
    read = " ".join(text.split())
    assert f"Recibo de {books.rosa}" in read
    sentence = f"Te pagaron {format_money(soles('25'))}"
    assert " ".join(sentence.split()) in read
    assert read.index("Te pagaron") < read.index("4419.T-07")
    assert "martes, 10 de marzo de 2026" in read
    assert f"{settings.SITE_URL}/" in text.replace("\n", "")
    assert "/open-book/receipt/" in text.replace("\n", "")
    assert line_of(Block.objects.get()).checked[0] in text
    assert b"pdfuaid" in document.trailer["/Root"]["/Metadata"].get_data()
    assert document.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_the_papers_pdf_carries_the_receipt_and_is_checked_itself(
    client, paid: JournalEntry, books: Books, tmp_path: Path, capsys
):
    pdf = pytest.importorskip("pypdf", exc_type=ImportError)
    from io import BytesIO

    from coop.kit.pdf import can_make

    if not can_make():
        pytest.skip("no pango on this machine")
    client.force_login(books.treasurer)
    content = client.get(reverse("ledger_office:receipt-paper", args=[paid.pk])).content

    assert text_of(content) == written(make_receipt(paid))
    held = pdf.PdfReader(BytesIO(content)).attachments
    assert [one.decode() for one in held["recibo-3.json"]] == [written(make_receipt(paid))]
    paper = tmp_path / "recibo.pdf"
    paper.write_bytes(content)
    call_command("verify_receipt", str(paper))
    assert "Nadie cambió este recibo" in capsys.readouterr().out
    paper.write_bytes(content.replace(b",2500,", b",2600,"))
    with pytest.raises(CommandError, match="cambi"):
        call_command("verify_receipt", str(paper))
