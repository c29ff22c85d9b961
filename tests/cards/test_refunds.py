"""Money goes back to the card, by line; refunded is never more than paid."""

import pytest
from django.db import IntegrityError, transaction

from catalog.models import Piece
from orders.production.models import WorkOrder
from orders.shop.errors import NothingToGiveBack, ReasonMissing, TooManyBack, TooMuchBack
from orders.shop.models import Order, Refund
from orders.shop.providers.stripe.refunds import send, settle_refund
from orders.shop.services import BackLine, cancel_order, request_refund, ship_order
from tests.factories.cards import CardShop
from tests.factories.shop import balance, findings, soles


@pytest.fixture
def commits(django_capture_on_commit_callbacks):
    """What waits for the commit happens at the end of the block."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def give_back(cards: CardShop, order: Order, **what: object) -> list[Refund]:
    """The treasurer gives money back."""
    values = {"key": f"test:{order.pk}:{Refund.objects.count()}", "why": "She asked for it."}
    return request_refund(order=order, actor=cards.treasurer, **(values | what))


def shipped(cards: CardShop, order: Order) -> Order:
    """The order left."""
    ship_order(order=order, actor=cards.president)
    order.refresh_from_db()
    return order


def test_before_shipping_a_line_paid_back_is_not_made(cards: CardShop, commits) -> None:
    order = cards.paid_order((cards.puppet, 3), (cards.chullo, 1))
    line = order.lines.get(variant=cards.puppet)

    with commits():
        (refund,) = give_back(cards, order, lines=[BackLine(line.pk, 3)])

    refund.refresh_from_db()
    order.refresh_from_db()
    line.refresh_from_db()
    assert (refund.status, refund.credit_note) == ("done", None)
    assert (line.cancelled, line.missing) == (3, 0)
    assert WorkOrder.objects.get(reference=line.key).status != WorkOrder.Status.OPEN
    assert (order.reduced, order.paid) == (soles("54.00"), order.total - soles("54.00"))
    assert order.outstanding == soles("0")
    assert balance("customer_deposits") == order.paid
    assert cards.fake.balance()["PEN"] == int(balance("stripe").amount * 100)
    assert findings() == []


def test_what_stays_ships_and_is_sold_at_what_was_left(cards: CardShop, commits) -> None:
    cards.knit(cards.puppet, 3)
    order = cards.paid_order((cards.puppet, 3))
    line = order.lines.get()
    with commits():
        give_back(cards, order, lines=[BackLine(line.pk, 1)], goodwill=soles("2.00"))

    order.refresh_from_db()
    shipped(cards, order)

    assert balance("sales") == soles("34.00")
    assert balance("customer_deposits") == soles("0")
    assert Piece.objects.free().filter(variant=cards.puppet).count() == 1
    assert findings() == []


def test_after_shipping_it_is_a_credit_note_and_the_piece_is_stock_again(
    cards: CardShop, commits
) -> None:
    cards.knit(cards.puppet, 2)
    order = shipped(cards, cards.paid_order((cards.puppet, 2)))
    line = order.lines.get()
    cost = balance("cost_of_sales")

    with commits():
        (refund,) = give_back(cards, order, lines=[BackLine(line.pk, 1, came_back=1)])

    refund.refresh_from_db()
    assert (refund.status, refund.credit_note) == ("done", 1)
    assert balance("sales_returned") == -soles("18.00")
    assert balance("cost_of_sales") * 2 == cost
    assert Piece.objects.free().filter(variant=cards.puppet).count() == 1
    assert findings() == []


def test_a_refund_asked_for_twice_by_one_form_is_one(cards: CardShop, commits) -> None:
    order = cards.paid_order((cards.puppet, 2))

    with commits():
        first = give_back(cards, order, key="form:1", goodwill=soles("5.00"))
        second = give_back(cards, order, key="form:1", goodwill=soles("5.00"))

    assert first == second
    assert len(cards.fake.objects("refund")) == 1


def test_a_refund_whose_answer_was_lost_is_one(cards: CardShop) -> None:
    order = cards.paid_order((cards.puppet, 2))
    (refund,) = give_back(cards, order, goodwill=soles("5.00"))
    cards.fake.fault("POST /v1/refunds", "drop_after", times=3)

    with pytest.raises(Exception, match="cannot be reached"):
        send(refund)
    send(refund)

    refund.refresh_from_db()
    assert refund.status == "done"
    assert len(cards.fake.objects("refund")) == 1
    assert findings() == []


def test_more_than_was_paid_never_goes_back(cards: CardShop) -> None:
    order = cards.paid_order((cards.puppet, 2))
    line = order.lines.get()

    for what, refusal in [
        ({"goodwill": soles("999.00")}, TooMuchBack),
        ({"lines": [BackLine(line.pk, 3)]}, TooManyBack),
        ({"lines": [BackLine(line.pk, 1, came_back=1)]}, TooManyBack),
        ({"lines": [BackLine(line.pk, -1)]}, TooManyBack),
        ({}, NothingToGiveBack),
        ({"goodwill": soles("1.00"), "why": " "}, ReasonMissing),
    ]:
        with pytest.raises(refusal):
            give_back(cards, order, **what)

    assert not Refund.objects.exists()
    order.refresh_from_db()
    assert order.paid == order.total


def test_the_database_itself_refuses_more_than_was_paid(cards: CardShop) -> None:
    order = cards.paid_order((cards.puppet, 2))
    payment = cards.payment(order)

    with (
        pytest.raises(IntegrityError, match="no more is given back than came"),
        transaction.atomic(),
    ):
        Refund.objects.create(
            payment=payment,
            key="by hand",
            goods_minor=payment.amount_minor + 1,
            amount_minor=payment.amount_minor + 1,
            reason="goodwill",
            on=cards.day,
        )


def test_a_refund_that_comes_back_counts_no_longer(cards: CardShop, commits) -> None:
    order = cards.paid_order((cards.puppet, 2))
    cards.fake.refunds_wait()
    with commits():
        (refund,) = give_back(cards, order, goodwill=soles("5.00"))
    refund.refresh_from_db()
    assert refund.status == "sent"

    cards.fake.refund_fails(str(refund.provider_id))
    settle_refund(str(refund.provider_id))

    refund.refresh_from_db()
    order.refresh_from_db()
    assert (refund.status, refund.problem) == ("failed", "expired_or_canceled_card")
    assert (order.paid, order.reduced) == (order.total, soles("0"))
    assert balance("customer_deposits") == order.total
    assert findings() == []


def test_a_refund_made_at_stripes_own_desk_is_written_down(cards: CardShop) -> None:
    order = cards.paid_order((cards.puppet, 2))
    intent = cards.payment(order).reference
    made = cards.fake.refund_at_the_desk(intent, 700)

    settle_refund(made)
    settle_refund(made)

    refund = Refund.objects.get()
    assert (refund.amount, refund.reason, refund.actor) == (soles("7.00"), "goodwill", None)
    assert balance("customer_deposits") == order.total - soles("7.00")
    assert findings() == []


def test_a_cancelled_order_gives_all_of_it_back(cards: CardShop, commits) -> None:
    order = cards.paid_order((cards.puppet, 2))

    with commits():
        cancel_order(order=order, actor=cards.treasurer, why="She moved away.")

    order.refresh_from_db()
    assert order.status == Order.Status.CANCELLED
    assert order.paid_minor == 0
    assert balance("customer_deposits") == soles("0")
    # The fee stays with Stripe.
    assert balance("stripe") == -balance("payment_fees")
    assert findings() == []
