"""Orders, pieces and numbers first, the books last: so nobody waits in a ring. On both databases.

Each test holds people up at the spot where they would meet: in the other order PostgreSQL has to
break a deadlock, and one of them reads an error page.
"""

from collections.abc import Callable
from functools import partial
from time import sleep
from typing import Any

import pytest

from orders.production import accounting as work_books
from orders.production.services import deliver, pass_piece
from orders.shop import accounting as shop_books
from orders.shop.models import Order, ReceivedPayment
from orders.shop.services import cancel_order, record_payment, ship_order, shipping
from orders.shop.values import NewPayment
from tests.factories.shop import Shop, findings, soles
from tests.harness.fixtures import at_the_same_time

Cash = ReceivedPayment.Method.CASH
A_WHILE = 0.4


@pytest.fixture
def real_shop(fresh_db: str) -> Shop:
    return Shop()


def slowly(monkeypatch: pytest.MonkeyPatch, module: Any, name: str, *, before: float = 0) -> None:
    """Whoever calls `name` of `module` then stands there for a while (or `before` it)."""
    real: Callable[..., Any] = getattr(module, name)

    def slow(*args: Any, **facts: Any) -> Any:
        sleep(before)
        done = real(*args, **facts)
        if not before:
            sleep(A_WHILE)
        return done

    monkeypatch.setattr(module, name, slow)


def later(call: Callable[[], Any], seconds: float) -> Callable[[], Any]:
    """`call`, begun a little after the others."""

    def begun() -> Any:
        sleep(seconds)
        return call()

    return begun


def ready_to_pick_up(shop: Shop) -> Order:
    shop.knit(shop.puppet)
    return shop.pick_up_order((shop.puppet, 1))


def hands_over(shop: Shop, order: Order, operation: str) -> Callable[[], Any]:
    """She pays in cash and takes it home."""
    payment = NewPayment(amount=soles("18.00"), method=Cash, reference=operation)
    return partial(ship_order, order=order, actor=shop.president, payment=payment)


def test_a_piece_passes_while_its_order_is_paid_and_another_leaves(
    real_shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Passing waits for the order, paying for the deposits, shipping for the finished pieces."""
    waiting = real_shop.pick_up_order((real_shop.chullo, 1))
    assignment = real_shop.begin(real_shop.work(waiting))
    (piece,) = deliver(assignment=assignment, quantity=1, actor=real_shop.checker)
    leaving = ready_to_pick_up(real_shop)
    real_shop.pay(leaving)
    slowly(monkeypatch, work_books, "post_piece_passed")
    slowly(monkeypatch, shop_books, "post_sale")
    slowly(monkeypatch, shop_books, "post_payment", before=A_WHILE / 2)

    results = at_the_same_time(
        partial(pass_piece, piece=piece, checker=real_shop.checker),
        partial(
            record_payment,
            order=waiting,
            amount=soles("128.00"),
            method=Cash,
            reference="C-1",
            actor=real_shop.treasurer,
        ),
        partial(ship_order, order=leaving, actor=real_shop.president),
    )

    assert [one for one in results if isinstance(one, BaseException)] == []
    waiting.refresh_from_db()
    leaving.refresh_from_db()
    assert (waiting.status, leaving.status) == ("ready", "shipped")
    assert findings() == []


def test_two_who_leave_at_once_of_whom_one_pays_at_the_door(
    real_shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One holds the receipts' numbers and wants the deposits; the other, the other way round."""
    paid, pays = ready_to_pick_up(real_shop), ready_to_pick_up(real_shop)
    real_shop.pay(paid)
    slowly(monkeypatch, shipping, "next_number")

    results = at_the_same_time(
        hands_over(real_shop, pays, "C-1"),
        partial(ship_order, order=paid, actor=real_shop.president),
    )

    assert [one for one in results if isinstance(one, BaseException)] == []
    assert findings() == []


def test_giving_back_two_payments_while_cash_comes_in(
    real_shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two refunds lock bank, deposits and cash together, not one after the other."""
    cancelled = ready_to_pick_up(real_shop)
    real_shop.pay(cancelled, "8.00")
    real_shop.pay(cancelled, "10.00", method=Cash)
    other = ready_to_pick_up(real_shop)
    slowly(monkeypatch, shop_books, "post_refund")

    results = at_the_same_time(
        partial(cancel_order, order=cancelled, actor=real_shop.president, why="Changed her mind."),
        later(partial(real_shop.pay, other, method=Cash), A_WHILE / 2),
    )

    assert [one for one in results if isinstance(one, BaseException)] == []
    assert findings() == []


def test_who_pays_at_the_door_while_a_sale_is_booked(
    real_shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Payment, sale and cost of one shipment take all their accounts at once."""
    orders = [ready_to_pick_up(real_shop) for _number in range(4)]
    slowly(monkeypatch, shop_books, "post_payment")

    results = at_the_same_time(
        *(hands_over(real_shop, order, f"C-{order.number}") for order in orders)
    )

    assert [one for one in results if isinstance(one, BaseException)] == []
    assert findings() == []
