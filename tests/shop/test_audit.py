"""The audit names what is wrong; the database refuses what must never be."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from catalog.models import Piece
from orders.shop.models import (
    Allocation,
    CartLine,
    NumberSeries,
    Order,
    OrderEvent,
    OrderLine,
    ReceivedPayment,
    Refund,
    Shipment,
)
from orders.shop.services import cancel_order, ship_order
from orders.shop.services.numbers import next_number
from tests.factories.shop import Shop, findings


@pytest.fixture
def busy(shop: Shop) -> Shop:
    """A shop with one order shipped, one ready, one cancelled and paid back, one waiting."""
    shop.knit(shop.puppet, 3)
    shipped = shop.order((shop.puppet, 1))
    shop.pay(shipped)
    ship_order(order=shipped, actor=shop.president)
    ready = shop.order((shop.puppet, 1))
    shop.pay(ready)
    cancelled = shop.order((shop.puppet, 1))
    shop.pay(cancelled)
    cancel_order(order=cancelled, actor=shop.treasurer, why="Changed her mind.")
    shop.order((shop.chullo, 1))
    return shop


def mine() -> list[str]:
    """What the shop's own checks find."""
    return findings(of=["orders.shop"])


def test_a_busy_shop_is_clean(busy: Shop) -> None:
    assert findings() == []


@pytest.mark.parametrize(
    ("break_it", "sentence"),
    [
        (
            lambda: Order.objects.filter(number=4).update(paid_minor=5),
            "order #4: it says that S/\u00a00.05 were paid",
        ),
        (
            lambda: OrderLine.objects.filter(order__number=2).update(allocated=0),
            "allocated 0, has 1",
        ),
        (
            lambda: Piece.objects.filter(allocation__line__order__number=2).update(reserved_for=""),
            "not reserved for it",
        ),
        (
            lambda: Allocation.objects.filter(line__order__number=2).delete(),
            "without allocation",
        ),
        (
            lambda: Piece.objects.filter(place="sold").update(place="store"),
            "is “in the store”, and order #1 is “sent or handed over”",
        ),
        (
            lambda: Allocation.objects.filter(line__order__number=2).update(
                line=OrderLine.objects.get(order__number=4)
            ),
            "is not what line:",
        ),
        (
            lambda: Order.objects.filter(number=2).update(status="confirmed"),
            "order #2 is “being made ready”, and its log says “ready”",
        ),
        (lambda: Order.objects.filter(number=4).update(status="ready"), "and not complete"),
        (
            lambda: Order.objects.filter(number=2).update(status="shipped"),
            "order #2 left without a receipt",
        ),
        (lambda: next_number("receipts"), "receipts: 1 rows, and the last number is 2"),
        (lambda: next_number("orders"), "orders: 4 rows, and the last number is 5"),
    ],
)
def test_the_audit_names_what_is_wrong(
    busy: Shop, break_it: Callable[[], object], sentence: str
) -> None:
    break_it()

    assert any(sentence in row for row in mine()), mine()


def test_a_payment_that_is_not_in_the_books_is_named(busy: Shop) -> None:
    order = Order.objects.get(number=4)
    payment = ReceivedPayment.objects.create(
        order=order,
        method="cash",
        amount_minor=100,
        reference="by hand",
        on=busy.day,
        actor=busy.treasurer,
    )

    rows = mine()

    assert (
        "order #4: it says that S/\u00a00.00 were paid, and its payments are S/\u00a01.00" in rows
    )
    assert f"order:{order.pk}:paid:{payment.pk}: – in the books, S/\u00a01.00 in the shop" in rows


def test_a_step_that_the_way_does_not_know_is_named(busy: Shop) -> None:
    order = Order.objects.get(number=4)
    OrderEvent.objects.create(
        order=order, from_status="placed", to_status="shipped", on=busy.day, actor=busy.president
    )

    rows = mine()

    assert (
        f"order {order.pk}: “waiting for payment” → “sent or handed over” after “waiting for payment”"
        in rows
    )
    assert "order #4 is “waiting for payment”, and its log says “sent or handed over”" in rows


@pytest.mark.parametrize(
    "write",
    [
        lambda: OrderEvent.objects.all().update(why="another"),
        lambda: OrderEvent.objects.all().delete(),
        lambda: ReceivedPayment.objects.all().update(amount_minor=1),
        lambda: ReceivedPayment.objects.filter(refunds__isnull=True).delete(),
        lambda: Refund.objects.all().delete(),
        lambda: Shipment.objects.all().update(receipt_number=9),
        lambda: Shipment.objects.all().delete(),
        lambda: Order.objects.filter(number=4).update(total_minor=1),
        lambda: Order.objects.filter(number=4).update(shipping_minor=0),
        lambda: Order.objects.filter(number=4).update(number=9),
        lambda: Order.objects.filter(number=1).update(status="ready"),
        lambda: Order.objects.filter(number=3).update(status="placed"),
        lambda: Order.objects.filter(number=4).update(paid_minor=10**9),
        lambda: OrderLine.objects.filter(order__number=4).update(unit_price_minor=1),
        lambda: OrderLine.objects.filter(order__number=4).update(quantity=2),
        lambda: OrderLine.objects.filter(order__number=4).update(allocated=2),
        lambda: NumberSeries.objects.filter(key="receipts").update(last=9),
        lambda: NumberSeries.objects.all().delete(),
        lambda: CartLine.objects.create(cart_id=1, variant_id=1, quantity=0),
        lambda: Allocation.objects.create(
            piece=Allocation.objects.earliest("pk").piece, line=OrderLine.objects.latest("pk")
        ),
    ],
)
def test_the_database_itself_refuses(busy: Shop, write: Callable[[], object]) -> None:
    busy.cart((busy.chullo, 1))

    with pytest.raises(IntegrityError), transaction.atomic():
        write()

    assert findings() == []


@pytest.mark.parametrize(
    "table", ["shop_order", "shop_orderevent", "shop_receivedpayment", "shop_shipment"]
)
def test_rows_are_not_replaced(busy: Shop, table: str) -> None:
    if connection.vendor != "sqlite":
        return
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1")

    assert findings() == []


def test_orders_are_never_deleted(busy: Shop) -> None:
    with (
        pytest.raises(IntegrityError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM shop_order WHERE number = 4")

    assert Order.objects.count() == 4


def test_the_audit_takes_as_many_queries_for_few_orders_as_for_many(busy: Shop) -> None:
    counts = []
    for more in (0, 3):
        for _number in range(more):
            busy.pay(busy.order((busy.chullo, 1)))
        with CaptureQueriesContext(connection) as queries:
            assert mine() == []
        counts.append(len(queries))

    assert counts[0] == counts[1]
