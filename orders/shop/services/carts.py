"""What visitors put into their carts."""

from datetime import date, timedelta

from django.db import transaction

from catalog.models import Piece, Product, Variant
from coop.kit.days import today
from orders.shop.errors import (
    CartFull,
    NotForSale,
    NotInCart,
    OneOfAKind,
    OnlyOne,
    ShopError,
    SoldBefore,
    WrongQuantity,
)
from orders.shop.models import Cart, CartLine, Order
from orders.shop.values import can_be_knitted

MOST_OF_EACH = 99
MOST_LINES = 30
# A forgotten cart is swept away after this long.
KEPT_FOR = timedelta(days=90)


def start_cart() -> Cart:
    """An empty cart with its own token."""
    return Cart.objects.create()


def _locked(cart: Cart) -> Cart:
    found = Cart.objects.select_for_update().filter(pk=cart.pk).first()
    if found is None:
        raise NotInCart
    return found


def _check_quantity(variant: Variant, quantity: int) -> None:
    if variant.product.kind == Product.Kind.UNIQUE and quantity > 1:
        raise OnlyOne(name=variant.product.name)
    if not 1 <= quantity <= MOST_OF_EACH:
        raise WrongQuantity(most=MOST_OF_EACH)


def _check_on_sale(variant: Variant) -> None:
    if not (variant.is_listed and variant.product.is_listed):
        raise NotForSale
    if not (can_be_knitted(variant) or Piece.objects.free().filter(variant=variant).exists()):
        raise SoldBefore(name=variant.product.name)


@transaction.atomic
def add_to_cart(*, cart: Cart, variant: Variant, quantity: int = 1) -> CartLine:
    """Put `quantity` more of `variant` into the cart.

    Raises NotForSale, SoldBefore (a one-of-a-kind that is gone), OneOfAKind (already in this
    cart), OnlyOne, WrongQuantity or CartFull.
    """
    cart = _locked(cart)
    _check_on_sale(variant)
    _check_quantity(variant, quantity)
    line = cart.lines.filter(variant=variant).first()
    if line is None:
        if cart.lines.count() >= MOST_LINES:
            raise CartFull(most=MOST_LINES)
        cart.save(update_fields=["changed_at"])
        return CartLine.objects.create(cart=cart, variant=variant, quantity=quantity)
    if variant.product.kind == Product.Kind.UNIQUE:
        raise OneOfAKind(name=variant.product.name)
    _check_quantity(variant, line.quantity + quantity)
    line.quantity += quantity
    line.save(update_fields=["quantity"])
    cart.save(update_fields=["changed_at"])
    return line


@transaction.atomic
def change_line(*, cart: Cart, line_id: int, quantity: int) -> CartLine:
    """Set how many of a line. Raises NotInCart, OnlyOne or WrongQuantity."""
    cart = _locked(cart)
    line = cart.lines.select_related("variant__product").filter(pk=line_id).first()
    if line is None:
        raise NotInCart
    _check_quantity(line.variant, quantity)
    line.quantity = quantity
    line.save(update_fields=["quantity"])
    cart.save(update_fields=["changed_at"])
    return line


@transaction.atomic
def remove_line(*, cart: Cart, line_id: int) -> None:
    """Take a line out. Raises NotInCart when it is not there (any more)."""
    cart = _locked(cart)
    removed, _ = cart.lines.filter(pk=line_id).delete()
    if not removed:
        raise NotInCart
    cart.save(update_fields=["changed_at"])


@transaction.atomic
def forget_old_carts(*, on: date | None = None) -> int:
    """Remove carts that nobody touched for 90 days; returns how many."""
    last_day = (on or today()) - KEPT_FOR
    old = Cart.objects.filter(changed_at__date__lt=last_day)
    count = old.count()
    old.delete()
    return count


@transaction.atomic
def put_in_cart_again(*, cart: Cart, order: Order) -> list[ShopError]:
    """What was in an order that was let go goes into `cart`; why not, for what can't be had.

    An order that stands is left alone: nothing is ordered twice by going back.
    """
    if order.status not in {Order.Status.EXPIRED, Order.Status.CANCELLED}:
        return []
    cart = _locked(cart)
    left_out: list[ShopError] = []
    for line in order.lines.select_related("variant__product", "variant__design"):
        if cart.lines.filter(variant=line.variant).exists():
            continue
        try:
            add_to_cart(cart=cart, variant=line.variant, quantity=min(line.quantity, MOST_OF_EACH))
        except ShopError as refusal:
            left_out.append(refusal)
    return left_out
