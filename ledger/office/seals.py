"""Blocks and their roots: the line for the minute book, and whether a copied one still fits."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from coop.kit.errors import Refusal
from coop.kit.office import office_page, page_of
from coop.people.access import requires
from ledger import queries
from ledger.forms import LineForm
from ledger.models import Block, JournalEntry
from ledger.office import READ, book_tabs, books_trail
from ledger.paper import file_answer, paper_answer
from ledger.root_line import judge, line_of, read_line

ICON = "ledger"


@require_safe
@requires(READ)
def index(request: HttpRequest) -> HttpResponse:
    """The newest line to copy, a field for a line that was copied before, and every block."""
    newest = queries.newest_block()
    form = LineForm(request.GET if "line" in request.GET else None)
    answer = None
    if form.is_bound and form.is_valid():
        try:
            answer = judge(read_line(form.cleaned_data["line"]))
        except Refusal as refusal:
            form.refuse(refusal)
    return office_page(
        request,
        "ledger/office/seals.html",
        title=_("Seals"),
        trail=books_trail(),
        icon=ICON,
        tabs=book_tabs("seals"),
        line=line_of(newest) if newest else None,
        newest=newest,
        form=form,
        answer=answer,
        waiting=JournalEntry.objects.filter(number=None).count(),
        page=page_of(request, Block.objects.all()),
    )


@require_safe
@requires(READ)
def changed(request: HttpRequest) -> HttpResponse:
    """Rows beside the journal that were changed or deleted: what they said before and after."""
    page = page_of(request, queries.changes())
    return office_page(
        request,
        "ledger/office/changes.html",
        title=_("What was changed"),
        trail=books_trail((_("Seals"), reverse("ledger_office:seals"))),
        icon=ICON,
        page=page,
        rows=queries.told_changes(list(page)),
    )


@require_safe
@requires(READ)
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """An entry's receipt as a file: it proves the entry without the books."""
    return file_answer(get_object_or_404(JournalEntry, pk=pk), pgettext("file name", "receipt"))


@require_safe
@requires(READ)
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """An entry's receipt on paper, with its QR code and the photographs of its papers."""
    one = get_object_or_404(JournalEntry, pk=pk)
    return paper_answer(one, pgettext("file name", "receipt"), photos=queries.papers_of_entry(one))
