"""What comes in: pieces that members bring, and those that they have mended."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from catalog.models import Piece
from catalog.pictures import with_pictures
from coop.kit import days
from coop.kit.errors import Refusal
from coop.kit.office import office_page, page_of
from coop.people.access import person, requires
from orders.production import queries, services
from orders.production.models import Assignment
from orders.production.office import ICON, RECEIVE, tabs, trail
from orders.production.office.forms import BringForm, DeliveryFilter


@require_safe
@requires(RECEIVE)
def index(request: HttpRequest) -> HttpResponse:
    """Who still has pieces to bring, soonest due first; and what is being mended."""
    return _page(request, DeliveryFilter(request.GET))


@require_POST
@requires(RECEIVE)
def bring(request: HttpRequest, pk: int) -> HttpResponse:
    """She brings some pieces; they wait for the checker."""
    found = get_object_or_404(queries.assignments(), pk=pk)
    form = BringForm(request.POST, auto_id=f"bring-{pk}-%s")
    if form.is_valid():
        try:
            pieces = services.deliver(
                assignment=found,
                quantity=form.cleaned_data["quantity"],
                brought_before=form.cleaned_data["before"],
                actor=person(request),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            sentence = ngettext(
                "%(member)s brought %(count)s piece: it waits for the checker.",
                "%(member)s brought %(count)s pieces: they wait for the checker.",
                len(pieces),
            )
            facts = {"member": found.member.name, "count": len(pieces)}
            messages.success(request, sentence % facts)
            return redirect("production_office:deliveries")
    return _page(request, DeliveryFilter({}), refused=(found, form))


@require_POST
@requires(RECEIVE)
def bring_back(request: HttpRequest, pk: int) -> HttpResponse:
    """She brings a mended piece again."""
    piece = get_object_or_404(Piece.objects.select_related("maker"), pk=pk)
    try:
        services.redeliver(piece=piece, actor=person(request))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        sentence = _("%(member)s has mended it: it waits for the checker again.")
        messages.success(request, sentence % {"member": piece.maker.name})
    return redirect("production_office:deliveries")


def _page(
    request: HttpRequest,
    form: DeliveryFilter,
    refused: tuple[Assignment, BringForm] | None = None,
) -> HttpResponse:
    chosen = form.chosen
    who, until = chosen["who"].strip(), days.today() if chosen["due"] == "today" else None
    page = page_of(request, queries.being_knitted(who=who, until=until))
    rows = [
        (row, refused[1] if refused and refused[0] == row else _bring_form(row)) for row in page
    ]
    if refused and refused[0] not in page:
        rows.insert(0, refused)
    mending = list(queries.being_mended(who=who)) if page.number == 1 else []
    with_pictures(
        [*(row.work_order.variant for row, _form in rows), *(one.variant for one in mending)]
    )
    return office_page(
        request,
        "production/office/deliveries.html",
        title=_("What comes in"),
        trail=trail(),
        icon=ICON,
        tabs=tabs(request, "deliveries"),
        form=form,
        is_filtered=any(chosen.values()),
        page=page,
        rows=rows,
        mending=mending,
    )


def _bring_form(row: Assignment) -> BringForm:
    return BringForm(
        initial={"quantity": row.left, "before": row.delivered}, auto_id=f"bring-{row.pk}-%s"
    )
