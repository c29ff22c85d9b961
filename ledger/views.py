"""The open book: totals for everybody, every entry for members."""

from csp.decorators import csp_exempt
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from ledger import checker, open_pages
from ledger.models import JournalEntry
from ledger.queries import described, newest_block, open_book_summary, public_entries

ENTRIES_ON_A_PAGE = 30


@require_safe
def open_book(request: HttpRequest) -> HttpResponse:
    """What the house holds and owes, what came in and what went out.

    Nobody is named and no entry is shown to the public; whoever may read the open book also
    reads each entry as a sentence, with names only if the assembly's decision lets her.
    """
    book, block = open_book_summary(), newest_block()
    context = {
        "book": book,
        "held": open_pages.held(book),
        "owed": open_pages.owed(book),
        "sealed": block.last_number if block else None,
        "spent": open_pages.spent(book.went_out),
    }
    if request.user.has_perm("ledger.read_open_book"):
        page = Paginator(public_entries(), ENTRIES_ON_A_PAGE).get_page(request.GET.get("page"))
        names = request.user.has_perm("ledger.read_open_book_names")
        context |= {"page_of_entries": page, "sentences": _sentences(page, names=names)}
    return render(request, "ledger/open_book.html", context)


@require_safe
@csp_exempt()
def check_receipt(request: HttpRequest) -> HttpResponse:
    """The page that checks receipts, also without us: kept, it works from disk.

    Its own policy, in it and beside it, is stricter than the site's.
    """
    text, policy = checker.page()
    answer = HttpResponse(text)
    answer["Content-Security-Policy"] = f"{policy}; frame-ancestors 'none'"
    if "keep" in request.GET:
        name = pgettext("file name", "check-a-receipt")
        answer["Content-Disposition"] = f'attachment; filename="{name}.html"'
    return answer


def _sentences(page: Page[JournalEntry], *, names: bool) -> list[tuple[JournalEntry, str]]:
    told = described(page, names=names)
    return [(entry, told[entry.pk]) for entry in page]
