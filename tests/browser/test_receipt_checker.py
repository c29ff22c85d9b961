"""The page that checks receipts, kept on disk and opened there without internet."""

import re
from pathlib import Path

import pytest
from django.utils import translation
from playwright.sync_api import Browser, expect

from ledger import checker
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
    receipt, out = page.get_by_label("or what its QR code says"), page.locator("#out")
    receipt.fill(text)
    expect(out.locator(".verdict")).to_have_text(
        "This receipt is whole: nothing in it was altered."
    )
    expect(out).to_contain_text("PEN 25.00 · 4419.T-07")
    line = page.get_by_label("The line as it stands in the minute book")
    line.fill(copied)
    expect(page.locator("#compared")).to_contain_text("The line is the same")
    line.fill(copied.replace(line_of(block).checked[2], "0000-0"))
    expect(page.locator("#compared")).to_contain_text("differs: 3")

    receipt.fill(text.replace("2500", "2600"))
    expect(out.locator(".verdict")).to_contain_text("This receipt was altered")
    receipt.fill("<b>no</b>")
    expect(out.locator(".verdict")).to_contain_text("This is not a receipt")
    uploaded = tmp_path / "receipt.json"
    uploaded.write_text(text, encoding="utf-8")
    page.get_by_label("The receipt's file").set_input_files(uploaded)
    expect(out.locator(".verdict")).to_contain_text("This receipt is whole")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
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
