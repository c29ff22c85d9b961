"""Orders come in: from a cart, or from a buyer's list. Stock is allocated in the same step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import translation

from catalog.models import Variant
from coop.kit.days import today
from coop.kit.money import books_currency
from coop.people.models import User
from orders.shop.errors import (
    AddressMissing,
    CartChanged,
    CartEmpty,
    CurrencyNotOffered,
    DeliveryNotOffered,
    MethodNotOffered,
    NotForSale,
    NotInCart,
)
from orders.shop.hours import knitted_by
from orders.shop.models import Buyer, Cart, Order, OrderLine, ShippingRate
from orders.shop.notices import Notice, tell
from orders.shop.prices import offered_charges, priced_minor
from orders.shop.providers import offers, provider, provider_of
from orders.shop.services import stock
from orders.shop.services.confirming import confirm_locked
from orders.shop.services.hours import hold_hours_of
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
    currency: str


@transaction.atomic
def place_order(
    *,
    cart: Cart,
    customer: Customer,
    method: str,
    delivery: ShippingRate,
    reference: str,
    language: str,
    currency: str = "",
    seen: str = "",
    on: date | None = None,
) -> Order:
    """Order what is in the cart, at today's prices; free pieces are allocated under lock.

    `reference` is the form's own key: sent twice, it is one order. `seen` is the fingerprint
    of what the customer was shown; empty when nobody looked (history, tests). Pay at pick-up
    is confirmed at once, other ways when they are paid; by card the knitting hours are held
    meanwhile too. Prices in another `currency` than the books' are today's, at today's rate.
    Raises CartEmpty, NotForSale, SoldOut (a one-of-a-kind that is gone), CartChanged,
    DeliveryNotOffered, MethodNotOffered, CurrencyNotOffered or AddressMissing; then nothing
    changed.
    """
    day = on or today()
    locked_cart = Cart.objects.select_for_update().filter(pk=cart.pk).first()
    if locked_cart is None:
        raise NotInCart
    already = Order.objects.filter(reference=reference).first()
    if already is not None:
        return already
    code = currency or books_currency()
    _check_delivery(customer, method, delivery, code)
    head = _Head(
        reference=reference,
        kind=Order.Kind.RETAIL,
        method=method,
        customer=customer,
        language=language,
        delivery=delivery,
        buyer=None,
        on=day,
        currency=code,
    )
    order, lines = _write(head, _wanted(locked_cart, code, day))
    stock.allocate_all(lines)
    if seen and seen != _fingerprint_of(lines, code, day):
        raise CartChanged
    if provider_of(order).is_by_card:
        hold_hours_of(lines, on=day)
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
    head = _Head(
        reference=reference,
        kind=Order.Kind.WHOLESALE,
        method=Method.TERMS,
        customer=customer,
        language=spoken,
        delivery=None,
        buyer=buyer,
        on=day,
        currency=books_currency(),
    )
    order, lines = _write(head, wanted)
    stock.allocate_all(lines)
    _after_placing(order, actor=actor, on=day)
    return order


def _check_delivery(customer: Customer, method: str, delivery: ShippingRate, currency: str) -> None:
    if not ShippingRate.objects.offered().filter(pk=delivery.pk).exists():
        raise DeliveryNotOffered
    offered = {one.key for one in offers(currency)}
    if not offered:
        raise CurrencyNotOffered
    if method not in offered or not provider(method).suits(delivery):
        raise MethodNotOffered
    if not delivery.is_pick_up and not customer.address.strip():
        raise AddressMissing


def _wanted(cart: Cart, currency: str, day: date) -> list[Wanted]:
    """The cart's lines at today's prices in `currency`, in the order of variants."""
    lines = list(
        cart.lines.select_related(
            "variant__product", "variant__design", "variant__colour"
        ).order_by("variant_id")
    )
    if not lines:
        raise CartEmpty
    if any(not (line.variant.is_listed and line.variant.product.is_listed) for line in lines):
        raise NotForSale
    return [
        Wanted(line.variant, line.quantity, priced_minor(line.variant.price, currency, day))
        for line in lines
    ]


def describe(variant: Variant, language: str) -> str:
    """The product and its options in `language`, as the order will always show them."""
    with translation.override(language):
        words = [variant.product.name, variant.options]
    return ", ".join(word for word in words if word)[:160]


def _write(head: _Head, wanted: Sequence[Wanted]) -> tuple[Order, list[OrderLine]]:
    """The rows of an order, its lines and its number."""
    delivery, customer = head.delivery, head.customer
    shipping = priced_minor(delivery.amount, head.currency, head.on) if delivery else 0
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
        currency=head.currency,
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


def _fingerprint_of(lines: Sequence[OrderLine], currency: str, day: date) -> str:
    rows = [
        (line.variant_id, line.quantity, line.unit_price_minor, line.allocated) for line in lines
    ]
    missing = (line.missing * line.variant.design.minutes for line in lines)
    return fingerprint(rows, offered_charges(currency, day), knitted_by(missing, day))


def _after_placing(order: Order, *, actor: User | None, on: date) -> None:
    log_placed(order=order, actor=actor, on=on)
    way = provider_of(order)
    if not way.is_by_card:
        # By card she hears of it when it is paid; until then nothing is certain.
        tell(order, Notice.PLACED)
    if not way.waits_for_money:
        confirm_locked(order=order, actor=actor, on=on)
