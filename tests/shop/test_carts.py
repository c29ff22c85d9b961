"""What goes into a cart."""

import pytest

from orders.shop.errors import (
    CartFull,
    NotForSale,
    NotInCart,
    OneOfAKind,
    OnlyOne,
    SoldOut,
    WrongQuantity,
)
from orders.shop.models import Cart, CartLine
from orders.shop.queries import CartState, cart_view
from orders.shop.services import (
    MOST_LINES,
    add_to_cart,
    change_line,
    forget_old_carts,
    remove_line,
    start_cart,
)
from tests.factories.shop import Shop, days_ago, soles


def test_the_same_thing_again_adds_up(shop: Shop) -> None:
    cart = shop.cart((shop.puppet, 2), (shop.puppet, 3))

    assert cart.lines.get().quantity == 5
    assert cart_view(cart).subtotal == soles("90.00")


def test_a_one_of_a_kind_is_in_a_cart_once(shop: Shop) -> None:
    shop.knit(shop.shawl)
    cart = shop.cart((shop.shawl, 1))

    with pytest.raises(OneOfAKind, match="Shawl"):
        add_to_cart(cart=cart, variant=shop.shawl)
    with pytest.raises(OnlyOne):
        change_line(cart=cart, line_id=cart.lines.get().pk, quantity=2)

    assert cart.lines.get().quantity == 1


def test_a_one_of_a_kind_that_is_gone_does_not_go_in(shop: Shop) -> None:
    with pytest.raises(SoldOut):
        shop.cart((shop.shawl, 1))

    assert not CartLine.objects.exists()


def test_what_is_not_in_the_shop_does_not_go_in(shop: Shop) -> None:
    shop.puppet.is_listed = False
    shop.puppet.save()

    with pytest.raises(NotForSale):
        shop.cart((shop.puppet, 1))

    assert not CartLine.objects.exists()


@pytest.mark.parametrize("quantity", [0, -3, 100, 10**9])
def test_a_number_out_of_reason_is_refused(shop: Shop, quantity: int) -> None:
    cart = shop.cart((shop.puppet, 4))

    with pytest.raises(WrongQuantity):
        add_to_cart(cart=cart, variant=shop.chullo, quantity=quantity)
    with pytest.raises(WrongQuantity):
        change_line(cart=cart, line_id=cart.lines.get().pk, quantity=quantity)

    assert cart.lines.get().quantity == 4


def test_adding_does_not_pass_the_limit(shop: Shop) -> None:
    cart = shop.cart((shop.puppet, 98))

    with pytest.raises(WrongQuantity):
        add_to_cart(cart=cart, variant=shop.puppet, quantity=2)

    assert cart.lines.get().quantity == 98


def test_a_cart_has_an_end(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("orders.shop.services.carts.MOST_LINES", 1)
    cart = shop.cart((shop.puppet, 1))

    with pytest.raises(CartFull, match="1"):
        add_to_cart(cart=cart, variant=shop.chullo)

    assert cart.lines.count() == 1
    assert MOST_LINES == 30


def test_a_line_of_another_cart_cannot_be_touched(shop: Shop) -> None:
    hers, mine = shop.cart((shop.puppet, 4)), start_cart()
    line = hers.lines.get()

    with pytest.raises(NotInCart):
        change_line(cart=mine, line_id=line.pk, quantity=1)
    with pytest.raises(NotInCart):
        remove_line(cart=mine, line_id=line.pk)

    line.refresh_from_db()
    assert line.quantity == 4


def test_a_cart_says_how_each_line_stands(shop: Shop) -> None:
    shop.knit(shop.puppet, 2)
    shop.knit(shop.shawl)
    scarf = shop.variant("Scarf", "unique", "90.00")
    shop.knit(scarf)
    cart = shop.cart((shop.puppet, 3), (shop.chullo, 1), (shop.shawl, 1), (scarf, 1))
    shop.order((shop.shawl, 1))

    view = cart_view(cart)

    assert [row.state for row in view.rows] == [
        CartState.PARTLY,
        CartState.KNITTED,
        CartState.SOLD_OUT,
        CartState.READY,
    ]
    assert not view.is_buyable
    assert view.subtotal == soles("272.00")
    assert view.days == 8


def test_a_cart_is_read_in_few_queries(shop: Shop, django_assert_num_queries) -> None:
    one = shop.cart((shop.puppet, 1))
    three = shop.cart((shop.puppet, 1), (shop.chullo, 1), (shop.variant("Hat", "stock", "9"), 1))

    for cart in (one, three):
        # Three for its lines and what lies ready, three for the hours that are free.
        with django_assert_num_queries(6):
            [(row.state, row.variant.options, row.days) for row in cart_view(cart).rows]


def test_a_forgotten_cart_is_swept_away(shop: Shop) -> None:
    old, new = shop.cart((shop.puppet, 1)), shop.cart((shop.puppet, 1))
    Cart.objects.filter(pk=old.pk).update(changed_at=f"{days_ago(100)}T12:00:00Z")

    assert forget_old_carts() == 1

    assert list(Cart.objects.all()) == [new]
