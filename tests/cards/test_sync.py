"""sync_stripe alone suffices: whatever was missed is settled, and what differs is said."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from orders.shop.models import CardComparison, CardSession, Order, Payout, Refund
from orders.shop.providers import provider_of
from orders.shop.providers.stripe.errors import ProviderUnreachable
from orders.shop.providers.stripe.rounds import go_round
from orders.shop.services import request_refund
from tests.factories.cards import CardShop
from tests.factories.shop import balance, findings, soles


def test_everything_missed_is_found(cards: CardShop, capsys) -> None:
    cards.knit(cards.shawl)
    paid = cards.on_the_page((cards.chullo, 1))
    cards.pay_page(paid)
    left = cards.on_the_page((cards.shawl, 1))
    lost = cards.card_order((cards.puppet, 2))
    cards.fake.fault("POST /v1/checkout/sessions$", "drop_after", times=3)
    with pytest.raises(ProviderUnreachable):
        provider_of(lost).begin(lost)
    cards.fake.let_hour_pass()
    cards.fake.payout()

    call_command("sync_stripe")

    for order, status in ((paid, "confirmed"), (left, "expired"), (lost, "expired")):
        order.refresh_from_db()
        assert order.status == status
    assert Payout.objects.get().is_explained
    assert "agree to the cent" in capsys.readouterr().out
    assert CardComparison.objects.get().is_equal
    assert findings() == []


def test_asked_again_it_changes_nothing(cards: CardShop) -> None:
    cards.paid_order((cards.chullo, 1))
    call_command("sync_stripe")
    held = balance("stripe")

    call_command("sync_stripe")

    assert balance("stripe") == held
    assert findings() == []


def test_money_that_is_not_the_shops_is_named(cards: CardShop, capsys) -> None:
    from orders.shop.providers.stripe import gateway

    stranger = gateway.create_session(
        {
            "mode": "payment",
            "line_items": [
                {
                    "quantity": 1,
                    "price_data": {
                        "currency": "pen",
                        "unit_amount": 500,
                        "product_data": {"name": "Raffle"},
                    },
                }
            ],
            "success_url": "https://example.org/",
        },
        key="somebody else's",
    )
    cards.fake.pay(stranger.id)

    with pytest.raises(CommandError, match="do not agree yet"):
        call_command("sync_stripe")

    said = capsys.readouterr()
    assert "not the shop's: txn_" in said.out
    assert "PEN: Stripe S/\u00a03.82, books S/\u00a00.00" in said.err
    assert not CardComparison.objects.get().is_equal
    assert findings() == []


def test_a_refund_that_waits_is_sent(cards: CardShop) -> None:
    order = cards.paid_order((cards.chullo, 1))
    (refund,) = request_refund(
        order=order,
        key="form:1",
        actor=cards.treasurer,
        why="A stain.",
        goodwill=soles("5.00"),
    )
    assert refund.status == Refund.Status.WAITING

    assert go_round() == 1

    refund.refresh_from_db()
    assert refund.status == Refund.Status.DONE
    assert go_round() == 0
    assert findings() == []


def test_a_page_for_an_order_that_no_longer_waits_is_closed(cards: CardShop) -> None:
    from orders.shop.services import record_payment

    order = cards.on_the_page((cards.chullo, 1))
    record_payment(
        order=order,
        amount=order.total,
        method="transfer",
        reference="OP-1",
        actor=cards.treasurer,
    )

    call_command("sync_stripe")

    assert CardSession.objects.get().status == CardSession.Status.EXPIRED
    order.refresh_from_db()
    assert order.status == Order.Status.CONFIRMED
    assert cards.pay_page(order) == "expired"


def test_it_says_in_one_line_why_it_cannot(cards: CardShop, settings) -> None:
    with pytest.raises(CommandError, match="--days takes a number"):
        call_command("sync_stripe", "--days", "0")
    cards.fake.fault(".", "drop_before", times=99)
    with pytest.raises(CommandError, match="cannot be reached"):
        call_command("sync_stripe")
    settings.STRIPE_SECRET_KEY = ""
    with pytest.raises(CommandError, match="STRIPE_SECRET_KEY is not set"):
        call_command("sync_stripe")


def test_an_order_cut_off_before_it_had_a_page_is_free_again(cards: CardShop) -> None:
    """The web server was killed between the order and its card page."""
    cards.knit(cards.shawl)
    order = cards.card_order((cards.shawl, 1))
    assert go_round() == 0

    Order.objects.filter(pk=order.pk).update(created_at=timezone.now() - timedelta(minutes=32))

    assert go_round() == 1
    order.refresh_from_db()
    assert order.status == Order.Status.EXPIRED
    assert cards.paid_order((cards.shawl, 1)).status == Order.Status.READY
    assert findings() == []
