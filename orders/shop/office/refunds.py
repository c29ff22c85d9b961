"""Giving money back, in the office."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coop.kit.errors import Refusal
from coop.people.access import person, requires
from orders.shop import services
from orders.shop.office import RECORD
from orders.shop.office.order_page import order_page, the_order
from orders.shop.office.refund_form import RefundForm


@require_POST
@requires(RECORD)
def refund(request: HttpRequest, number: int) -> HttpResponse:
    """Money goes back the way it came."""
    order = the_order(number)
    form = RefundForm(order, request.POST)
    if form.is_valid():
        values = form.cleaned_data
        try:
            refunds = services.request_refund(
                order=order,
                key=f"office:{values['form_key']}",
                actor=person(request),
                why=values["why"],
                lines=form.back_lines,
                with_shipping=bool(values.get("with_shipping")),
                goodwill=form.cleaned_data["goodwill"],
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            is_by_card = any(one.payment.method == "card" for one in refunds)
            messages.success(
                request,
                _("It is on its way back to the card; the books follow when Stripe confirms it.")
                if is_by_card
                else _("Written down: give the money back the way it came."),
            )
            return redirect("shop_office:order", number)
    return order_page(request, the_order(number), refund_form=form)
