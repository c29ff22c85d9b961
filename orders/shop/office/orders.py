"""One order in the office: what is in it, what happened, and what can be done now."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from coop.kit.errors import Refusal
from coop.kit.office import OfficeForm, office_page
from coop.people.access import person, requires
from orders.shop import queries, services
from orders.shop.models import Order
from orders.shop.office import ICON, MANAGE, READ, RECORD, trail
from orders.shop.office.forms import (
    CancelForm,
    HandOverForm,
    HandOverPaidForm,
    PaymentForm,
    ShipForm,
)

# More pieces than these of a line are only counted.
_PIECES_SHOWN = 12
_OPEN = (Order.Status.PLACED, Order.Status.CONFIRMED, Order.Status.READY)


def _order(number: int) -> Order:
    orders = Order.objects.select_related("delivery", "buyer", "shipment__actor")
    return get_object_or_404(orders, number=number)


@require_safe
@requires(READ, MANAGE)
def detail(request: HttpRequest, number: int) -> HttpResponse:
    """Everything about an order."""
    return _page(request, _order(number))


def _page(request: HttpRequest, order: Order, **filled: forms.Form) -> HttpResponse:
    """The page; `filled` is a form that came back with something to change."""
    work = queries.work_of(order)
    return office_page(
        request,
        "shop/office/order.html",
        title=_("Order %s") % order,
        trail=trail(),
        icon=ICON,
        order=order,
        rows=[
            {
                "line": line,
                "pieces": [one.piece for one in list(line.allocations.all())[:_PIECES_SHOWN]],
                "work": work.get(line.key),
            }
            for line in queries.lines_with_pieces(order)
        ],
        events=order.events.select_related("actor"),
        payments=order.payments.select_related("actor", "refund__actor"),
        mails=queries.mails_of(order),
        may_manage=request.user.has_perm(MANAGE),
        **{**_forms(request, order), **filled},
    )


def _forms(request: HttpRequest, order: Order) -> dict[str, Any]:
    """The forms for what this person may do with this order now."""
    may_manage, may_record = request.user.has_perm(MANAGE), request.user.has_perm(RECORD)
    is_on_terms = order.method == Order.Method.TERMS
    takes_money = order.status in _OPEN or (is_on_terms and order.status == Order.Status.SHIPPED)
    found: dict[str, Any] = {}
    if may_record and takes_money and order.outstanding:
        found["payment_form"] = _payment_form(order)
    if may_manage and order.status == Order.Status.READY:
        found["ship_form"] = _ship_form(request, order)
    if may_manage and order.status in _OPEN and (may_record or not order.paid_minor):
        found["cancel_form"] = CancelForm(auto_id="cancel-%s")
    return found


def _payment_form(order: Order, data: Any = None) -> PaymentForm:
    return PaymentForm(data, initial={"amount": order.outstanding.amount}, auto_id="payment-%s")


def _ship_form(request: HttpRequest, order: Order, data: Any = None) -> OfficeForm | None:
    """What is asked when it leaves; none while it cannot leave yet."""
    if not order.is_pick_up:
        is_free_to_go = order.method == Order.Method.TERMS or not order.outstanding
        return ShipForm(data, auto_id="ship-%s") if is_free_to_go else None
    if not order.outstanding:
        return HandOverForm(data, auto_id="ship-%s")
    may_take_money = request.user.has_perm(RECORD)
    return HandOverPaidForm(data, auto_id="ship-%s") if may_take_money else None


@require_POST
@requires(RECORD)
def record_payment(request: HttpRequest, number: int) -> HttpResponse:
    """Money came in."""
    order = _order(number)
    form = _payment_form(order, request.POST)
    if form.is_valid():
        values = form.cleaned_data
        try:
            services.record_payment(
                order=order,
                amount=values["amount"],
                method=values["method"],
                reference=values["reference"],
                actor=person(request),
                on=values["on"],
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The payment is in the books."))
            return redirect("shop_office:order", number)
    return _page(request, _order(number), payment_form=form)


@require_POST
@requires(MANAGE)
def ship(request: HttpRequest, number: int) -> HttpResponse:
    """It leaves, or is handed over."""
    order = _order(number)
    form = _ship_form(request, order, request.POST)
    if form is None:
        messages.error(request, _("It is not paid yet: the treasurer records the payment first."))
        return redirect("shop_office:order", number)
    if form.is_valid():
        try:
            shipment = services.ship_order(
                order=order,
                actor=person(request),
                carrier=form.cleaned_data.get("carrier", ""),
                tracking=form.cleaned_data.get("tracking", ""),
                payment=form.payment(order) if isinstance(form, HandOverPaidForm) else None,
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            words = _("The sale is in the books, with receipt number %d.")
            messages.success(request, words % shipment.receipt_number)
            return redirect("shop_office:order", number)
    return _page(request, _order(number), ship_form=form)


@require_POST
@requires(MANAGE)
def cancel(request: HttpRequest, number: int) -> HttpResponse:
    """It is not carried out. Where money goes back, the treasurer does it."""
    order = _order(number)
    if order.paid_minor and not request.user.has_perm(RECORD):
        messages.error(request, _("Money goes back with it: ask the treasurer to cancel it."))
        return redirect("shop_office:order", number)
    form = CancelForm(request.POST, auto_id="cancel-%s")
    if form.is_valid():
        try:
            services.cancel_order(order=order, actor=person(request), why=form.cleaned_data["why"])
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The order is cancelled, its pieces are free again."))
            return redirect("shop_office:order", number)
    return _page(request, _order(number), cancel_form=form)
