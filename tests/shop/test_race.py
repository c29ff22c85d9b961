"""Fifty buyers want the one shawl at the same time: one has it, the others are told kindly."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.test import Client

from catalog.models import Piece
from orders.shop.errors import SoldOut
from orders.shop.models import Allocation, Order, ReceivedPayment, Shipment
from orders.shop.services import cancel_order, record_payment, ship_order, stock
from tests.factories.shop import Shop, findings, soles
from tests.harness.fixtures import at_the_same_time
from tests.shop.pages import WRITTEN, hidden, put_in, text

BUYERS = 50


@pytest.fixture
def real_shop(fresh_db: str) -> Shop:
    """A shop on a database of its own, where everything commits; one shawl is in the store."""
    shop = Shop()
    shop.knit(shop.shawl)
    return shop


def everybody_orders(shop: Shop) -> list[Any]:
    """Fifty carts with the shawl, ordered at once: what each got, or why not."""
    carts = [shop.cart((shop.shawl, 1)) for _number in range(BUYERS)]
    return at_the_same_time(*(partial(shop.order, cart=cart) for cart in carts))


def test_fifty_buyers_and_one_shawl(real_shop: Shop) -> None:
    results = everybody_orders(real_shop)

    orders = [one for one in results if isinstance(one, Order)]
    refusals = [one for one in results if isinstance(one, SoldOut)]
    assert (len(orders), len(refusals)) == (1, BUYERS - 1)
    sentences = {str(one) for one in refusals}
    assert len(sentences) == 1
    # A new thread speaks the house's language, whichever that is.
    assert "«Shawl»" in sentences.pop()
    assert Order.objects.get() == orders[0]
    assert Allocation.objects.get().line.order == orders[0]
    assert findings() == []


def test_the_race_is_caught_when_nobody_looks(
    real_shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: without lock, look and constraint the same fifty all "get" it."""

    def any_piece(line: Any, count: int) -> list[Piece]:
        return list(Piece.objects.filter(variant=line.variant_id)[:count])

    monkeypatch.setattr(stock, "free_pieces", any_piece)
    monkeypatch.setattr(stock, "record_allocations", lambda line, pieces: None)

    results = everybody_orders(real_shop)

    orders = [one for one in results if isinstance(one, Order)]
    assert len(orders) == BUYERS
    assert len(findings(of=["orders.shop"])) == BUYERS


def test_the_constraint_has_the_last_word_when_nobody_locks(
    real_shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the lock and the look are off: the database still gives the shawl to one."""

    def any_piece(line: Any, count: int) -> list[Piece]:
        return list(Piece.objects.filter(variant=line.variant_id)[:count])

    monkeypatch.setattr(stock, "free_pieces", any_piece)

    results = everybody_orders(real_shop)

    assert sum(isinstance(one, Order) for one in results) == 1
    assert sum(isinstance(one, SoldOut) for one in results) == BUYERS - 1
    assert findings() == []


def test_fifty_browsers_and_one_shawl(real_shop: Shop) -> None:
    """The same through the pages: one order, 49 pages that say so, no error page."""

    def ready_to_send() -> Callable[[], Any]:
        client = Client()
        put_in(client, real_shop.shawl)
        data = {**WRITTEN, **hidden(client)}
        return lambda: client.post("/en/checkout/", data, follow=True)

    answers = at_the_same_time(*(ready_to_send() for _number in range(BUYERS)))

    assert [one for one in answers if isinstance(one, BaseException)] == []
    assert {one.status_code for one in answers} == {200}
    order = Order.objects.get()
    to_order = f"/en/order/{order.token}/"
    refused = [one for one in answers if one.redirect_chain != [(to_order, 302)]]
    assert [one.redirect_chain for one in refused] == [[("/en/checkout/", 302)]] * (BUYERS - 1)
    assert all("has just been sold" in text(one) for one in refused)
    assert findings() == []


def test_the_last_two_puppets_go_to_two_of_many(real_shop: Shop) -> None:
    real_shop.knit(real_shop.puppet, 2)
    carts = [real_shop.cart((real_shop.puppet, 1)) for _number in range(10)]

    orders = at_the_same_time(*(partial(real_shop.order, cart=cart) for cart in carts))

    assert all(isinstance(one, Order) for one in orders)
    assert sorted(order.number for order in orders) == list(range(1, 11))
    assert Allocation.objects.count() == 2
    assert findings() == []


def test_one_form_sent_ten_times_at_once_is_one_order(real_shop: Shop) -> None:
    cart = real_shop.cart((real_shop.puppet, 1))
    again = partial(real_shop.order, cart=cart, reference="form:1")

    orders = at_the_same_time(*(again for _number in range(10)))

    assert {order.pk for order in orders} == {Order.objects.get().pk}


def test_one_operation_recorded_ten_times_at_once_is_one_payment(real_shop: Shop) -> None:
    order = real_shop.order((real_shop.chullo, 1))
    record = partial(
        record_payment,
        order=order,
        amount=soles("142.00"),
        method="transfer",
        reference="OP-1",
        actor=real_shop.treasurer,
    )

    results = at_the_same_time(*(record for _number in range(10)))

    assert {one.pk for one in results} == {ReceivedPayment.objects.get().pk}
    assert findings() == []


def test_shipping_and_cancelling_at_once_leaves_one_of_the_two(real_shop: Shop) -> None:
    order = real_shop.order((real_shop.shawl, 1))
    real_shop.pay(order)

    at_the_same_time(
        partial(ship_order, order=order, actor=real_shop.president),
        partial(cancel_order, order=order, actor=real_shop.treasurer, why="Changed her mind."),
        partial(ship_order, order=order, actor=real_shop.president),
    )

    order.refresh_from_db()
    assert (order.status == "shipped") == Shipment.objects.exists()
    assert order.status in {"shipped", "cancelled"}
    assert findings() == []


def test_a_piece_that_passes_while_its_order_is_cancelled(real_shop: Shop) -> None:
    order = real_shop.pick_up_order((real_shop.chullo, 1))
    assignment = real_shop.begin(real_shop.work(order))

    results = at_the_same_time(
        partial(real_shop.bring, assignment),
        partial(cancel_order, order=order, actor=real_shop.president, why="Never came."),
    )

    assert [one for one in results if isinstance(one, BaseException)] == []
    assert Piece.objects.free().filter(variant=real_shop.chullo).count() == 1
    assert findings() == []
