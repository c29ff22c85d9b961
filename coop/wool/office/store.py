"""What lies in the store, how it moved, and a lot by itself."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from coop.kit.errors import Refusal
from coop.kit.office import office_page, page_of
from coop.people.access import person, requires
from coop.wool import queries, services
from coop.wool.figures import wool_chart
from coop.wool.forms import StoreLossForm
from coop.wool.models import WoolLot
from coop.wool.office import BUY, ISSUE, READ, may, tabs, trail


@require_safe
@requires(READ, ISSUE, BUY)
def stock(request: HttpRequest) -> HttpResponse:
    """By yarn and colour, and lot by lot."""
    only_in_store = request.GET.get("all") != "1"
    heaps = queries.stock()
    return office_page(
        request,
        "wool/office/stock.html",
        title=_("Wool"),
        icon="skein",
        tabs=tabs("stock"),
        stock=heaps,
        chart=wool_chart(heaps),
        page=page_of(request, queries.lots(only_in_store=only_in_store)),
        only_in_store=only_in_store,
        **may(request),
    )


@require_safe
@requires(READ, ISSUE, BUY)
def movements(request: HttpRequest) -> HttpResponse:
    """Everything that moved, the newest first."""
    return office_page(
        request,
        "wool/office/movements.html",
        title=_("Movements"),
        trail=trail(),
        icon="skein",
        tabs=tabs("movements"),
        page=page_of(request, queries.movements()),
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
