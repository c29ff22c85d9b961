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
    return _page(request, view, CheckoutForm(initial=_first_values(request)))


def _first_values(request: HttpRequest) -> dict[str, Any]:
    """What she typed before, or the first way of shipping."""
    first = ShippingRate.objects.offered().first()
    values = {"delivery": first.key if first else ""}
    code = sessions.currency(request)
    if code and code != books_currency():
        # Abroad money comes by card alone.
        values |= {"currency": code, "method": Order.Method.CARD}
    return {**values, **sessions.typed(request), "form_key": uuid4()}


def _ordered(request: HttpRequest, cart: Cart | None) -> HttpResponse:
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
        return _page(request, queries.cart_view(cart, _shown_in(request)), _unsent(request))
    order = _place(cart, form, key) if is_valid else None
    if order is not None:
        return _to_order(request, cart, order)
    if not cart.lines.exists():
        return _nothing_to_order(request)
    return _page(request, _cart_in(cart, form), form)


def _already(cart: Cart | None, key: Any) -> Order | None:
    if cart is None or not key:
        return None
    return Order.objects.filter(reference=_reference(cart, key)).first()


def _place(cart: Cart, form: CheckoutForm, key: Any) -> Order | None:
    """The order; or None, with what was refused written beside what it is about."""
    try:
        return services.place_order(
            cart=cart,
            customer=form.customer,
            method=form.cleaned_data["method"],
            delivery=form.cleaned_data["delivery"],
            reference=_reference(cart, key),
            language=get_language() or "es",
            currency=form.cleaned_data["currency"],
            seen=form.cleaned_data["seen"],
        )
    except AddressMissing as refusal:
        form.add_error("address", str(refusal))
    except DeliveryNotOffered as refusal:
        form.add_error("delivery", str(refusal))
    except MethodNotOffered as refusal:
        form.add_error("method", str(refusal))
    except ShopError as refusal:
        form.add_error(None, str(refusal))
    return None


def _reference(cart: Cart, key: Any) -> str:
    # With the cart in it, nobody reaches another visitor's order by her form's key.
    return f"cart:{cart.pk}:{key}"


def _shown_in(request: HttpRequest) -> str:
    """The currency that she asked to see; ours if we do not take it."""
    asked = request.POST.get("show_in", "")
    return asked if asked in currencies_offered() else ""


def _unsent(request: HttpRequest) -> CheckoutForm:
    """What she typed, not yet judged."""
    values = {name: request.POST.get(name, "") for name in _KEPT}
    if _shown_in(request) not in {"", books_currency()}:
        values["method"] = Order.Method.CARD
    values["currency"] = _shown_in(request) or books_currency()
    return CheckoutForm(initial={**values, "form_key": request.POST.get("form_key") or uuid4()})


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
    context = {
        "form": form,
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
