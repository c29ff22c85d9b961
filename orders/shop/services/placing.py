"""Orders come in: from a cart, or from a buyer's list. Stock is allocated in the same step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import translation

from catalog.models import Variant
from coop.kit.days import today
from coop.people.models import User
from orders.shop.errors import (
    AddressMissing,
    CartChanged,
    CartEmpty,
    DeliveryNotOffered,
    MethodNotOffered,
    NotForSale,
    NotInCart,
)
from orders.shop.models import Buyer, Cart, Order, OrderLine, ShippingRate
from orders.shop.notices import Notice, tell
from orders.shop.services import stock
from orders.shop.services.confirming import confirm_locked
from orders.shop.services.numbers import ORDERS, next_number
from orders.shop.services.transitions import log_placed
from orders.shop.values import Customer, Wanted, fingerprint

Method = Order.Method


@dataclass(frozen=True)
class _Head:
    """What an order has besides its lines."""

    reference: str
    kind: str
    method: str
    customer: Customer
    language: str
    delivery: ShippingRate | None
    buyer: Buyer | None
    on: date


@transaction.atomic
def place_order(
    *,
    cart: Cart,
    customer: Customer,
    method: str,
    delivery: ShippingRate,
    reference: str,
    language: str,
    seen: str = "",
    on: date | None = None,
) -> Order:
    """Order what is in the cart, at today's prices; free pieces are allocated under lock.

    `reference` is the form's own key: sent twice, it is one order. `seen` is the fingerprint
    of what the customer was shown; empty when nobody looked (history, tests). Pay at pick-up
    is confirmed at once, a transfer when it is paid. Raises CartEmpty, NotForSale, SoldOut (a
    one-of-a-kind that is gone), CartChanged, DeliveryNotOffered, MethodNotOffered or
    AddressMissing; then nothing changed.
    """
    day = on or today()
    locked_cart = Cart.objects.select_for_update().filter(pk=cart.pk).first()
    if locked_cart is None:
        raise NotInCart
    already = Order.objects.filter(reference=reference).first()
    if already is not None:
        return already
    _check_delivery(customer, method, delivery)
    head = _Head(reference, Order.Kind.RETAIL, method, customer, language, delivery, None, day)
    order, lines = _write(head, _wanted(locked_cart))
    stock.allocate_all(lines)
    if seen and seen != _fingerprint_of(lines):
        raise CartChanged
    locked_cart.lines.all().delete()
    _after_placing(order, actor=None, on=day)
    return order


@transaction.atomic
def order_for_buyer(
    *,
    buyer: Buyer,
    wanted: Sequence[Wanted],
    reference: str,
    actor: User | None,
    note: str = "",
    language: str = "",
    on: date | None = None,
) -> Order:
    """A buyer's order on account, at the prices in `wanted`; confirmed at once.

    `actor` is who sent it: the buyer's own user, or someone of the office on her behalf.
    Repeating the same `reference` gives the order that is there. Raises CartEmpty.
    """
    day = on or today()
    Buyer.objects.select_for_update().get(pk=buyer.pk)
    already = Order.objects.filter(reference=reference).first()
    if already is not None:
        return already
    if not wanted:
        raise CartEmpty
    customer = Customer(buyer.name, buyer.user.email or "", address=buyer.address, note=note)
    spoken = language or buyer.user.language
    head = _Head(reference, Order.Kind.WHOLESALE, Method.TERMS, customer, spoken, None, buyer, day)
    order, lines = _write(head, wanted)
    stock.allocate_all(lines)
    _after_placing(order, actor=actor, on=day)
    return order


def _check_delivery(customer: Customer, method: str, delivery: ShippingRate) -> None:
    if not ShippingRate.objects.offered().filter(pk=delivery.pk).exists():
        raise DeliveryNotOffered
    if method not in {Method.TRANSFER, Method.PICK_UP}:
        raise MethodNotOffered
    if method == Method.PICK_UP and not delivery.is_pick_up:
        raise MethodNotOffered
    if not delivery.is_pick_up and not customer.address.strip():
        raise AddressMissing


def _wanted(cart: Cart) -> list[Wanted]:
    """The cart's lines at today's prices, in the order of variants."""
    lines = list(
        cart.lines.select_related(
            "variant__product", "variant__design", "variant__colour"
        ).order_by("variant_id")
    )
    if not lines:
        raise CartEmpty
    if any(not (line.variant.is_listed and line.variant.product.is_listed) for line in lines):
        raise NotForSale
    return [Wanted(line.variant, line.quantity, line.variant.price_minor) for line in lines]


def describe(variant: Variant, language: str) -> str:
    """The product and its options in `language`, as the order will always show them."""
    with translation.override(language):
        words = [variant.product.name, variant.options]
    return ", ".join(word for word in words if word)[:160]


def _write(head: _Head, wanted: Sequence[Wanted]) -> tuple[Order, list[OrderLine]]:
    """The rows of an order, its lines and its number."""
    delivery, customer = head.delivery, head.customer
    shipping = delivery.amount_minor if delivery else 0
    goods = sum(one.quantity * one.unit_price_minor for one in wanted)
    order = Order.objects.create(
        number=next_number(ORDERS),
        reference=head.reference,
        kind=head.kind,
        method=head.method,
        buyer=head.buyer,
        customer_name=customer.name,
        customer_email=customer.email,
        customer_phone=customer.phone,
        delivery=delivery,
        address="" if delivery and delivery.is_pick_up else customer.address,
        note=customer.note,
        language=head.language,
        shipping_minor=shipping,
        total_minor=goods + shipping,
        placed_on=head.on,
        wanted_on=max((one.wanted_on for one in wanted if one.wanted_on), default=None),
    )
    return order, [_write_line(order, one) for one in wanted]


def _write_line(order: Order, one: Wanted) -> OrderLine:
    return OrderLine.objects.create(
        order=order,
        variant=one.variant,
        quantity=one.quantity,
        unit_price_minor=one.unit_price_minor,
        description_es=describe(one.variant, "es"),
        description_en=describe(one.variant, "en"),
        wanted_on=one.wanted_on,
    )


def _fingerprint_of(lines: Sequence[OrderLine]) -> str:
    rows = [
        (line.variant_id, line.quantity, line.unit_price_minor, line.allocated) for line in lines
    ]
    return fingerprint(rows, ShippingRate.objects.offered())


def _after_placing(order: Order, *, actor: User | None, on: date) -> None:
    log_placed(order=order, actor=actor, on=on)
    tell(order, Notice.PLACED)
    if order.method != Method.TRANSFER:
        confirm_locked(order=order, actor=actor, on=on)
