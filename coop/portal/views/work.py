"""What she is asked to knit, what she has taken on, and her yes or no."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from catalog.charts import chart_of
from coop.kit import days
from coop.kit.errors import Refusal
from coop.portal import queries
from coop.portal.access import screen
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
    offered = [row for row in rows if row.is_offered]
    context = {
        "standing": standing,
        "page": page,
        "offered": offered,
        # One question at a time; the next ones are rows that lead to theirs.
        "first": offered[0] if offered else None,
        "more": offered[1:],
        "taken": [row for row in rows if not row.is_offered],
    }
    return render(request, "portal/work.html", context)


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
    context = {
        "standing": standing,
        "assignment": found,
        "design": design,
        "chart": chart_of(design),
    }
    return render(request, "portal/chart.html", context)


def _assignment(
    request: HttpRequest,
    standing: Standing,
    found: Assignment,
    sentence: str = "",
) -> HttpResponse:
    (row,) = queries.work_rows([found], days.today())
    context = {
        "standing": standing,
        "row": row,
        "progress": queries.progress(row),
        "to_mend": queries.notes_to_mend(found),
        "missing": production.missing_wool(found.member, row.wool) if row.left else [],
        "is_given_back": found.status in {found.Status.DECLINED, found.Status.WITHDRAWN},
        "why": sentences.explain_to_her(found.why),
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
def decline(request: HttpRequest, standing: Standing, pk: int) -> HttpResponse:
    """Not me: the work goes to somebody else."""
    found = _hers(standing, pk)
    try:
        services.decline(assignment=found, actor=standing.user)
    except Refusal as refusal:
        return _assignment(request, standing, found, str(refusal))
    messages.success(request, _("Good. Somebody else is asked."))
    return redirect("portal:work")
