"""The journal, an entry's own page, undoing it, moving money."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe
from djmoney.money import Money

from coop.kit.errors import Refusal
from coop.kit.forms import OF_THE_OFFICE
from coop.kit.lists import MOST_ROWS, csv_answer, csv_url, wants_csv
from coop.kit.office import office_page, page_of
from coop.people.access import requires
from ledger import queries
from ledger.errors import CannotReverse, CountedElsewhere, MadeByClosing
from ledger.forms import JournalFilter, MoveForm, ReverseForm
from ledger.kept import refuse_undoing
from ledger.models import JournalEntry
from ledger.office import READ, WRITE, book_tabs, books_trail, may, me
from ledger.services import move_money, undo_by_hand
from ledger.services.audits import read_up_to

ICON = "ledger"


@require_safe
@requires(READ)
def index(request: HttpRequest) -> HttpResponse:
    """The journal, the newest first, narrowed by day, kind and account."""
    form = JournalFilter(request.GET)
    chosen = {name: value for name, value in form.chosen.items() if value}
    reading = queries.read_until(me(request))
    if chosen.pop("new", False) and reading:
        chosen["after"] = reading.entry_id
    if wants_csv(request):
        return _table(queries.entries(**chosen))
    page = page_of(request, queries.entries(**chosen))
    return office_page(
        request,
        "ledger/office/journal.html",
        title=_("Journal"),
        trail=books_trail(),
        icon=ICON,
        tabs=book_tabs("journal"),
        form=form,
        is_filtered=any(form.chosen.values()),
        reading=reading,
        newest=JournalEntry.objects.order_by("-pk").first() if form.chosen["new"] else None,
        csv_url=csv_url(request),
        page=page,
        rows=_rows(page),
        **may(request),
    )


def _rows(page: Iterable[JournalEntry]) -> list[tuple[JournalEntry, str, Money, str]]:
    """Entries, what happened, their sums, and what is in those beside what the sentence tells."""
    told = queries.described(page, names=True)
    return [(one, told[one.pk], queries.total_of(one), queries.more_than_told(one)) for one in page]


@require_POST
@requires(READ)
def mark_read(request: HttpRequest) -> HttpResponse:
    """She has read the journal up to an entry."""
    key = request.POST.get("entry", "")
    entry = get_object_or_404(JournalEntry, pk=key if key.isdigit() and len(key) < 19 else 0)
    read_up_to(reader=me(request), entry=entry)
    messages.success(request, _("Read up to here. What comes from now on is new to you."))
    return redirect("ledger_office:journal")


def _table(entries: QuerySet[JournalEntry]) -> HttpResponse:
    head = [_("Day"), _("No."), _("Kind"), _("What happened"), _("Memo"), _("Currency")]
    shown = list(entries[:MOST_ROWS])
    told = queries.described(shown, names=True)
    rows = (
        [
            one.day,
            one.number,
            one.get_kind_display(),
            told[one.pk],
            one.memo,
            amount.currency.code,
            amount.amount,
        ]
        for one in shown
        for amount in [queries.total_of(one)]
    )
    return csv_answer(pgettext("file name", "journal"), [*head, _("Amount")], rows)


@require_safe
@requires(READ)
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry: its sides, who wrote it, and its proof."""
    one = get_object_or_404(queries.entry_in_full(), pk=pk)
    return office_page(
        request,
        "ledger/office/entry.html",
        title=_("Entry %(label)s") % {"label": one.label},
        trail=books_trail((_("Journal"), reverse("ledger_office:journal"))),
        icon=ICON,
        entry=one,
        sentence=queries.described([one], names=True)[one.pk],
        totals=queries.sides_of(one),
        undone_by=getattr(one, "reversed_by", None),
        item=getattr(one, "block_item", None),
        **_more_of(one),
        **may(request),
    )


def _more_of(one: JournalEntry) -> dict[str, Any]:
    """Its papers, the grants that paid for it, and what may still be done with it."""
    kinds = JournalEntry.Kind
    spent, tagged = queries.spent_by(one)
    is_closings = one.kind in {kinds.REVALUATION, kinds.RESULT}
    uses = one.grant_uses.filter(recognised__reversed_by=None).select_related("line__grant")
    return {
        "is_closings": is_closings,
        "can_undo": one.kind != kinds.REVERSAL and not is_closings,
        "can_tag": spent > tagged and bool(queries.open_grants(one.day)),
        "vouchers": queries.papers_of_entry(one),
        "grant_uses": list(uses),
    }


@requires(WRITE)
def move(request: HttpRequest) -> HttpResponse:
    """Write that our own money went from one place to another."""
    form = MoveForm(request.POST or None)
    if form.is_bound and form.is_valid():
        values = form.cleaned_data
        told = {name: values[name] for name in ("from_account", "to_account", "gives", "takes")}
        try:
            made = move_money(
                **told,
                on=values["on"],
                memo=values["memo"],
                actor=me(request),
                reference=form.reference,
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("It is in the books."))
            return redirect("ledger_office:entry", made.pk)
    return office_page(
        request,
        "office/page_form.html",
        title=_("Move money"),
        trail=books_trail((_("Journal"), reverse("ledger_office:journal"))),
        icon=ICON,
        form=form,
        lead=_("Between our own places: from the box to the bank, or what the partner forwards."
               " Into another currency it goes at what really arrived."),
        button=_("Write it"),
    )  # fmt: skip


@requires(WRITE)
def reverse_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo an entry by its mirror image."""
    one = get_object_or_404(queries.entries(), pk=pk)
    why_not = _why_it_stays(one)
    if why_not and request.method != "POST":
        messages.warning(request, why_not)
        return redirect("ledger_office:entry", pk)
    form = ReverseForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            made = undo_by_hand(
                entry=one,
                reason=form.cleaned_data["reason"],
                day=form.cleaned_data["on"],
                actor=me(request),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("It is undone. Both entries stay in the books."))
            return redirect("ledger_office:entry", made.pk)
    return office_page(
        request,
        "office/page_form.html",
        title=_("Undo entry %(label)s") % {"label": one.label},
        trail=books_trail(
            (_("Journal"), reverse("ledger_office:journal")),
            (one.label, reverse("ledger_office:entry", args=[pk])),
        ),
        icon=ICON,
        form=form,
        lead=queries.described([one], names=True)[one.pk],
        warning=_stays_behind(one),
        button=_("Undo it"),
    )


def _why_it_stays(one: JournalEntry) -> str:
    """Why an entry cannot be undone; nothing if it can. Its own page has the links."""
    kinds = JournalEntry.Kind
    if one.kind == kinds.REVERSAL:
        return str(CannotReverse())
    if one.kind in {kinds.REVALUATION, kinds.RESULT}:
        return str(MadeByClosing())
    undone_by = JournalEntry.objects.filter(reverses=one).first()
    if undone_by is None:
        try:
            refuse_undoing(one)
        except CountedElsewhere as refusal:
            return str(refusal)
        return ""
    day = date_format(undone_by.day, "DATE_FORMAT")
    return _("This entry was undone already, on %(day)s: see below by which one.") % {"day": day}


def _stays_behind(one: JournalEntry) -> str:
    """What undoing an entry in the journal does not undo; nothing for what was written here."""
    if one.payment_id or one.reference.startswith(OF_THE_OFFICE):
        return ""
    return _(
        "Another page of the house wrote this entry, when something happened there. Undoing it puts"
        " the books right and nothing else: the order, the piece or the count stays as it was"
        " written down."
    )
