"""An order is made complete, leaves, and is a sale from then on."""

import pytest

from catalog.models import Piece
from orders.shop.errors import (
    NotComplete,
    NotPaid,
    WrongStatus,
)
from orders.shop.models import Allocation, Order, Shipment
from orders.shop.services import (
    NewPayment,
    cancel_order,
    confirm_order,
    ship_order,
)
from tests.factories.shop import Shop, balance, findings, soles

Status = Order.Status


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
