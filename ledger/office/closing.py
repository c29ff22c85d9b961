"""Closing days: what can be closed, what it would do, asking, signing."""

from datetime import MAXYEAR, date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from coop.kit.errors import Refusal
from coop.kit.office import office_page, page_of
from coop.people.access import requires
from ledger import queries
from ledger.errors import ClosingSignedAlready
from ledger.forms import AskClosingForm, CloseForm, VoidClosingForm
from ledger.models import Closing, JournalEntry, Payment, Period
from ledger.models.closing import SIGNATURES_TO_CLOSE
from ledger.month_steps import CLOSING, span_of, steps_of
from ledger.office import READ, SIGN, WRITE, book_tabs, books_trail, may, me
from ledger.services import request_closing, sign_closing, void_closing

ICON = "ledger"
Status = Closing.Status


@require_safe
@requires(READ, SIGN)
def index(request: HttpRequest) -> HttpResponse:
    """What can be closed now, what waits for signatures, and what is closed."""
    form = CloseForm(request.GET if "until" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect("ledger_office:close", until=form.cleaned_data["until"].isoformat())
    waiting = queries.closing_waiting()
    return office_page(
        request,
        "ledger/office/periods.html",
        title=_("Closed days"),
        trail=books_trail(),
        icon=ICON,
        tabs=book_tabs("periods"),
        waiting=waiting,
        is_stale=waiting is not None and queries.is_stale(waiting),
        closed_until=queries.closed_until(),
        last_days=[] if waiting else queries.next_last_days(),
        page=page_of(request, Period.objects.select_related("closed_by")),
        by_day=_closings_by_day(),
        called_off=queries.closings().filter(status=Status.VOID)[:5],
        form=form,
        **may(request),
    )


def _closings_by_day() -> dict[date, Closing]:
    done = queries.closings().filter(status=Status.CLOSED)
    return {one.last_day: one for one in done[:500]}


def _day(until: str) -> date:
    try:
        day = date.fromisoformat(until)
    except ValueError as wrong:
        raise Http404 from wrong
    if day.year == MAXYEAR:
        # No month follows it, and nobody closes it.
        raise Http404
    return day


@requires(WRITE)
def look(request: HttpRequest, until: str) -> HttpResponse:
    """What closing up to a day would do; asking for it."""
    day = _day(until)
    form = AskClosingForm(request.POST if request.method == "POST" else None)
    plan, refusal = _plan(day)
    if form.is_bound and form.is_valid():
        try:
            made = request_closing(last_day=day, actor=me(request), **form.cleaned_data)
        except Refusal as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Asked for. Now two people look at it and sign."))
            return redirect("ledger_office:closing", made.pk)
    return office_page(
        request,
        "ledger/office/close.html",
        title=_("Close up to %(day)s") % {"day": date_format(day, "DATE_FORMAT")},
        trail=books_trail((_("Closed days"), reverse("ledger_office:periods"))),
        icon=ICON,
        plan=plan,
        refusal=refusal,
        form=form,
        unfinished=_unfinished(day),
    )


def _plan(day: date) -> tuple[queries.ClosingPlan | None, str]:
    try:
        return queries.plan_closing(day), ""
    except Refusal as refused:
        return None, str(refused)


def _unfinished(day: date) -> list[tuple[str, str]]:
    """What somebody should look at before these days are closed: a sentence and its page."""
    others = Payment.objects.waiting().exclude(kind=JournalEntry.Kind.MEMBER_PAID)
    waiting = others.filter(requested_on__lte=day).count()
    # What else belongs to the month and is left; closing it is what she is at.
    left = [one for one in steps_of(span_of(day), before=CLOSING) if one.state == "left"]
    rows = [(f"{one.told} {one.if_closed}".strip(), one.url) for one in left]
    if waiting:
        words = ngettext(
            "%(count)s other payment asked for in these days is not paid yet.",
            "%(count)s other payments asked for in these days are not paid yet.",
            waiting,
        )
        rows.append((words % {"count": waiting}, reverse("ledger_office:waiting")))
    return rows


@require_safe
@requires(READ, SIGN)
def closing(request: HttpRequest, pk: int) -> HttpResponse:
    """One closing: what it closes, who signed, what it wrote."""
    return _page(request, get_object_or_404(queries.closings(), pk=pk))


def _page(request: HttpRequest, one: Closing, *, void_form: Any = None) -> HttpResponse:
    signatures = list(one.signatures.all())
    has_signed = me(request).pk in {each.signer_id for each in signatures}
    is_asked = one.status == Status.ASKED
    rights = may(request)
    plan, refusal = _plan(one.last_day) if is_asked else (None, "")
    is_same = plan is None or queries.is_as_asked(one, plan)
    entries = queries.entries().filter(closing_entry__closing=one)
    return office_page(
        request,
        "ledger/office/closing.html",
        title=_("Closing up to %(day)s") % {"day": date_format(one.last_day, "DATE_FORMAT")},
        trail=books_trail((_("Closed days"), reverse("ledger_office:periods"))),
        icon=ICON,
        closing=one,
        plan=plan if is_same else None,
        refusal=refusal,
        has_changed=not is_same,
        signature_rows=signatures,
        missing=max(0, SIGNATURES_TO_CLOSE - len(signatures)),
        has_signed=has_signed,
        can_sign=is_asked and is_same and rights["may_sign"] and not has_signed,
        void_form=(void_form or VoidClosingForm())
        if is_asked and (rights["may_write"] or rights["may_sign"])
        else None,
        entries=[(each, queries.describe(each, names=True)) for each in entries],
        **rights,
    )


@require_POST
@requires(SIGN)
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign it; the second signature closes the days."""
    one = get_object_or_404(Closing, pk=pk)
    try:
        done = sign_closing(closing=one, signer=me(request))
    except ClosingSignedAlready:
        pass  # pressed twice, the second answer is the first one's
    except Refusal as refused:
        messages.warning(request, str(refused))
    else:
        if done.status == Status.CLOSED:
            day = date_format(done.last_day, "DATE_FORMAT")
            messages.success(request, _("Every day up to %(day)s is closed.") % {"day": day})
        else:
            messages.success(request, _("You have signed it. Somebody else signs too."))
    return redirect("ledger_office:closing", pk)


@require_POST
@requires(SIGN, WRITE)
def void(request: HttpRequest, pk: int) -> HttpResponse:
    """Call it off."""
    one = get_object_or_404(Closing, pk=pk)
    form = VoidClosingForm(request.POST)
    if form.is_valid():
        try:
            void_closing(closing=one, actor=me(request), reason=form.cleaned_data["reason"])
        except Refusal as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("It is called off."))
            return redirect("ledger_office:closing", pk)
    return _page(request, get_object_or_404(queries.closings(), pk=pk), void_form=form)
