"""Which papers of a month were printed, by whom and when; a long one comes as PDF too."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from coop.kit.pdf import can_make
from ledger.month_steps import Step, span_of
from ledger.reports import documents
from ledger.reports.models import Document, Printing
from ledger.reports.month import PAPERS, papers
from tests.factories.ledger import Books, close_period
from tests.ledger.test_office import sign_in

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not can_make(), reason="no pango on this machine"),
]

FIRST, LAST = date(2026, 2, 1), date(2026, 2, 28)
MONTH = {"since": str(FIRST), "until": str(LAST), "as": "pdf"}


@pytest.fixture
def treasurer(books: Books) -> Client:
    books.put_in_cash("100", day=FIRST)
    return sign_in(books.treasurer)


def take(client: Client, key: str, **days: str):
    return client.get(reverse("reports_office:report", args=[key]), MONTH | days)


def step() -> Step:
    with translation.override("en"):
        return papers(span_of(FIRST))


def test_taking_the_pdf_of_a_closed_month_is_written_down(treasurer: Client, books: Books):
    assert step().state == "later"
    close_period(last_day=LAST, actor=books.treasurer)
    assert step().state == "ready"

    for key in PAPERS:
        assert take(treasurer, key)["Content-Type"] == "application/pdf"

    found = step()
    assert found.state == "done"
    assert found.told == "5 of 5 printed since the month was closed."
    assert all(f"Printed by {books.treasurer}, " in one.told for one in found.links)
    page = treasurer.get(reverse("ledger_office:month"), {"of": "2026-02"}).content.decode()
    assert page.count("month-papers__told") == 5


def test_taken_again_the_newest_counts(treasurer: Client, books: Books):
    take(treasurer, "places")
    take(sign_in(books.president), "places")

    one = Printing.objects.get()
    assert (one.report, one.month, one.by) == ("places", FIRST, books.president)


def test_a_paper_from_before_the_closing_is_to_be_printed_again(treasurer: Client, books: Books):
    take(treasurer, "balance-sheet")
    close_period(last_day=LAST, actor=books.treasurer)

    found = step()
    assert found.state == "ready"
    [told] = [one.told for one in found.links if one.told]
    assert "before the month was closed: print it again" in told


@pytest.mark.parametrize(
    "days",
    [
        {"until": "2026-02-27"},
        {"since": "2026-01-01"},
        {"since": "2026-02-02"},
        {"as": "xlsx"},
        {"as": ""},
    ],
)
def test_what_is_no_month_or_no_paper_is_not_written_down(treasurer: Client, days: dict[str, str]):
    assert take(treasurer, "cash-flow", **days).status_code == 200
    assert not Printing.objects.exists()


def test_a_long_journal_asked_for_as_pdf_comes_as_pdf(
    treasurer: Client, books: Books, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(documents, "ROWS_AT_ONCE", 1)
    with django_capture_on_commit_callbacks(execute=True):
        asked = take(treasurer, "journal")
    assert asked.url == f"{reverse('reports_office:index')}#documents"
    assert not Printing.objects.exists()

    given = take(treasurer, "journal")
    assert given["Content-Type"] == "application/pdf"
    assert Document.objects.count() == 1
    assert Printing.objects.get().report == "journal"
    # What was written since then is not in it: it is made anew.
    books.earned("5", day=LAST)
    with django_capture_on_commit_callbacks(execute=True):
        assert take(treasurer, "journal").status_code == 302
    Document.objects.update(asked_at=timezone.now() - timedelta(hours=1))
    with django_capture_on_commit_callbacks(execute=True):
        assert take(treasurer, "journal").status_code == 302


def test_a_document_of_the_worker_counts_when_it_is_taken(
    treasurer: Client, books: Books, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(documents, "ROWS_AT_ONCE", 0)
    with django_capture_on_commit_callbacks(execute=True):
        take(treasurer, "journal")
    treasurer.get(reverse("reports_office:document", args=[Document.objects.get().pk]))

    assert Printing.objects.get().by == books.treasurer


def test_a_document_from_before_the_closing_is_to_be_printed_again(
    treasurer: Client, books: Books, monkeypatch, django_capture_on_commit_callbacks
):
    """It is kept for days, and says what stood in the books when it was made."""
    monkeypatch.setattr(documents, "ROWS_AT_ONCE", 0)
    with django_capture_on_commit_callbacks(execute=True):
        take(treasurer, "balance-sheet")
    close_period(last_day=LAST, actor=books.treasurer)
    treasurer.get(reverse("reports_office:document", args=[Document.objects.get().pk]))

    found = step()
    assert found.state == "ready"
    [told] = [one.told for one in found.links if one.told]
    assert "before the month was closed: print it again" in told


def test_an_older_document_takes_nothing_from_a_newer_paper(
    treasurer: Client, books: Books, monkeypatch, django_capture_on_commit_callbacks
):
    with monkeypatch.context() as worker:
        worker.setattr(documents, "ROWS_AT_ONCE", 0)
        with django_capture_on_commit_callbacks(execute=True):
            take(treasurer, "balance-sheet")
    take(sign_in(books.president), "balance-sheet")
    treasurer.get(reverse("reports_office:document", args=[Document.objects.get().pk]))

    assert Printing.objects.get().by == books.president
