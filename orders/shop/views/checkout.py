"""The checkout: a guest's name, where it goes, how it is paid, and one button."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from djmoney.money import Money

from coop.kit.money import books_currency
from orders.shop import queries, services, sessions
from orders.shop.errors import (
    AddressMissing,
    CartEmpty,
    DeliveryNotOffered,
    MethodNotOffered,
    ShopError,
)
from orders.shop.forms import CheckoutForm
from orders.shop.models import Cart, Order, ShippingRate
from orders.shop.prices import currencies_offered, priced
from orders.shop.providers import Offer, offers
from orders.shop.views.paying import to_payment

#: Beside which field a refusal stands; others are about all of it.
_FIELDS: dict[type[ShopError], str] = {
    AddressMissing: "address",
    DeliveryNotOffered: "delivery",
    MethodNotOffered: "method",
}
_KEPT = ("name", "email", "phone", "delivery", "address", "method", "note")


@never_cache
def checkout(request: HttpRequest) -> HttpResponse:
    """Show the form; or, sent, order what is in the cart."""
    cart = sessions.current_cart(request)
    if request.method == "POST":
        return _ordered(request, cart)
    view = queries.cart_view(cart, sessions.currency(request))
    if not view.rows:
        return _nothing_to_order(request, _("Your cart is empty: there is nothing to order yet."))
    refused = sessions.take_refused(request)
    if refused is None:
        return _page(request, view, CheckoutForm(initial=_first_values(request)))
    form = _judged_again(*refused)
    return _page(request, _cart_in(cart, form), form)


def _first_values(request: HttpRequest) -> dict[str, Any]:
    """What she typed before, or the first way of shipping."""
    first = ShippingRate.objects.offered().first()
    typed = {name: value for name, value in sessions.typed(request).items() if value}
    values = {"delivery": first.key if first else "", **typed}
    code = sessions.currency(request)
    if code and code != books_currency():
        # Abroad money comes by card alone.
        values |= {"currency": code, "method": Order.Method.CARD}
    return {**values, "form_key": uuid4()}


def _judged_again(sent: dict[str, str], refusals: list[tuple[str, str]]) -> CheckoutForm:
    """The form that was not taken, with everything that was wrong with it."""
    form = CheckoutForm(sent)
    form.is_valid()
    for field, sentence in refusals:
        form.add_error(field or None, sentence)
    return form


def _ordered(request: HttpRequest, cart: Cart | None) -> HttpResponse:
    """The order; or, by another address than the one that was sent, what to change.

    Whoever goes back afterwards finds a page to read, not a form that asks to be sent again.
    """
    form = CheckoutForm(request.POST)
    is_valid = form.is_valid()
    key = form.cleaned_data.get("form_key")
    already = _already(cart, key)
    if cart is not None and already is not None:
        # Sent twice, or sent again after going back.
        return _to_order(request, cart, already)
    if cart is None or not cart.lines.exists():
        return _nothing_to_order(request)
    sessions.keep_typed(request, {name: request.POST.get(name, "")[:600] for name in _KEPT})
    if "show_in" in request.POST:
        # She only wants to see it in another currency; nothing is ordered, nothing is wrong yet.
        sessions.keep_currency(request, _shown_in(request))
        return redirect("checkout")
    order, refusal = _place(cart, form, key) if is_valid else (None, None)
    if order is not None:
        return _to_order(request, cart, order)
    if not cart.lines.exists():
        return _nothing_to_order(request)
    sent = {name: request.POST.get(name, "") for name in form.fields}
    sessions.keep_refused(request, sent, [refusal] if refusal else [])
    return redirect("checkout")


def _already(cart: Cart | None, key: Any) -> Order | None:
    if cart is None or not key:
        return None
    return Order.objects.filter(reference=_reference(cart, key)).first()


def _place(cart: Cart, form: CheckoutForm, key: Any) -> tuple[Order | None, tuple[str, str] | None]:
    """The order; or what was refused, with the field that it is about."""
    try:
        order = services.place_order(
            cart=cart,
            customer=form.customer,
            method=form.cleaned_data["method"],
            delivery=form.cleaned_data["delivery"],
            reference=_reference(cart, key),
            language=get_language() or "es",
            currency=form.cleaned_data["currency"],
            seen=form.cleaned_data["seen"],
        )
    except ShopError as refusal:
        return None, (_FIELDS.get(type(refusal), ""), str(refusal))
    return order, None


def _reference(cart: Cart, key: Any) -> str:
    # With the cart in it, nobody reaches another visitor's order by her form's key.
    return f"cart:{cart.pk}:{key}"


def _shown_in(request: HttpRequest) -> str:
    """The currency that she asked to see; ours if we do not take it."""
    asked = request.POST.get("show_in", "")
    return asked if asked in currencies_offered() else ""


def _cart_in(cart: Cart | None, form: CheckoutForm) -> queries.CartView:
    """The cart in the currency of the form, in ours if the house does not take that one."""
    code = str(form["currency"].value() or "")
    return queries.cart_view(cart, code if code in currencies_offered() else "")


def _to_order(request: HttpRequest, cart: Cart, order: Order) -> HttpResponseRedirect:
    """Her order's page; or, by card, the card page first."""
    sessions.remember_order(request, order)
    sessions.count_pieces(request, cart)
    return to_payment(request, order) or redirect("order", token=order.token)


def _nothing_to_order(request: HttpRequest, sentence: str = "") -> HttpResponse:
    """To the cart; or, back from the card page, to the order that waits for her card."""
    waiting = sessions.order_to_pay(request)
    if waiting is not None:
        return redirect("order", token=waiting.token)
    messages.info(request, sentence or str(CartEmpty()))
    return redirect("cart")


@dataclass(frozen=True)
class _Delivery:
    """A way of shipping, and what it costs in the currency of the page."""

    rate: ShippingRate
    charge: Money


def _page(request: HttpRequest, view: queries.CartView, form: CheckoutForm) -> HttpResponse:
    deliveries = [
        _Delivery(rate, priced(rate.amount, view.currency, view.day))
        for rate in ShippingRate.objects.offered()
    ]
    ways = offers(view.currency)
    wrong = _first_wrong(form)
    if wrong in form.fields:
        form.fields[wrong].widget.attrs["autofocus"] = True
    context = {
        "form": form,
        "first_wrong": wrong,
        "view": view,
        "deliveries": deliveries,
        "totals": [
            {"rate": one.rate, "charge": one.charge, "total": view.subtotal + one.charge}
            for one in deliveries
        ],
        "chosen": form["delivery"].value(),
        "ways": ways,
        "way": _way(form, ways),
        "currencies": currencies_offered() if len(currencies_offered()) > 1 else [],
        # What stands on this page, not what stood on the one before.
        "seen": view.fingerprint(),
        "form_key": form["form_key"].value() or uuid4(),
        "insisted": _asked_about(form),
    }
    return render(request, "shop/checkout.html", context)


def _first_wrong(form: CheckoutForm) -> str:
    """The field to begin with: the first that is wrong, or "all" for the form as a whole."""
    if not form.is_bound or not form.errors:
        return ""
    return "all" if form.non_field_errors() else next(n for n in form.fields if n in form.errors)


def _way(form: CheckoutForm, ways: list[Offer]) -> str:
    """The way to pay that is marked: what she chose if it is offered, else the first."""
    chosen = str(form["method"].value() or "")
    keys = [one.key for one in ways]
    return chosen if chosen in keys else next(iter(keys), "")


def _asked_about(form: CheckoutForm) -> str:
    """The e-mail address of which we asked whether it is right; sent again, it is."""
    wrong = form.errors.as_data().get("email", []) if form.is_bound else []
    is_slip = any(problem.code == "slip" for problem in wrong)
    return str(form["email"].value()).strip() if is_slip else form.data.get("email_insisted", "")
