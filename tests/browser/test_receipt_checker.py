"""The page that checks receipts, kept on disk and opened there without internet."""

import re
from pathlib import Path

import pytest
from django.utils import translation
from playwright.sync_api import Browser, expect

from coop.kit.pdf import can_make
from ledger import checker
from ledger.paper import make_paper
from ledger.receipts import make_receipt, written
from ledger.root_line import line_of
from ledger.services import gather_block
from tests.factories.ledger import Books
from tests.harness.browser import SIZES, Watch

pytestmark = pytest.mark.browser


@pytest.mark.django_db
def test_it_checks_a_receipt_from_disk(new_books: Books, chromium: Browser, tmp_path: Path):
    new_books.put_in_cash("100")
    entry = new_books.earned("25")
    block = gather_block()
    text, copied = written(make_receipt(entry)), line_of(block).text
    with translation.override("en"):
        page_text, _policy = checker.page()
    file = tmp_path / "check.html"
    file.write_text(page_text, encoding="utf-8")

    context = chromium.new_context(**SIZES["phone"], offline=True)
    page, watch = context.new_page(), Watch()
    watch.follow(page)
    page.goto(file.as_uri())
    page.get_by_text("I only have the paper").click()
    receipt, out = page.get_by_label("Read the square code"), page.locator("#out")
    receipt.fill(text)
    expect(out.locator(".verdict")).to_have_text("Nobody changed this receipt since it was made.")
    expect(out.locator(".sum")).to_have_text("S/\u00a025.00")
    expect(out).to_contain_text("10 March 2026")
    expect(out).to_contain_text("Piece passed")
    expect(out.get_by_text("4419.T-07")).to_be_hidden()
    out.get_by_text("For whoever keeps the books").click()
    expect(out.get_by_text("4419.T-07")).to_be_visible()
    line = page.get_by_label("Or type the line")
    for typed in (copied, copied.replace(" ", "\n"), copied.replace(" ", "").replace(",", ", ")):
        line.fill(typed)
        expect(page.locator("#compared")).to_contain_text("The line is the same")
    line.fill(copied.replace(line_of(block).checked[2], "0000-0"))
    expect(page.locator("#compared")).to_contain_text("group 3 is another")

    receipt.fill(text.replace("2500", "2600"))
    expect(out.locator(".verdict")).to_contain_text("This receipt was changed")
    receipt.fill("<b>no</b>")
    expect(out.locator(".verdict")).to_contain_text("This is no receipt")
    expect(page.locator("#compare")).to_be_hidden()
    for name, content, said in (
        ("receipt.json", text.encode(), "Nobody changed this receipt"),
        ("other.pdf", b"%PDF-1.7 of somebody else", "This PDF has no receipt"),
        ("photo.jpg", b"\xff\xd8\xff\xe0", "This is a picture"),
        ("empty.json", b"", "This is no receipt"),
    ):
        uploaded = tmp_path / name
        uploaded.write_bytes(content)
        page.get_by_label("Choose the receipt").set_input_files(uploaded)
        expect(out.locator(".verdict")).to_contain_text(said)
        expect(page.locator("#named")).to_have_text(name)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()
    assert watch.unexpected() == []


@pytest.mark.django_db
def test_the_houses_own_pdf_is_checked_from_disk(
    new_books: Books, chromium: Browser, tmp_path: Path
):
    if not can_make():
        pytest.skip("no pango on this machine")
    new_books.put_in_cash("100")
    entry = new_books.earned("25")
    gather_block()
    entry.refresh_from_db()
    with translation.override("es"):
        page_text, _policy = checker.page()
        paper = make_paper(entry)
    file, genuine, changed = (tmp_path / name for name in ("check.html", "a.pdf", "b.pdf"))
    file.write_text(page_text, encoding="utf-8")
    genuine.write_bytes(paper)
    changed.write_bytes(paper.replace(b",2500,", b",2600,"))

    context = chromium.new_context(**SIZES["phone"], offline=True)
    page, watch = context.new_page(), Watch()
    watch.follow(page)
    page.goto(file.as_uri())
    page.locator("#file").set_input_files(genuine)
    expect(page.locator(".verdict.is-well")).to_have_text(
        "Nadie cambió este recibo desde que se hizo."
    )
    page.locator("#file").set_input_files(changed)
    expect(page.locator(".verdict.is-wrong")).to_contain_text("fue cambiado")
    context.close()
    assert watch.unexpected() == []


#: What browsers learned after 2015: an old phone has none of it.
FORGET = """
  delete globalThis.BigInt;
  delete globalThis.structuredClone;
  for (const name of ["replaceAll", "padStart", "padEnd", "at", "matchAll"]) delete String.prototype[name];
  for (const name of ["flat", "flatMap", "includes", "at", "findLast"]) delete Array.prototype[name];
  for (const name of ["replaceChildren", "append", "prepend", "remove"]) delete Element.prototype[name];
  for (const name of ["text", "arrayBuffer", "stream"]) delete Blob.prototype[name];
  for (const name of ["entries", "values", "fromEntries"]) delete Object[name];
"""
#: Signs that it could not even read: there the whole script would be silent.
TOO_NEW = re.compile(
    r"\?\?|\?\.[a-z(\[]|\b\d+n\b|catch \{|\*\*|\basync\b|\bawait\b|\{ ?\.\.\.|\(\?<"
)


@pytest.mark.django_db
def test_it_checks_on_an_old_phone_without_internet(
    new_books: Books, chromium: Browser, tmp_path: Path
):
    new_books.put_in_cash("100")
    entry = new_books.earned("25")
    line = line_of(gather_block())
    receipt = tmp_path / "receipt.json"
    receipt.write_text(written(make_receipt(entry)), encoding="utf-8")
    with translation.override("es"):
        text, _policy = checker.page()
    file = tmp_path / "check.html"
    file.write_text(text, encoding="utf-8")

    context = chromium.new_context(**SIZES["phone"], offline=True)
    context.add_init_script(FORGET)
    page, watch = context.new_page(), Watch()
    watch.follow(page)
    page.goto(file.as_uri())
    page.locator("#file").set_input_files(receipt)

    expect(page.locator(".verdict.is-well")).to_be_visible()
    expect(page.locator("#line")).to_contain_text(line.text.rpartition(": ")[2])
    context.close()
    assert watch.unexpected() == []


def test_its_script_can_be_read_by_old_phones():
    style, script = checker.parts()
    code = re.sub(r"//.*", "", script)

    assert TOO_NEW.findall(code) == []
    assert not re.search(r"\b(inset|aspect-ratio|:has|@layer)\b", style)


def test_where_its_script_cannot_run_the_page_says_so(chromium: Browser, tmp_path: Path):
    text, _policy = checker.page()
    file = tmp_path / "check.html"
    file.write_text(text, encoding="utf-8")

    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(file.as_uri())

    expect(page.locator("#old")).to_be_visible()
    expect(page.locator("#page")).to_be_hidden()
    context.close()
