"""An order is placed: what it takes, what it costs, what is refused."""

from datetime import timedelta

import pytest

from catalog.models import Piece
from catalog.services import change_price
from orders.production.models import WorkOrder
from orders.shop.errors import (
    AddressMissing,
    CartChanged,
    CartEmpty,
    DeliveryNotOffered,
    MethodNotOffered,
    NotForSale,
    SoldOut,
)
from orders.shop.models import Allocation, Order
from orders.shop.queries import cart_view
from orders.shop.services import (
    Customer,
)
from tests.factories.shop import Method, Shop, findings, soles

Status = Order.Status


def statuses(order: Order) -> list[str]:
    """The statuses that the log says, in order."""
    return list(order.events.values_list("to_status", flat=True))


# Placing -----------------------------------------------------------------------------------
def test_an_order_takes_free_pieces_and_costs_what_the_shop_says(shop: Shop) -> None:
    shop.knit(shop.puppet, 3)

    order = shop.order((shop.puppet, 2))

    line = order.lines.get()
    assert (order.status, order.number) == (Status.PLACED, 1)
    assert order.total == soles("50.00")
    assert (line.allocated, line.unit_price) == (2, soles("18.00"))
    assert Piece.objects.filter(reserved_for=line.key).count() == 2
    assert Piece.objects.free().count() == 1
    assert not order.buyer
    assert findings() == []


def test_a_transfer_order_waits_for_the_money_before_anyone_knits(shop: Shop) -> None:
    order = shop.order((shop.chullo, 1))

    assert order.status == Status.PLACED
    assert not WorkOrder.objects.exists()


def test_paid_in_full_what_is_missing_becomes_work(shop: Shop) -> None:
    shop.knit(shop.chullo, 1)
    order = shop.order((shop.chullo, 3))

    shop.pay(order)

    order.refresh_from_db()
    work = shop.work(order)
    assert statuses(order) == [Status.PLACED, Status.CONFIRMED]
    assert (work.quantity, work.variant) == (2, shop.chullo)
    assert order.promised_on == work.due_on
    assert work.due_on == shop.day + timedelta(days=8)


def test_an_order_paid_at_pick_up_is_confirmed_at_once(shop: Shop) -> None:
    order = shop.pick_up_order((shop.chullo, 1))

    assert order.status == Status.CONFIRMED
    assert order.total == soles("128.00")
    assert order.address == ""
    assert shop.work(order).quantity == 1


def test_an_order_of_which_everything_lies_ready_is_ready_when_paid(shop: Shop) -> None:
    shop.knit(shop.puppet, 1)
    order = shop.order((shop.puppet, 1))

    shop.pay(order)

    order.refresh_from_db()
    assert statuses(order) == [Status.PLACED, Status.CONFIRMED, Status.READY]


def test_the_same_form_sent_twice_is_one_order(shop: Shop) -> None:
    cart = shop.cart((shop.chullo, 1))

    first = shop.order(cart=cart, reference="form:1")
    again = shop.order(cart=cart, reference="form:1")

    assert again == first
    assert Order.objects.count() == 1


def test_an_empty_cart_orders_nothing(shop: Shop) -> None:
    cart = shop.cart((shop.chullo, 1))
    shop.order(cart=cart)

    with pytest.raises(CartEmpty):
        shop.order(cart=cart)

    assert Order.objects.count() == 1


def test_a_one_of_a_kind_that_is_gone_refuses_the_whole_order(shop: Shop) -> None:
    shop.knit(shop.shawl)
    late = shop.cart((shop.puppet, 1), (shop.shawl, 1))
    shop.order((shop.shawl, 1))

    with pytest.raises(SoldOut, match="Shawl"):
        shop.order(cart=late)

    assert Order.objects.count() == 1
    assert late.lines.count() == 2
    assert findings() == []


def test_a_retired_design_is_sold_only_while_it_lasts(shop: Shop) -> None:
    shop.knit(shop.puppet, 1)
    cart = shop.cart((shop.puppet, 2))
    design = shop.puppet.design
    design.is_retired = True
    design.save()

    with pytest.raises(SoldOut):
        shop.order(cart=cart)

    assert not Allocation.objects.exists()


def test_what_left_the_shop_window_is_not_ordered(shop: Shop) -> None:
    cart = shop.cart((shop.chullo, 1))
    product = shop.chullo.product
    product.is_listed = False
    product.save()

    with pytest.raises(NotForSale):
        shop.order(cart=cart)

    assert not Order.objects.exists()


def test_a_price_that_changed_since_it_was_shown_is_asked_again(shop: Shop) -> None:
    cart = shop.cart((shop.chullo, 1))
    seen = cart_view(cart).fingerprint()
    change_price(variant=shop.chullo, price=soles("140.00"), actor=shop.president)

    with pytest.raises(CartChanged):
        shop.order(cart=cart, seen=seen)

    assert not Order.objects.exists()
    seen = cart_view(cart).fingerprint()
    assert shop.order(cart=cart, seen=seen).total == soles("154.00")


def test_pieces_that_went_since_they_were_shown_are_asked_again(shop: Shop) -> None:
    shop.knit(shop.puppet, 2)
    cart = shop.cart((shop.puppet, 2))
    seen = cart_view(cart).fingerprint()
    shop.order((shop.puppet, 1))

    with pytest.raises(CartChanged):
        shop.order(cart=cart, seen=seen)

    assert Order.objects.count() == 1


def test_a_price_changed_later_touches_no_order(shop: Shop) -> None:
    order = shop.order((shop.chullo, 1))

    change_price(variant=shop.chullo, price=soles("200.00"), actor=shop.president)

    order.refresh_from_db()
    assert order.total == soles("142.00")
    assert order.lines.get().unit_price == soles("128.00")


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"customer": Customer("Ana", "ana@example.org")}, AddressMissing),
        ({"method": Method.PICK_UP}, MethodNotOffered),
        ({"method": Method.TERMS}, MethodNotOffered),
    ],
)
def test_an_order_that_cannot_reach_its_customer_is_refused(
    shop: Shop, changes: dict, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        shop.order((shop.chullo, 1), **changes)

    assert not Order.objects.exists()


def test_a_way_of_shipping_no_longer_offered_is_refused(shop: Shop) -> None:
    shop.peru.is_offered = False
    shop.peru.save()

    with pytest.raises(DeliveryNotOffered):
        shop.order((shop.chullo, 1))

    assert not Order.objects.exists()
