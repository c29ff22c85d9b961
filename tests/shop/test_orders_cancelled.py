"""An order is not carried out; every change leaves its trace."""

from datetime import timedelta

import pytest

from catalog.models import Piece
from coop.quotas.services import offer_hours
from orders.production.models import WorkOrder
from orders.shop.errors import (
    ReasonMissing,
    WrongStatus,
)
from orders.shop.models import Order, OrderEvent, Refund
from orders.shop.services import (
    cancel_order,
    place_order,
    release_unpaid,
    ship_order,
)
from tests.factories.shop import ANA, Method, Shop, balance, days_ago, findings, soles

Status = Order.Status


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
    offer_hours(member=shop.knitter, month=day, minutes=600, actor=shop.president)
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
