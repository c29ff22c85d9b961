"""An order's way, from the cart to the parcel."""

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
    NotComplete,
    NotForSale,
    NotPaid,
    ReasonMissing,
    SoldOut,
    WrongStatus,
)
from orders.shop.models import Allocation, Order, OrderEvent, Refund, Shipment
from orders.shop.queries import cart_view
from orders.shop.services import (
    Customer,
    NewPayment,
    cancel_order,
    confirm_order,
    place_order,
    release_unpaid,
    ship_order,
)
from tests.factories.shop import ANA, Method, Shop, balance, days_ago, findings, soles

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
    seen = cart_view(cart).fingerprint([shop.peru, shop.pick_up])
    change_price(variant=shop.chullo, price=soles("140.00"), actor=shop.president)

    with pytest.raises(CartChanged):
        shop.order(cart=cart, seen=seen)

    assert not Order.objects.exists()
    seen = cart_view(cart).fingerprint([shop.peru, shop.pick_up])
    assert shop.order(cart=cart, seen=seen).total == soles("154.00")


def test_pieces_that_went_since_they_were_shown_are_asked_again(shop: Shop) -> None:
    shop.knit(shop.puppet, 2)
    cart = shop.cart((shop.puppet, 2))
    seen = cart_view(cart).fingerprint([shop.peru, shop.pick_up])
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


# Made and complete -------------------------------------------------------------------------
def test_a_passed_piece_goes_to_the_line_for_which_it_was_knitted(shop: Shop) -> None:
    order = shop.pick_up_order((shop.chullo, 2))
    work = shop.work(order)

    (piece,) = shop.finish(work, 1)

    order.refresh_from_db()
    line = order.lines.get()
    assert (order.status, line.allocated) == (Status.CONFIRMED, 1)
    assert piece.reserved_for == line.key

    shop.finish(work)

    order.refresh_from_db()
    assert order.status == Status.READY
    assert findings() == []


def test_a_piece_knitted_for_stock_stays_free(shop: Shop) -> None:
    order = shop.pick_up_order((shop.chullo, 1))

    shop.knit(shop.chullo, 1)

    assert order.lines.get().allocated == 0
    assert Piece.objects.free().count() == 1


def test_a_piece_that_comes_after_the_cancellation_becomes_stock(shop: Shop) -> None:
    order = shop.pick_up_order((shop.chullo, 2))
    assignment = shop.begin(shop.work(order), 1)
    cancel_order(order=order, actor=shop.president, why="Never came.")

    shop.bring(assignment)

    assert Piece.objects.free().count() == 1
    assert not Allocation.objects.exists()
    assert findings() == []


def test_confirming_needs_the_money(shop: Shop) -> None:
    order = shop.order((shop.chullo, 1))

    with pytest.raises(NotPaid):
        confirm_order(order=order, actor=shop.president)

    order.refresh_from_db()
    assert order.status == Status.PLACED


# Leaving -----------------------------------------------------------------------------------
def test_a_parcel_books_the_sale_and_what_it_cost(shop: Shop) -> None:
    shop.knit(shop.puppet, 2)
    order = shop.order((shop.puppet, 2))
    shop.pay(order)

    shipment = ship_order(order=order, actor=shop.president, carrier="Post", tracking="X1")

    order.refresh_from_db()
    assert (order.status, shipment.receipt_number) == (Status.SHIPPED, 1)
    assert balance("bank") == soles("50.00")
    assert balance("customer_deposits") == soles("0.00")
    assert balance("sales") == soles("36.00")
    assert balance("shipping_charged") == soles("14.00")
    assert balance("cost_of_sales") == soles("16.00")
    assert balance("finished_pieces") == soles("0.00")
    assert Piece.objects.filter(place=Piece.Place.SOLD).count() == 2
    assert findings() == []


def test_paid_at_pick_up_in_the_same_moment(shop: Shop) -> None:
    shop.knit(shop.puppet, 1)
    order = shop.pick_up_order((shop.puppet, 1))

    ship_order(
        order=order,
        actor=shop.treasurer,
        payment=NewPayment(soles("18.00"), "cash", "C-1"),
    )

    order.refresh_from_db()
    assert (order.status, order.paid) == (Status.SHIPPED, soles("18.00"))
    assert balance("cash") == soles("18.00")
    assert balance("customer_deposits") == soles("0.00")
    assert findings() == []


def test_nothing_leaves_unpaid(shop: Shop) -> None:
    shop.knit(shop.puppet, 1)
    order = shop.pick_up_order((shop.puppet, 1))

    with pytest.raises(NotPaid, match=r"18\.00"):
        ship_order(order=order, actor=shop.president)

    order.refresh_from_db()
    assert order.status == Status.READY
    assert not Shipment.objects.exists()
    assert Piece.objects.get().place == Piece.Place.STORE


def test_only_a_ready_order_leaves(shop: Shop) -> None:
    order = shop.pick_up_order((shop.chullo, 1))

    with pytest.raises(WrongStatus):
        ship_order(order=order, actor=shop.president)

    assert not Shipment.objects.exists()


def test_an_order_leaves_once(shop: Shop) -> None:
    shop.knit(shop.puppet, 1)
    order = shop.order((shop.puppet, 1))
    shop.pay(order)
    ship_order(order=order, actor=shop.president)

    with pytest.raises(WrongStatus):
        ship_order(order=order, actor=shop.president)

    assert Shipment.objects.count() == 1
    assert balance("sales") == soles("18.00")


def test_an_order_whose_piece_went_missing_does_not_leave(shop: Shop) -> None:
    shop.knit(shop.puppet, 1)
    order = shop.order((shop.puppet, 1))
    shop.pay(order)
    Allocation.objects.all().delete()

    with pytest.raises(NotComplete):
        ship_order(order=order, actor=shop.president)

    assert not Shipment.objects.exists()


def test_receipt_numbers_have_no_gaps_even_after_a_refusal(shop: Shop) -> None:
    shop.knit(shop.puppet, 3)
    orders = [shop.order((shop.puppet, 1)) for _number in range(3)]
    shop.pay(orders[0])
    shop.pay(orders[2])

    numbers = [ship_order(order=orders[0], actor=shop.president).receipt_number]
    with pytest.raises(WrongStatus):
        ship_order(order=orders[1], actor=shop.president)
    numbers.append(ship_order(order=orders[2], actor=shop.president).receipt_number)

    assert numbers == [1, 2]
    assert findings() == []


# Not carried out ---------------------------------------------------------------------------
def test_cancelling_frees_the_pieces_and_gives_the_money_back(shop: Shop) -> None:
    shop.knit(shop.puppet, 1)
    order = shop.order((shop.puppet, 2))
    shop.pay(order, "20.00")
    shop.pay(order)

    cancel_order(order=order, actor=shop.treasurer, why="She moved away.")

    order.refresh_from_db()
    assert (order.status, order.paid) == (Status.CANCELLED, soles("0.00"))
    assert order.lines.get().allocated == 0
    assert Piece.objects.free().count() == 1
    assert Refund.objects.count() == 2
    assert balance("bank") == soles("0.00")
    assert balance("customer_deposits") == soles("0.00")
    assert WorkOrder.objects.get(reference=order.lines.get().key).status == "cancelled"
    assert findings() == []


def test_a_cancellation_says_why(shop: Shop) -> None:
    order = shop.order((shop.chullo, 1))

    with pytest.raises(ReasonMissing):
        cancel_order(order=order, actor=shop.president, why="  ")

    order.refresh_from_db()
    assert order.status == Status.PLACED


def test_what_left_is_not_cancelled(shop: Shop) -> None:
    shop.knit(shop.puppet, 1)
    order = shop.order((shop.puppet, 1))
    shop.pay(order)
    ship_order(order=order, actor=shop.president)

    with pytest.raises(WrongStatus):
        cancel_order(order=order, actor=shop.president, why="Too late")

    assert balance("bank") == soles("32.00")
    assert not Refund.objects.exists()


def test_an_unpaid_transfer_is_let_go_after_the_days_of_the_rules(shop: Shop) -> None:
    shop.knit(shop.shawl)
    old = shop.order((shop.shawl, 1), on=days_ago(6))
    young = shop.order((shop.chullo, 1), on=days_ago(5))
    partly = shop.order((shop.chullo, 1), on=days_ago(9))
    shop.pay(partly, "10.00")
    fetched = shop.pick_up_order((shop.chullo, 1), on=days_ago(9))

    released = release_unpaid()

    assert released == [old]
    for order in (old, young, partly, fetched):
        order.refresh_from_db()
    assert old.status == Status.CANCELLED
    assert (young.status, partly.status, fetched.status) == ("placed", "placed", "confirmed")
    assert Piece.objects.free().count() == 1
    assert release_unpaid() == []
    assert findings() == []


# Traces ------------------------------------------------------------------------------------
def test_every_change_names_who_and_when(shop: Shop) -> None:
    shop.knit(shop.puppet, 1)
    order = shop.order((shop.puppet, 1))
    shop.pay(order)
    ship_order(order=order, actor=shop.president)

    rows = list(OrderEvent.objects.values_list("from_status", "to_status", "actor", "on"))
    assert rows == [
        ("", "placed", None, shop.day),
        ("placed", "confirmed", shop.treasurer.pk, shop.day),
        ("confirmed", "ready", shop.treasurer.pk, shop.day),
        ("ready", "shipped", shop.president.pk, shop.day),
    ]


def test_history_is_built_on_its_own_days(shop: Shop) -> None:
    day = days_ago(40)
    order = place_order(
        cart=shop.cart((shop.chullo, 1)),
        customer=ANA,
        method=Method.PICK_UP,
        delivery=shop.pick_up,
        reference="demo:1",
        language="es",
        on=day,
    )

    assert order.placed_on == day
    assert order.promised_on == day + timedelta(days=8)
    assert set(order.events.values_list("on", flat=True)) == {day}
    assert shop.work(order).opened_on == day
