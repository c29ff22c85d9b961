"""The checkout: a guest's name, where it goes, how it is paid, and one button."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from orders.shop import queries, services, sessions
from orders.shop.errors import AddressMissing, CartEmpty, DeliveryNotOffered, ShopError
from orders.shop.forms import CheckoutForm
from orders.shop.models import Cart, Order, ShippingRate

_KEPT = ("name", "email", "phone", "delivery", "address", "method", "note")


@never_cache
def checkout(request: HttpRequest) -> HttpResponse:
    """Show the form; or, sent, order what is in the cart."""
    cart = sessions.current_cart(request)
    if request.method == "POST":
        return _ordered(request, cart)
    view = queries.cart_view(cart)
    if not view.rows:
        messages.info(request, _("Your cart is empty: there is nothing to order yet."))
        return redirect("cart")
    return _page(request, view, CheckoutForm(initial=_first_values(request)))


def _first_values(request: HttpRequest) -> dict[str, Any]:
    """What she typed before, or the first way of shipping and the transfer."""
    first = ShippingRate.objects.offered().first()
    values = {"delivery": first.key if first else "", "method": Order.Method.TRANSFER}
    return {**values, **sessions.typed(request), "form_key": uuid4()}


def _ordered(request: HttpRequest, cart: Cart | None) -> HttpResponse:
    form = CheckoutForm(request.POST)
    is_valid = form.is_valid()
    key = form.cleaned_data.get("form_key")
    if cart is not None and key:
        already = Order.objects.filter(reference=_reference(cart, key)).first()
        if already is not None:
            # Sent twice, or sent again after going back.
            return _to_order(request, cart, already)
    if cart is None or not cart.lines.exists():
        return _nothing_to_order(request)
    sessions.keep_typed(request, {name: request.POST.get(name, "")[:600] for name in _KEPT})
    if not is_valid:
        return _page(request, queries.cart_view(cart), form)
    try:
        order = services.place_order(
            cart=cart,
            customer=form.customer,
            method=form.cleaned_data["method"],
            delivery=form.cleaned_data["delivery"],
            reference=_reference(cart, key),
            language=get_language() or "es",
            seen=form.cleaned_data["seen"],
        )
    except CartEmpty:
        return _nothing_to_order(request)
    except AddressMissing as refusal:
        form.add_error("address", str(refusal))
    except DeliveryNotOffered as refusal:
        form.add_error("delivery", str(refusal))
    except ShopError as refusal:
        form.add_error(None, str(refusal))
    else:
        return _to_order(request, cart, order)
    return _page(request, queries.cart_view(cart), form)


def _reference(cart: Cart, key: Any) -> str:
    # With the cart in it, nobody reaches another visitor's order by her form's key.
    return f"cart:{cart.pk}:{key}"


def _to_order(request: HttpRequest, cart: Cart, order: Order) -> HttpResponseRedirect:
    sessions.remember_order(request, order)
    sessions.count_pieces(request, cart)
    return redirect("order", token=order.token)


def _nothing_to_order(request: HttpRequest) -> HttpResponse:
    messages.info(request, str(CartEmpty()))
    return redirect("cart")


def _page(request: HttpRequest, view: queries.CartView, form: CheckoutForm) -> HttpResponse:
    deliveries = list(ShippingRate.objects.offered())
    context = {
        "form": form,
        "view": view,
        "deliveries": deliveries,
        "totals": [{"rate": rate, "total": view.subtotal + rate.amount} for rate in deliveries],
        "chosen": form["delivery"].value(),
        # What stands on this page, not what stood on the one before.
        "seen": view.fingerprint(deliveries),
        "form_key": form["form_key"].value() or uuid4(),
        "insisted": _asked_about(form),
    }
    return render(request, "shop/checkout.html", context)


def _asked_about(form: CheckoutForm) -> str:
    """The e-mail address of which we asked whether it is right; sent again, it is."""
    wrong = form.errors.as_data().get("email", []) if form.is_bound else []
    is_slip = any(problem.code == "slip" for problem in wrong)
    return str(form["email"].value()).strip() if is_slip else form.data.get("email_insisted", "")
