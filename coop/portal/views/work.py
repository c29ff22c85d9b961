"""What she is asked to knit, what she has taken on, and her answers."""

from datetime import date

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from catalog.charts import chart_of
from coop.kit import days
from coop.kit.errors import Refusal
from coop.portal import queries
from coop.portal.access import ours, screen
from coop.portal.offline.kept import is_being_kept
from coop.portal.standing import Standing
from orders.production import queries as production
from orders.production import sentences, services
from orders.production.models import Assignment

PAGE_SIZE = 8


def may_work(standing: Standing) -> bool:
    """Honorary and former members have no work."""
    return standing.may_work


def _hers(standing: Standing, pk: int) -> Assignment:
    return get_object_or_404(production.assignments().filter(member=standing.her), pk=pk)


@require_safe
@screen(may_work)
def work(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Offered first, then what she has taken on."""
    page = Paginator(production.of_member(standing.her), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    rows = queries.work_rows(page, days.today())
    # What waits for the office comes after what waits for her.
    offered = sorted((row for row in rows if row.is_offered), key=lambda row: row.waits_for_office)
    context = {
        **_choices(request, offered[0] if offered else None),
        "standing": standing,
        "messages": _news(request, offered[0] if offered else None),
        "page": page,
        "offered": offered,
        # One question at a time; the next ones are rows that lead to theirs.
        "first": offered[0] if offered else None,
        "more": offered[1:],
        "taken": [row for row in rows if not row.is_offered],
    }
    return render(request, "portal/work.html", context)


def _choices(request: HttpRequest, row: queries.WorkRow | None) -> dict[str, object]:
    """What she may answer between yes and no; `?less=3` draws three pieces, without script too."""
    if row is None or not row.is_offered:
        return {}
    wanted = request.GET.get("less", "")
    number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 6 else None
    return {
        "part": queries.part_of(row, number),
        "later_days": queries.later_days(row, days.today()),
    }


@require_safe
@screen(may_work)
def assignment(request: HttpRequest, standing: Standing, pk: int) -> HttpResponse:
    """One assignment: how far it is, its wool, why she was asked."""
    found = _hers(standing, pk)
    return _assignment(request, standing, found)


@require_safe
@screen(may_work)
def chart(request: HttpRequest, standing: Standing, pk: int) -> HttpResponse:
    """The chart that she knits from, stitch by stitch."""
    found = _hers(standing, pk)
    design = found.work_order.variant.design
    # She goes back to where she came from: the list, or this work. A phone keeps one page of it.
    came_from = ours(request, request.headers.get("Referer", ""))
    came_from_list = is_being_kept() or came_from == reverse("portal:work")
    context = {
        "came_from_list": came_from_list,
        "standing": standing,
        "assignment": found,
        "design": design,
        "chart": chart_of(design),
    }
    return render(request, "portal/chart.html", context)


def _news(request: HttpRequest, row: queries.WorkRow | None) -> list[Message]:
    """What the house says to her now, but not twice: that she asked for a day stands in the offer."""
    told = list(messages.get_messages(request))
    if row is None or not row.waits_for_office:
        return told
    return [
        one
        for one in told
        if str(one) != _("You asked for another day. The office answers you here.")
    ]


def _assignment(
    request: HttpRequest,
    standing: Standing,
    found: Assignment,
    sentence: str = "",
) -> HttpResponse:
    (row,) = queries.work_rows([found], days.today())
    context = {
        **_choices(request, row),
        "standing": standing,
        "messages": _news(request, row),
        "row": row,
        "progress": queries.progress(row),
        "to_mend": queries.notes_to_mend(found),
        "missing": production.missing_wool(found.member, row.wool) if row.left else [],
        "is_given_back": found.status in {found.Status.DECLINED, found.Status.WITHDRAWN},
        "why": sentences.explain_to_her(found.why),
        "share": sentences.share_of(found.why),
        "sentence": sentence,
    }
    return render(request, "portal/assignment.html", context)


@require_POST
@screen(may_work)
def take(request: HttpRequest, standing: Standing, pk: int) -> HttpResponse:
    """Yes, I do it."""
    found = _hers(standing, pk)
    try:
        services.take_on(assignment=found, actor=standing.user)
    except Refusal as refusal:
        return _assignment(request, standing, found, str(refusal))
    messages.success(request, _("You have taken it on. Fetch your wool."))
    return redirect("portal:assignment", pk=found.pk)


@require_POST
@screen(may_work)
def less(request: HttpRequest, standing: Standing, pk: int) -> HttpResponse:
    """Yes, but fewer: the others go back to be shared out."""
    found = _hers(standing, pk)
    value = request.POST.get("value", "")
    number = int(value) if value.isascii() and value.isdigit() and len(value) < 6 else 0
    try:
        services.take_part(assignment=found, quantity=number, actor=standing.user)
    except Refusal as refusal:
        return _assignment(request, standing, found, str(refusal))
    messages.success(request, _("You have taken these on. Fetch your wool."))
    return redirect("portal:assignment", pk=found.pk)


@require_POST
@screen(may_work)
def later_day(request: HttpRequest, standing: Standing, pk: int) -> HttpResponse:
    """Yes, but by a later day: at once, or when the office agrees."""
    found = _hers(standing, pk)
    try:
        wanted_on = date.fromisoformat(request.POST.get("value", ""))
    except ValueError:
        return redirect("portal:assignment", pk=found.pk)
    try:
        wish = services.take_later(assignment=found, wanted_on=wanted_on, actor=standing.user)
    except Refusal as refusal:
        return _assignment(request, standing, found, str(refusal))
    if wish:
        messages.success(request, _("You asked for another day. The office answers you here."))
    else:
        messages.success(request, _("It is yours, by that day. Fetch your wool."))
    return redirect("portal:assignment", pk=found.pk)


@require_POST
@screen(may_work)
def decline(request: HttpRequest, standing: Standing, pk: int) -> HttpResponse:
    """Not me: the work goes to somebody else."""
    found = _hers(standing, pk)
    try:
        services.decline(assignment=found, actor=standing.user)
    except Refusal as refusal:
        return _assignment(request, standing, found, str(refusal))
    messages.success(request, _("Good. Somebody else is asked."))
    return redirect("portal:work")
