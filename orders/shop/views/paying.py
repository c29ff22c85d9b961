"""Paying an order: on to the card page, back from it, or letting it go. All behind its link."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from orders.shop import guesses, queries, services, sessions
from orders.shop.errors import ShopError
from orders.shop.forms import ClaimForm
from orders.shop.models import Order
from orders.shop.providers import provider_of


def to_payment(request: HttpRequest, order: Order) -> HttpResponseRedirect | None:
    """To where this order is paid, if that is another page; a refusal is said on the order's own."""
    try:
        address = provider_of(order).begin(order)
    except ShopError as refusal:
        messages.error(request, str(refusal))
        return None
    return HttpResponseRedirect(address) if address else None


def order_behind(request: HttpRequest, token: str) -> Order | HttpResponse:
    """The order of a secret link, or the page that says why it is not shown.

    Whoever tries links that do not exist too often has to wait; the orders of her own session
    stay open.
    """
    if token not in sessions.own_orders(request) and guesses.too_many(request):
        return render(request, "429.html", status=429)
    found = queries.order_by_token(token)
    if found is not None:
        return found
    guesses.count_wrong(request)
    sentence = _(
        "There is no order behind this link. Perhaps a piece of it was lost: copy the whole"
        " link from our e-mail."
    )
    return render(request, "shop/no_order.html", {"sentence": sentence}, status=404)


def behind_link(view: Callable[[HttpRequest, Order], HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a view the order of the secret link in its address, or say why it is not shown."""

    @wraps(view)
    def find(request: HttpRequest, token: str) -> HttpResponse:
        found = order_behind(request, token)
        return found if isinstance(found, HttpResponse) else view(request, found)

    return find


@require_POST
@never_cache
@behind_link
def pay(request: HttpRequest, order: Order) -> HttpResponse:
    """Once more to the card page, the same while it is open."""
    return to_payment(request, order) or redirect("order", token=order.token)


@require_safe
@never_cache
@behind_link
def paid(request: HttpRequest, order: Order) -> HttpResponse:
    """Back from the card page: ask whether it is paid. The address itself proves nothing."""
    try:
        provider_of(order).look(order)
    except ShopError as refusal:
        messages.info(request, str(refusal))
    return redirect("order", token=order.token)


@require_POST
@never_cache
@behind_link
def let_go(request: HttpRequest, order: Order) -> HttpResponse:
    """She changed her mind at the card page: it is closed, and her things are in the cart again."""
    try:
        provider_of(order).close(order)
    except ShopError as refusal:
        messages.error(request, str(refusal))
        return redirect("order", token=order.token)
    return _to_cart(request, order)


@require_POST
@never_cache
@behind_link
def again(request: HttpRequest, order: Order) -> HttpResponse:
    """What was in an order that was not paid goes into the cart again."""
    return _to_cart(request, order)


def _to_cart(request: HttpRequest, order: Order) -> HttpResponse:
    order.refresh_from_db()
    cart = sessions.cart_to_fill(request)
    left_out = services.put_in_cart_again(cart=cart, order=order)
    sessions.keep_currency(request, order.currency)
    for refusal in left_out:
        messages.error(request, str(refusal))
    sessions.count_pieces(request, cart)
    return redirect("cart")


@require_POST
@never_cache
@behind_link
def claim(request: HttpRequest, order: Order) -> HttpResponse:
    """She paid by phone wallet or transfer, and says with which operation."""
    form = ClaimForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(one) for one in form.errors["operation"]))
        return redirect("order", token=order.token)
    try:
        services.claim_payment(order=order, operation=form.cleaned_data["operation"])
    except ShopError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Thank you. We look for it, and write to you."))
    return redirect("order", token=order.token)
