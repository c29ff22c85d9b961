"""Statements as PDF: really drawn, with the words, the tags of PDF/UA, and nothing from outside."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pypdf import PdfReader

from coop.kit import pdf
from ledger.models import JournalEntry
from ledger.reports import documents
from ledger.reports.asked import Asked
from ledger.reports.models import Document
from ledger.reports.statements import STATEMENTS
from ledger.reports.writers import as_pdf
from tests.factories.ledger import DAY, Books, person
from tests.ledger.test_office import sign_in

pytestmark = pytest.mark.django_db
Kind = JournalEntry.Kind


def read(content: bytes) -> PdfReader:
    return PdfReader(BytesIO(content))


def words(content: bytes) -> str:
    pages = (page.extract_text() for page in read(content).pages)
    return " ".join(" ".join(pages).replace("\u00a0", " ").split())


def tags(content: bytes) -> list[str]:
    """The structure of the document: the tag of each element, in reading order."""
    found: list[str] = []

    def walk(node) -> None:
        node = node.get_object()
        if isinstance(node, list):
            for one in node:
                walk(one)
        elif isinstance(node, dict):
            if "/S" in node:
                found.append(node["/S"])
            if "/K" in node:
                walk(node["/K"])

    walk(read(content).trailer["/Root"]["/StructTreeRoot"]["/K"])
    return found


@pytest.fixture
def busy(books: Books) -> Books:
    books.put_in_cash("1000")
    books.earned("100", memo="<b>&amp; Ñandú</b>")
    books.post("receivable", "sales", "250", kind=Kind.SALE)
    return books


def at(key: str) -> str:
    return reverse("reports_office:report", args=[key])


@pytest.mark.parametrize("key", STATEMENTS)
def test_every_statement_is_an_accessible_document(busy: Books, key: str):
    with translation.override("es"):
        asked = Asked(until=DAY, compare="year", account=busy.account("cash"))
        report = STATEMENTS[key].build(asked)
        content = as_pdf(report)

    root = read(content).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "es"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
    assert report.title in str(read(content).metadata.title)
    told = words(content)
    assert report.title in told
    assert " ".join(report.words.split()) in told
    if report.rows:
        found = tags(content)
        assert {"/H1", "/Table", "/THead", "/TBody", "/TR", "/TH", "/TD", "/Caption"} <= set(found)
        assert found.count("/TR") == len(report.rows) + 1


def test_what_it_says_is_what_the_books_say(busy: Books):
    with translation.override("en"):
        told = words(as_pdf(STATEMENTS["balance-sheet"].build(Asked(until=DAY))))
    assert "Cash box S/ 1,000.00" in told
    assert "All that we have S/ 1,350.00" in told
    assert "What we owe and what is ours S/ 1,350.00" in told
    assert "It agrees: What we have is what we owe and what is ours." in told


def test_what_somebody_wrote_is_shown_as_she_wrote_it(busy: Books):
    told = words(as_pdf(STATEMENTS["journal"].build(Asked(until=DAY))))
    assert "<b>&amp; Ñandú</b>" in told


def test_nothing_is_fetched_from_outside(db: None):
    fetch = pdf._fetcher().fetch
    inside = f"{pdf.STATIC.as_uri()}/fonts/andika-latin-400-normal.woff2"
    assert fetch(inside).read(4) == b"\x00\x01\x00\x00"  # unpacked, as drawn
    for outside in (
        "https://example.org/x.png",
        "file:///etc/passwd",
        f"{pdf.STATIC.as_uri()}/../manage.py",
    ):
        with pytest.raises(ValueError, match=r"Not ours"):
            fetch(outside)


def test_the_office_gives_the_pdf(busy: Books):
    answer = sign_in(busy.treasurer).get(at("balance-sheet"), {"until": str(DAY), "as": "pdf"})
    assert answer["Content-Type"] == "application/pdf"
    assert "balance-sheet" in answer["Content-Disposition"]
    assert "All that we have" in words(answer.content)


def test_a_long_report_is_made_by_the_worker_for_who_asked(
    busy: Books, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(documents, "ROWS_AT_ONCE", 3)
    client: Client = sign_in(busy.treasurer)
    page = client.get(at("journal"), {"until": str(DAY)}).content.decode()
    assert "Have the PDF made" in page
    ask = reverse("reports_office:ask", args=["journal"])
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(ask, {"until": str(DAY)}).status_code == 302
    document = Document.objects.get()
    assert document.status == Document.Status.READY
    shown = client.get(reverse("reports_office:index")).content.decode()
    address = reverse("reports_office:document", args=[document.pk])
    assert address in shown
    assert "1,000.00" in words(client.get(address).content)
    assert sign_in(busy.president).get(address).status_code == 404
    # Asked for by its address, what was made comes at once, to her alone.
    query = {"until": str(DAY), "as": "pdf"}
    assert client.get(at("journal"), query)["Content-Type"] == "application/pdf"
    assert sign_in(busy.president).get(at("journal"), query).status_code == 302
    # The task done again makes nothing new; the same question that waits is asked once.
    assert documents.make.call(document.pk) is False
    report = STATEMENTS["journal"].build(Asked(until=DAY))
    first, second = (
        documents.ask_for(report=report, query="a=b", language="en", actor=busy.president)
        for _ in range(2)
    )
    assert first == second


def test_without_pango_the_button_says_why_and_the_rest_works(busy: Books, monkeypatch):
    monkeypatch.setattr(pdf, "_weasyprint", lambda: None)
    client = sign_in(person("Aud", "auditor"))
    page = client.get(at("balance-sheet"), {"until": str(DAY), "as": "pdf"})
    assert page.status_code == 200
    assert "pango" in page.content.decode()
    assert client.get(at("balance-sheet"), {"as": "csv"}).status_code == 200
    with pytest.raises(pdf.NoPdf):
        as_pdf(STATEMENTS["balance-sheet"].build(Asked()))
    waits = Document.objects.create(
        report="balance-sheet", title="x", language="en", asked_by=busy.treasurer
    )
    assert documents.make.call(waits.pk) is False
    waits.refresh_from_db()
    assert waits.status == Document.Status.FAILED
    assert "pango" in waits.why


def test_old_documents_are_forgotten(busy: Books):
    old = Document.objects.create(report="x", title="x", language="en", asked_by=busy.treasurer)
    Document.objects.filter(pk=old.pk).update(asked_at="2026-01-01T00:00Z")
    new = Document.objects.create(report="x", title="x", language="en", asked_by=busy.treasurer)
    assert documents.forget_old() == 1
    assert Document.objects.get() == new


def test_each_font_is_unpacked_once_a_process(busy: Books, monkeypatch: pytest.MonkeyPatch):
    from fontTools.ttLib import woff2

    asked = []
    really = woff2.decompress
    monkeypatch.setattr(
        woff2, "decompress", lambda font, into: (asked.append(font), really(font, into))
    )
    pdf._unpacked.cache_clear()
    for _ in range(2):
        paper = read(as_pdf(STATEMENTS["balance-sheet"].build(Asked(until=DAY))))
        used = paper.pages[0]["/Resources"]["/Font"].values()
        assert any("Andika" in font.get_object()["/BaseFont"] for font in used)
    assert asked
    assert len(asked) == len(set(asked))
