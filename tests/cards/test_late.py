"""Payments that come too late, or twice: looked at again, and given back by themselves."""

import pytest
from django.core import mail

from orders.shop.models import Order, Refund
from orders.shop.services import record_payment
from tests.factories.cards import CardShop
from tests.factories.shop import balance, findings, soles


def late_payment(cards: CardShop, order: Order) -> None:
    """Stripe took the money in the very second in which the house let the order go.

    The house hears of the expiry first, and of the payment days later.
    """
    from orders.shop.providers.stripe import settling
    from orders.shop.services.transitions import locked

    cards.pay_page(order)
    row = order.card_sessions.latest("pk")
    row.status = "expired"
    row.save(update_fields=["status"])
    settling._let_go(locked(order))
    order.refresh_from_db()
    assert order.status == Order.Status.EXPIRED


def test_a_late_payment_is_taken_when_everything_can_still_be_had(cards: CardShop) -> None:
    cards.knit(cards.shawl)
    order = cards.on_the_page((cards.shawl, 1))
    late_payment(cards, order)

    cards.come_back(order)

    assert order.status == Order.Status.READY
    assert not Refund.objects.exists()
    assert "late" in order.events.get(to_status="confirmed").why
    assert findings() == []


def test_a_late_payment_for_a_piece_that_is_gone_goes_back_with_an_apology(
    cards: CardShop, django_capture_on_commit_callbacks
) -> None:
    cards.knit(cards.shawl)
    order = cards.on_the_page((cards.shawl, 1))
    late_payment(cards, order)
    faster = cards.paid_order((cards.shawl, 1))
    mail.outbox.clear()

    with django_capture_on_commit_callbacks(execute=True):
        cards.come_back(order)
    with django_capture_on_commit_callbacks(execute=True):
        cards.come_back(order)

    refund = Refund.objects.get()
    assert (refund.reason, refund.status, refund.amount) == ("gone", "done", order.total)
    assert order.status == Order.Status.EXPIRED
    assert order.paid_minor == 0
    assert [one.subject for one in mail.outbox] == [
        f"We are sorry: order #{order.number} came too late"
    ]
    assert balance("customer_deposits") == faster.total
    assert findings() == []


def test_paid_by_transfer_meanwhile_the_card_goes_back(
    cards: CardShop, django_capture_on_commit_callbacks
) -> None:
    order = cards.on_the_page((cards.chullo, 1))
    record_payment(
        order=order,
        amount=order.total,
        method="transfer",
        reference="OP-9",
        actor=cards.treasurer,
    )
    assert cards.pay_page(order) == ""

    with django_capture_on_commit_callbacks(execute=True):
        cards.come_back(order)

    refund = Refund.objects.get()
    assert (refund.reason, refund.status) == ("twice", "done")
    assert cards.payment(order).is_surplus
    assert order.paid == order.total
    assert balance("customer_deposits") == order.total
    assert balance("bank") == order.total
    assert findings() == []


def test_the_sums_hold_while_the_refund_waits(cards: CardShop) -> None:
    """Stripe does not answer: the refund is promised, and the audit says nothing wrong."""
    cards.knit(cards.shawl)
    order = cards.on_the_page((cards.shawl, 1))
    late_payment(cards, order)
    cards.paid_order((cards.shawl, 1))

    cards.come_back(order)

    refund = Refund.objects.get()
    assert refund.status == "waiting"
    assert balance("customer_deposits") == order.total + refund.amount
    assert findings() == []


@pytest.mark.parametrize("is_won", [True, False])
@pytest.mark.parametrize("is_shipped", [True, False])
def test_a_dispute_is_booked_from_its_opening_to_its_end(
    cards: CardShop, is_won: bool, is_shipped: bool
) -> None:
    from orders.shop.models import Dispute
    from orders.shop.providers.stripe.disputes import settle_dispute
    from orders.shop.services import ship_order

    cards.knit(cards.puppet, 2)
    order = cards.paid_order((cards.puppet, 2))
    if is_shipped:
        ship_order(order=order, actor=cards.president)
    fees = balance("payment_fees")
    made = cards.fake.dispute(cards.payment(order).reference)
    settle_dispute(made)

    assert balance("disputed") == order.total
    assert balance("payment_fees") == fees + soles("15.00")
    assert findings() == []

    cards.fake.close_dispute(made, is_won=is_won)
    settle_dispute(made)
    settle_dispute(made)

    order.refresh_from_db()
    dispute = Dispute.objects.get()
    assert dispute.outcome == ("won" if is_won else "lost")
    assert balance("disputed") == soles("0")
    assert balance("payment_fees") == fees + (soles("0") if is_won else soles("15.00"))
    is_loss = is_shipped and not is_won
    assert balance("losses") == (order.total if is_loss else soles("0"))
    is_unpaid = not is_shipped and not is_won
    assert order.paid == (soles("0") if is_unpaid else order.total)
    assert cards.fake.balance()["PEN"] == int(balance("stripe").amount * 100)
    assert findings() == []


@pytest.fixture
def unheard(cards: CardShop) -> tuple[Order, str]:
    """A paid order of whose payment the house has not heard, and the payment's name at Stripe."""
    order = cards.on_the_page((cards.puppet, 2))
    assert cards.pay_page(order) == ""
    (intent,) = [one["payment_intent"] for one in cards.fake.objects("checkout.session")]
    return order, intent


def test_a_dispute_heard_of_before_its_payment_brings_the_payment(cards: CardShop, unheard) -> None:
    from orders.shop.models import Dispute
    from orders.shop.providers.stripe.disputes import settle_dispute

    order, intent = unheard

    settle_dispute(cards.fake.dispute(intent))

    assert Dispute.objects.get().payment == cards.payment(order)
    assert balance("disputed") == order.total
    assert findings() == []


def test_money_back_heard_of_before_its_payment_brings_the_payment(
    cards: CardShop, unheard
) -> None:
    from orders.shop.providers.stripe.refunds import settle_refund

    order, intent = unheard

    settle_refund(cards.fake.refund_at_the_desk(intent, 700))

    assert Refund.objects.get().payment == cards.payment(order)
    assert balance("customer_deposits") == order.total - soles("7.00")
    assert findings() == []
