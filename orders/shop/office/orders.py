"""What the office does with one order."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from coop.kit.errors import Refusal
from coop.people.access import person, requires
from orders.shop import services
from orders.shop.models import Order
from orders.shop.office import MANAGE, READ, RECORD
from orders.shop.office.forms import CancelForm, HandOverPaidForm
from orders.shop.office.order_page import order_page, payment_form, ship_form, the_order
from orders.shop.providers import provider_of


@require_safe
@requires(READ, MANAGE)
def detail(request: HttpRequest, number: int) -> HttpResponse:
    """Everything about an order."""
    return order_page(request, the_order(number))


@require_POST
@requires(RECORD)
def record_payment(request: HttpRequest, number: int) -> HttpResponse:
    """Money came in."""
    order = the_order(number)
    form = payment_form(order, request.POST)
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
    return order_page(request, the_order(number), payment_form=form)


@require_POST
@requires(MANAGE)
def ship(request: HttpRequest, number: int) -> HttpResponse:
    """It leaves, or is handed over."""
    order = the_order(number)
    form = ship_form(request, order, request.POST)
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
    return order_page(request, the_order(number), ship_form=form)


@require_POST
@requires(MANAGE)
def cancel(request: HttpRequest, number: int) -> HttpResponse:
    """It is not carried out. Where money goes back, the treasurer does it."""
    order = the_order(number)
    if order.paid_minor and not request.user.has_perm(RECORD):
        messages.error(request, _("Money goes back with it: ask the treasurer to cancel it."))
        return redirect("shop_office:order", number)
    form = CancelForm(request.POST, auto_id="cancel-%s")
    if form.is_valid():
        try:
            # The card page first: money could still come by it.
            provider_of(order).close(order)
            order.refresh_from_db()
            if order.status == Order.Status.EXPIRED:
                messages.success(request, _("Its card page is closed, its pieces are free again."))
                return redirect("shop_office:order", number)
            services.cancel_order(order=order, actor=person(request), why=form.cleaned_data["why"])
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The order is cancelled, its pieces are free again."))
            return redirect("shop_office:order", number)
    return order_page(request, the_order(number), cancel_form=form)
