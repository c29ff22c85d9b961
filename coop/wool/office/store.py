"""What lies in the store, how it moved, and a lot by itself."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from coop.kit.errors import Refusal
from coop.kit.lists import Sorting, csv_url, wants_csv
from coop.kit.office import office_page, page_of
from coop.people.access import person, requires
from coop.wool import queries, services
from coop.wool.figures import wool_chart
from coop.wool.forms import LotFilter, MovementFilter, StoreLossForm
from coop.wool.models import WoolLot
from coop.wool.office import BUY, ISSUE, READ, may, tables, tabs, trail

_HEAPS = {
    "wool": ["name"],
    "store": ["store_g", "name"],
    "held": ["held_g", "name"],
    "value": ["store_value_minor", "name"],
}
_LOTS = {
    "lot": ["code"],
    "wool": ["yarn__key", "colour__key", "received_on", "pk"],
    "came": ["received_on", "pk"],
    "received": ["received_g", "pk"],
    "store": ["store_g", "pk"],
}


@require_safe
@requires(READ, ISSUE, BUY)
def stock(request: HttpRequest) -> HttpResponse:
    """By yarn and colour, all lots together."""
    sorting = Sorting(request, _HEAPS, default="wool")
    stored = queries.stock()
    heaps = sorting.in_order(stored)
    if wants_csv(request):
        return tables.heaps(heaps)
    return office_page(
        request,
        "wool/office/stock.html",
        title=_("Wool"),
        icon="skein",
        tabs=tabs("stock"),
        stock=heaps,
        chart=wool_chart(stored),
        sorting=sorting,
        csv_url=csv_url(request),
        **may(request),
    )


@require_safe
@requires(READ, ISSUE, BUY)
def lots(request: HttpRequest) -> HttpResponse:
    """Lot by lot, those of which something is left unless others are asked for."""
    form = LotFilter(request.GET)
    chosen = form.chosen
    sorting = Sorting(request, _LOTS, default="-came")
    found = queries.lots(
        words=chosen["words"].strip(),
        yarn=chosen["yarn"] or None,
        colour=chosen["colour"] or None,
        only_in_store=chosen["show"] != "all",
    ).order_by(*sorting.fields)
    if wants_csv(request):
        return tables.lots(found)
    return office_page(
        request,
        "wool/office/lots.html",
        title=_("Lots"),
        trail=trail(),
        icon="skein",
        tabs=tabs("lots"),
        form=form,
        is_filtered=any(chosen.values()),
        sorting=sorting,
        csv_url=csv_url(request),
        page=page_of(request, found),
        **may(request),
    )


@require_safe
@requires(READ, ISSUE, BUY)
def movements(request: HttpRequest) -> HttpResponse:
    """Everything that moved, the newest first."""
    form = MovementFilter(request.GET)
    chosen = {name: value for name, value in form.chosen.items() if value}
    found = queries.movements(**chosen)
    if wants_csv(request):
        return tables.movements(found)
    return office_page(
        request,
        "wool/office/movements.html",
        title=_("Movements"),
        trail=trail(),
        icon="skein",
        tabs=tabs("movements"),
        form=form,
        is_filtered=bool(chosen),
        csv_url=csv_url(request),
        page=page_of(request, found),
    )


@require_safe
@requires(READ, ISSUE, BUY)
def lot(request: HttpRequest, pk: int) -> HttpResponse:
    """One lot: where its wool is now, and how it moved."""
    one = _lot(pk)
    may_write_off = request.user.has_perm(ISSUE) and one.store_g
    return _lot_page(request, one, StoreLossForm() if may_write_off else None)


@require_POST
@requires(ISSUE)
def lose(request: HttpRequest, pk: int) -> HttpResponse:
    """The store lost some of a lot."""
    one = _lot(pk)
    form = StoreLossForm(request.POST)
    if form.is_valid():
        try:
            services.lose_wool(
                lot=one,
                member=None,
                grams=form.cleaned_data["grams"],
                why=form.cleaned_data["why"],
                on=form.cleaned_data["on"],
                actor=person(request),
                reference=form.reference,
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The loss is written down."))
            return redirect("wool_office:lot", one.pk)
    return _lot_page(request, one, form)


def _lot(pk: int) -> WoolLot:
    return get_object_or_404(WoolLot.objects.select_related("yarn", "colour", "trip"), pk=pk)


def _lot_page(request: HttpRequest, one: WoolLot, form: StoreLossForm | None) -> HttpResponse:
    return office_page(
        request,
        "wool/office/lot.html",
        title=_("Lot %(code)s") % {"code": one.code},
        trail=trail(),
        icon="skein",
        lot=one,
        holders=queries.holders_of(one),
        page=page_of(request, queries.movements(lot=one)),
        form=form,
        **may(request),
    )
