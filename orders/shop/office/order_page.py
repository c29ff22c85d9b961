"""The page of one order in the office: what is in it, what happened, what can be done now."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from coop.kit.money import books_currency
from coop.kit.office import OfficeForm, office_page
from orders.shop import queries
from orders.shop.models import Dispute, Order
from orders.shop.office import ICON, MANAGE, RECORD, trail
from orders.shop.office.forms import (
    CancelForm,
    HandOverForm,
    HandOverPaidForm,
    PaymentForm,
    ShipForm,
)
from orders.shop.office.refund_form import refund_form

# More pieces than these of a line are only counted.
_PIECES_SHOWN = 12
_OPEN = (Order.Status.PLACED, Order.Status.CONFIRMED, Order.Status.READY)


def the_order(number: int) -> Order:
    """The order with this number, or a 404."""
    orders = Order.objects.select_related("delivery", "buyer", "shipment__actor")
    return get_object_or_404(orders, number=number)


def order_page(request: HttpRequest, order: Order, **filled: forms.Form) -> HttpResponse:
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
        payments=order.payments.select_related("actor").prefetch_related("refunds__actor"),
        sessions=order.card_sessions.all(),
        disputes=Dispute.objects.filter(payment__order=order),
        claims=order.claims.all(),
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
    # By hand money comes in our own currency alone.
    if may_record and takes_money and order.outstanding and order.currency == books_currency():
        found["payment_form"] = payment_form(order)
    if may_manage and order.status == Order.Status.READY:
        found["ship_form"] = ship_form(request, order)
    if may_manage and order.status in _OPEN and (may_record or not order.paid_minor):
        found["cancel_form"] = CancelForm(auto_id="cancel-%s")
    found["refund_form"] = refund_form(request, order)
    return found


def payment_form(order: Order, data: Any = None) -> PaymentForm:
    """Money that came in: all that is open, by the operation that the customer named, if any."""
    claim = order.claims.last()
    initial = {
        "amount": order.outstanding.amount,
        "method": "wallet" if order.method == Order.Method.WALLET else "transfer",
        "reference": claim.operation if claim else "",
    }
    return PaymentForm(data, initial=initial, auto_id="payment-%s")


def ship_form(request: HttpRequest, order: Order, data: Any = None) -> OfficeForm | None:
    """What is asked when it leaves; none while it cannot leave yet."""
    if not order.is_pick_up:
        is_free_to_go = order.method == Order.Method.TERMS or not order.outstanding
        return ShipForm(data, auto_id="ship-%s") if is_free_to_go else None
    if not order.outstanding:
        return HandOverForm(data, auto_id="ship-%s")
    may_take_money = request.user.has_perm(RECORD)
    return HandOverPaidForm(data, auto_id="ship-%s") if may_take_money else None
