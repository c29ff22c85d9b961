"""What a visitor's session remembers: her cart, what she typed, the orders she placed."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Sum
from django.http import HttpRequest

from orders.shop.models import Cart, Order
from orders.shop.prices import currencies_offered
from orders.shop.services import start_cart

_CART = "cart"
# Read by the header of every page.
_COUNT = "cart_count"
_TYPED = "checkout"
_REFUSED = "checkout_refused"
_LONGEST = 600
_WRONG_LINE = "cart_wrong"
_LIST = "wholesale_list"
_CURRENCY = "currency"
_ORDERS = "orders"
_MOST_ORDERS = 20


def current_cart(request: HttpRequest) -> Cart | None:
    """The visitor's cart, if she has one."""
    token = request.session.get(_CART)
    return Cart.objects.filter(token=token).first() if token else None


def cart_to_fill(request: HttpRequest) -> Cart:
    """The visitor's cart, a new one if she has none."""
    cart = current_cart(request)
    if cart is None:
        cart = start_cart()
        request.session[_CART] = cart.token
    return cart


def count_pieces(request: HttpRequest, cart: Cart | None) -> None:
    """Let the header show how many pieces are in the cart."""
    pieces = cart.lines.aggregate(pieces=Sum("quantity"))["pieces"] if cart else 0
    request.session[_COUNT] = pieces or 0


def keep_typed(request: HttpRequest, values: dict[str, Any]) -> None:
    """Keep what was typed at the checkout, should she have to go back to the cart."""
    request.session[_TYPED] = values


def typed(request: HttpRequest) -> dict[str, Any]:
    """What she typed at the checkout before."""
    kept = request.session.get(_TYPED)
    return kept if isinstance(kept, dict) else {}


def keep_refused(
    request: HttpRequest, sent: Mapping[str, str], refusals: Sequence[tuple[str, str]]
) -> None:
    """Keep a checkout that was not taken, with what a service said of it by field ("" for all).

    Nothing is kept whole that is far too long to be right.
    """
    data = {name: sent.get(name, "")[:_LONGEST] for name in sent}
    request.session[_REFUSED] = {"sent": data, "refusals": [list(one) for one in refusals]}


def take_refused(request: HttpRequest) -> tuple[dict[str, str], list[tuple[str, str]]] | None:
    """The checkout that was not taken, once: a page that is loaded again says nothing of it."""
    kept = request.session.pop(_REFUSED, None)
    if not isinstance(kept, dict):
        return None
    return kept["sent"], [(field, sentence) for field, sentence in kept["refusals"]]


def keep_wrong_line(request: HttpRequest, *, line_id: int, sentence: str, typed: str) -> None:
    """Keep what is to be changed beside a line of the cart."""
    request.session[_WRONG_LINE] = {"wrong_line": line_id, "sentence": sentence, "typed": typed}


def take_wrong_line(request: HttpRequest) -> dict[str, Any]:
    """What is to be changed beside a line of the cart, once."""
    kept = request.session.pop(_WRONG_LINE, None)
    return kept if isinstance(kept, dict) else {}


def keep_list(request: HttpRequest, *, sealed: str, problems: Sequence[tuple[int, str]]) -> None:
    """Keep a buyer's list that was read: sealed, or with what is wrong in it by line."""
    request.session[_LIST] = {"sealed": sealed, "problems": [list(one) for one in problems]}


def kept_list(request: HttpRequest) -> tuple[str, list[tuple[int, str]]] | None:
    """The list that was read last, and what was wrong in it."""
    kept = request.session.get(_LIST)
    if not isinstance(kept, dict):
        return None
    return kept["sealed"], [(line, sentence) for line, sentence in kept["problems"]]


def keep_currency(request: HttpRequest, currency: str) -> None:
    """Show her cart in this currency until she asks for another."""
    request.session[_CURRENCY] = currency


def currency(request: HttpRequest) -> str:
    """The currency in which she looks at her cart; nothing for the house's own."""
    asked = request.session.get(_CURRENCY, "")
    return asked if asked in currencies_offered() else ""


def remember_order(request: HttpRequest, order: Order) -> None:
    """She placed this order here; what she typed is forgotten."""
    request.session.pop(_TYPED, None)
    tokens = [one for one in own_orders(request) if one != order.token]
    request.session[_ORDERS] = [*tokens, order.token][-_MOST_ORDERS:]


def order_to_pay(request: HttpRequest) -> Order | None:
    """What she ordered here last, if it still waits for her card."""
    waits = Order.objects.filter(status=Order.Status.PLACED, method=Order.Method.CARD)
    return waits.filter(token__in=own_orders(request)[-1:]).first()


def own_orders(request: HttpRequest) -> list[str]:
    """Tokens of the orders placed in this session, oldest first."""
    kept = request.session.get(_ORDERS)
    return list(kept) if isinstance(kept, list) else []
