"""The open book: for everybody the totals that the assembly made public, for members everything."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from coop.kit.errors import Refusal
from coop.people.models import User
from ledger import open_pages
from ledger.forms import LineForm
from ledger.models import JournalEntry
from ledger.queries import described, newest_block, open_book_summary, public_entries
from ledger.reports.decisions import Subject, Total, newest
from ledger.reports.reading import public_reading, reading_of
from ledger.reports.statements.places import money_places_with_holders
from ledger.root_line import judge, line_of, read_line

ENTRIES_ON_A_PAGE = 30
#: Months of which the pay is told in sums.
MOST_TOLD = 12
#: Months shown one by one.
MONTHS = 12


@require_safe
def open_book(request: HttpRequest) -> HttpResponse:
    """What the house holds and owes, what came in and what went out.

    Everybody reads the totals that the assembly chose, drawn from posted entries; nobody is named.
    Whoever may read the open book reads all of it, and each entry as a sentence: how the pay of
    others is told in it, the assembly decided too.
    """
    user = request.user
    reader = user if isinstance(user, User) and user.has_perm("ledger.read_open_book") else None
    reading = reading_of(reader) if reader else public_reading()
    shown, book, block = reading.shown, open_book_summary(reading.day), newest_block()
    context: dict[str, Any] = {
        "book": book,
        "shows": {one.name.lower(): one.value in shown for one in Total},
        "shows_any": bool(shown),
        "held": open_pages.held(book, shown),
        "owed": open_pages.owed(book, shown),
        "sealed": block.last_number if block else None,
        "line": line_of(block) if block else None,
        "months": reading.months(MONTHS) if {Total.CAME_IN, Total.WENT_OUT} & shown else [],
        **_compared(request),
        "spent": open_pages.spent(book.went_out),
        "decision": None if reader else newest(Subject.PUBLIC_TOTALS),
        "reads_all": reader is not None,
        "reading": reading,
    }
    if reader:
        entries = reading.of(public_entries())
        page = Paginator(entries, ENTRIES_ON_A_PAGE).get_page(request.GET.get("page"))
        context |= {
            "page_of_entries": page,
            "sentences": _sentences(page, names=reading.names),
            "told": reading.told[:MOST_TOLD],
            "decision_of_pay": newest(Subject.OTHERS_PAY),
            "places": money_places_with_holders(reading.day) if reading.day else [],
        }
    return render(request, "ledger/open_book.html", context)


def _compared(request: HttpRequest) -> dict[str, Any]:
    """What the books say to a line of the minute book that somebody typed, if she did."""
    form = LineForm(request.GET if "line" in request.GET else None)
    judged = None
    if form.is_bound and form.is_valid():
        try:
            judged = judge(read_line(form.cleaned_data["line"]))
        except Refusal as refusal:
            form.refuse(refusal)
    return {"line_form": form, "judged": judged}


def _sentences(page: Page[JournalEntry], *, names: bool) -> list[tuple[JournalEntry, str]]:
    told = described(page, names=names)
    return [(entry, told[entry.pk]) for entry in page]
