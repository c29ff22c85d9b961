"""The open book, in plain sentences."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from coop.portal.access import screen
from coop.portal.standing import Standing
from ledger import queries as ledger
from ledger.models import JournalEntry

PAGE_SIZE = 20
Kind = JournalEntry.Kind

#: The picture of each kind of entry: (icon, dye). Everything else is a coin.
PICTURES: dict[str, tuple[str, str]] = {
    Kind.PIECE_PASSED: ("knit", "pink"),
    Kind.SALE: ("bundle", "chilca"),
    Kind.COST_OF_SALE: ("bundle", "fawn"),
    Kind.SALE_RETURNED: ("bundle", "none"),
    Kind.DEPOSIT_RECEIVED: ("coins", "chilca"),
    Kind.RECEIVABLE_SETTLED: ("coins", "chilca"),
    Kind.WOOL_BOUGHT: ("wool", "lake"),
    Kind.WOOL_ISSUED: ("wool", "pink"),
    Kind.WOOL_RETURNED: ("wool", "chilca"),
    Kind.WOOL_WASTED: ("wool", "none"),
    Kind.MEMBER_PAID: ("give", "qolle"),
    Kind.ADVANCE_PAID: ("give", "lake"),
    Kind.SUPPLIER_PAID: ("give", "fawn"),
    Kind.EXPENSE_PAID: ("give", "fawn"),
    Kind.REVERSAL: ("rub", "none"),
    Kind.OPENING: ("book", "qolle"),
}


@dataclass(frozen=True)
class Row:
    """An entry, told."""

    entry: JournalEntry
    sentence: str
    picture: str
    dye: str


def may_read(standing: Standing) -> bool:
    """Members and officers; who left reads the public page."""
    return standing.may_read_book


@require_safe
@screen(may_read)
def book(request: HttpRequest, standing: Standing) -> HttpResponse:
    """What the house has and owes, then what happened, the newest first."""
    page = Paginator(ledger.entries(), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = []
    for entry in page:
        picture, dye = PICTURES.get(entry.kind, ("coins", "qolle"))
        sentence = ledger.describe(entry, names=standing.may_read_names)
        rows.append(Row(entry, sentence, picture, dye))
    context = {"standing": standing, "page": page, "rows": rows}
    if page.number == 1:
        context["summary"] = ledger.open_book_summary()
    return render(request, "portal/book.html", context)
