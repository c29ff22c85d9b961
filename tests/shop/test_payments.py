"""Money that comes in, and the worked examples an accountant could read."""

from datetime import date, timedelta

import pytest
from djmoney.money import Money

from ledger.models import JournalEntry, Posting
from orders.shop.errors import (
    AmountWrong,
    DayBeforeOrder,
    DayInTheFuture,
    OperationMissing,
    OperationTaken,
    PaidTooMuch,
    WrongStatus,
)
from orders.shop.models import Order, ReceivedPayment
from orders.shop.queries import statement
from orders.shop.services import Wanted, cancel_order, order_for_buyer, ship_order
from tests.factories.shop import Shop, balance, findings, soles

Status = Order.Status


def sides(reference_start: str) -> list[tuple[str, str, int]]:
    """The postings of the entries whose reference begins so."""
    rows = Posting.objects.filter(entry__reference__startswith=reference_start)
    return list(
        rows.order_by("entry_id", "position").values_list("account__role", "side", "amount_minor")
    )


def test_a_transfer_before_shipping_is_a_customers_deposit(shop: Shop) -> None:
    order = shop.order((shop.chullo, 1))

    payment = shop.pay(order)

    assert sides(f"order:{order.pk}:paid") == [
        ("bank", "debit", 14200),
        ("customer_deposits", "credit", 14200),
    ]
    entry = JournalEntry.objects.get(reference=f"order:{order.pk}:paid:{payment.pk}")
    assert (entry.kind, entry.memo, entry.created_by) == (
        "deposit_received",
        "#1",
        shop.treasurer,
    )


def test_parts_add_up_and_the_last_one_confirms(shop: Shop) -> None:
    order = shop.order((shop.chullo, 1))

    shop.pay(order, "100.00")
    order.refresh_from_db()
    assert (order.status, order.outstanding) == (Status.PLACED, soles("42.00"))

    shop.pay(order, "42.00", method="cash")
    order.refresh_from_db()
    assert (order.status, order.outstanding) == (Status.CONFIRMED, soles("0.00"))
    assert (balance("bank"), balance("cash")) == (soles("100.00"), soles("42.00"))


def test_the_same_operation_twice_is_one_payment(shop: Shop) -> None:
    order = shop.order((shop.chullo, 1))

    first = shop.pay(order, "100.00", reference="OP 77")
    again = shop.pay(order, "100.00", reference="  OP   77 ")

    assert again == first
    order.refresh_from_db()
    assert order.paid == soles("100.00")
    assert balance("bank") == soles("100.00")


def test_an_operation_belongs_to_one_order_and_amount(shop: Shop) -> None:
    order, other = shop.order((shop.chullo, 1)), shop.order((shop.chullo, 1))
    shop.pay(order, "100.00", reference="OP-77")

    with pytest.raises(OperationTaken, match="#1"):
        shop.pay(other, "100.00", reference="OP-77")
    with pytest.raises(OperationTaken):
        shop.pay(order, "42.00", reference="OP-77")

    assert ReceivedPayment.objects.count() == 1
    assert balance("bank") == soles("100.00")


def test_more_than_is_open_is_refused_kindly(shop: Shop) -> None:
    order = shop.order((shop.chullo, 1))
    shop.pay(order, "100.00")

    with pytest.raises(PaidTooMuch, match=r"42\.00"):
        shop.pay(order, "42.01")

    order.refresh_from_db()
    assert order.paid == soles("100.00")


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"amount": Money("0", "PEN")}, AmountWrong),
        ({"amount": Money("-5", "PEN")}, AmountWrong),
        ({"amount": Money("1.005", "PEN")}, AmountWrong),
        ({"amount": Money("5", "USD")}, AmountWrong),
        ({"reference": "   "}, OperationMissing),
    ],
)
def test_a_payment_that_makes_no_sense_is_refused(
    shop: Shop, changes: dict, refusal: type[Exception]
) -> None:
    order = shop.order((shop.chullo, 1))

    with pytest.raises(refusal):
        shop.pay(order, **changes)

    assert not ReceivedPayment.objects.exists()
    assert not JournalEntry.objects.filter(kind="deposit_received").exists()


def test_money_does_not_come_tomorrow(shop: Shop) -> None:
    order = shop.order((shop.chullo, 1))

    with pytest.raises(DayInTheFuture):
        shop.pay(order, on=shop.day + timedelta(days=1))

    assert not ReceivedPayment.objects.exists()


def test_a_cancelled_order_takes_no_money(shop: Shop) -> None:
    order = shop.order((shop.chullo, 1))
    cancel_order(order=order, actor=shop.president, why="Changed her mind.")

    with pytest.raises(WrongStatus):
        shop.pay(order, "10.00")

    assert not ReceivedPayment.objects.exists()


def test_a_refund_goes_back_the_way_it_came(shop: Shop) -> None:
    order = shop.order((shop.chullo, 1))
    shop.pay(order, "100.00")
    shop.pay(order, "20.00", method="cash")

    cancel_order(order=order, actor=shop.treasurer, why="Changed her mind.")

    assert sides(f"order:{order.pk}:refunded") == [
        ("customer_deposits", "debit", 10000),
        ("bank", "credit", 10000),
        ("customer_deposits", "debit", 2000),
        ("cash", "credit", 2000),
    ]
    assert findings() == []


def test_an_order_on_terms_leaves_unpaid_and_is_settled_later(shop: Shop) -> None:
    hotel = shop.buyer()
    shop.knit(shop.puppet, 5)
    order = order_for_buyer(
        buyer=hotel,
        wanted=[Wanted(shop.puppet, 5, 1200)],
        reference="hotel:1",
        actor=hotel.user,
    )
    shop.pay(order, "10.00")
    ship_order(order=order, actor=shop.president)

    assert sides(f"order:{order.pk}:sale") == [
        ("customer_deposits", "debit", 1000),
        ("receivable", "debit", 5000),
        ("sales", "credit", 6000),
    ]

    shop.pay(order, "30.00")

    order.refresh_from_db()
    assert order.outstanding == soles("20.00")
    assert balance("receivable") == soles("20.00")
    assert balance("customer_deposits") == soles("0.00")
    account = statement(hotel)
    assert (account.invoiced, account.paid, account.owed) == (
        soles("60.00"),
        soles("40.00"),
        soles("20.00"),
    )
    assert account.lines[0].due_on == shop.day + timedelta(days=30)
    with pytest.raises(PaidTooMuch):
        shop.pay(order, "20.01")
    assert findings() == []


def test_paid_ahead_is_shown_apart(shop: Shop) -> None:
    hotel = shop.buyer()
    order = order_for_buyer(
        buyer=hotel,
        wanted=[Wanted(shop.puppet, 5, 1200)],
        reference="hotel:1",
        actor=hotel.user,
    )
    shop.pay(order, "10.00")

    account = statement(hotel)

    assert (account.owed, account.paid_ahead) == (soles("0.00"), soles("10.00"))


def test_nothing_is_paid_before_it_was_ordered(shop: Shop) -> None:
    order = shop.order((shop.chullo, 1))

    with pytest.raises(DayBeforeOrder):
        shop.pay(order, on=date(1990, 1, 1))

    order.refresh_from_db()
    assert order.paid_minor == 0
    assert findings() == []
