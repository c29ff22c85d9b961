"""Trips for wool: the advance asked for, receipts booked, the rest brought back."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from coop.kit.days import today
from coop.kit.errors import Refusal
from coop.kit.money import format_money
from coop.kit.office import office_page, page_of
from coop.people.access import person, requires
from coop.wool import queries, services
from coop.wool.forms import CancelForm, ReceiptForm, RestForm, TripForm
from coop.wool.models import PurchaseTrip, WoolLot
from coop.wool.office import BUY, ISSUE, READ, may, tabs, trail

Status = PurchaseTrip.Status


@require_safe
@requires(READ, ISSUE, BUY)
def index(request: HttpRequest) -> HttpResponse:
    """Every trip, the newest first."""
    return office_page(
        request,
        "wool/office/trips.html",
        title=_("Trips for wool"),
        trail=trail(),
        icon="skein",
        tabs=tabs("trips"),
        page=page_of(request, queries.trips()),
        today=today(),
        **may(request),
    )


@requires(BUY)
def send(request: HttpRequest) -> HttpResponse:
    """Ask for an advance; two who do not receive it sign."""
    form = TripForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = {key: one for key, one in form.cleaned_data.items() if key != "form_key"}
        try:
            one = services.advance_for_trip(
                **values, actor=person(request), reference=form.reference
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The advance is asked for: now two sign it."))
            return redirect("wool_office:trip", one.pk)
    return office_page(
        request,
        "office/page_form.html",
        title=_("Send for wool"),
        trail=trail((_("Trips"), reverse("wool_office:trips"))),
        icon="skein",
        form=form,
        lead=_("Two sign the advance, and neither of them carries it."),
        button=_("Ask for the advance"),
    )


@requires(BUY)
def bought(request: HttpRequest) -> HttpResponse:
    """Write down wool that a supplier brought: it is owed for until two have signed its payment."""
    form = ReceiptForm(request.POST or None)
    lot = _lot(request, form, None) if request.method == "POST" else None
    if lot is not None:
        sentence = _("Lot %(code)s is in the store, and its cost is owed to who brought it.")
        messages.success(request, sentence % {"code": lot.code})
        return redirect("wool_office:lot", lot.pk)
    return office_page(
        request,
        "office/page_form.html",
        title=_("Wool came"),
        trail=trail((_("Lots"), reverse("wool_office:lots"))),
        icon="skein",
        form=form,
        lead=_(
            "Wool that came without a trip. What it cost is owed to who sold it, and paid under"
            " Payments with two signatures."
        ),
        button=_("Into the store"),
    )


@require_safe
@requires(READ, ISSUE, BUY)
def trip(request: HttpRequest, pk: int) -> HttpResponse:
    """One trip: the advance, what was bought, what is still to come."""
    return _page(request, _trip(pk))


@require_POST
@requires(BUY)
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """Book a receipt as a lot."""
    one = _trip(pk)
    form = ReceiptForm(request.POST, auto_id="receipt-%s")
    lot = _lot(request, form, one)
    if lot is not None:
        messages.success(request, _("Lot %(code)s is in the store.") % {"code": lot.code})
        return redirect("wool_office:trip", one.pk)
    return _page(request, one, receipt_form=form)


def _lot(request: HttpRequest, form: ReceiptForm, trip: PurchaseTrip | None) -> WoolLot | None:
    """The lot of a receipt; None if it is refused, which the form then says."""
    if not form.is_valid():
        return None
    values = {key: value for key, value in form.cleaned_data.items() if key != "form_key"}
    try:
        return services.buy_lot(
            trip=trip, **values, actor=person(request), reference=form.reference
        )
    except Refusal as refusal:
        form.refuse(refusal)
        return None


@require_POST
@requires(BUY)
def rest(request: HttpRequest, pk: int) -> HttpResponse:
    """Take money back."""
    one = _trip(pk)
    form = RestForm(request.POST, trip=one, auto_id="rest-%s")
    if form.is_valid():
        values = form.cleaned_data
        try:
            services.return_rest(
                trip=one,
                amount=values["amount"],
                to_account=values["to_account"],
                on=values["on"],
                actor=person(request),
                reference=form.reference,
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            sentence = _("%(amount)s are back.") % {"amount": format_money(values["amount"])}
            messages.success(request, sentence)
            return redirect("wool_office:trip", one.pk)
    return _page(request, one, rest_form=form)


@require_POST
@requires(BUY)
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Call a trip off before the money is out."""
    one = _trip(pk)
    form = CancelForm(request.POST, auto_id="cancel-%s")
    if form.is_valid():
        try:
            services.cancel_trip(trip=one, why=form.cleaned_data["why"], actor=person(request))
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The trip is called off."))
            return redirect("wool_office:trip", one.pk)
    return _page(request, one, cancel_form=form)


def _page(request: HttpRequest, one: PurchaseTrip, **filled: forms.Form) -> HttpResponse:
    """The trip; `filled` is a form that came back with something to change."""
    shown: dict[str, Any] = _forms(one) if request.user.has_perm(BUY) else {}
    return office_page(
        request,
        "wool/office/trip.html",
        title=one.destination or str(one.due_on),
        trail=trail((_("Trips"), reverse("wool_office:trips"))),
        icon="skein",
        trip=one,
        signatures=one.payment.approvals.select_related("signer"),
        lots=one.lots.select_related("yarn", "colour"),
        today=today(),
        **(shown | filled),
    )


def _forms(one: PurchaseTrip) -> dict[str, forms.Form]:
    if one.status == Status.REQUESTED:
        return {"cancel_form": CancelForm(auto_id="cancel-%s")}
    if one.status == Status.OPEN:
        return {
            "receipt_form": ReceiptForm(auto_id="receipt-%s"),
            "rest_form": RestForm(trip=one, auto_id="rest-%s"),
        }
    return {}


def _trip(pk: int) -> PurchaseTrip:
    return get_object_or_404(queries.trips(), pk=pk)
