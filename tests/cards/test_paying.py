"""A payment by card: held meanwhile, once in the books, however we hear of it."""

from dataclasses import replace

import pytest
from django.core import mail

from catalog.models import Piece
from ledger.models import JournalEntry
from orders.shop.errors import MethodNotOffered
from orders.shop.models import CardSession, Order, ReceivedPayment
from orders.shop.providers import offers, provider_of
from orders.shop.providers.stripe import gateway
from orders.shop.providers.stripe.errors import (
    HoldIsOver,
    PaymentMismatch,
    ProviderUnreachable,
)
from orders.shop.providers.stripe.settling import apply_session, settle_session
from tests.factories.cards import CardShop
from tests.factories.shop import balance, findings, soles


def test_paid_by_card_an_order_is_certain_and_its_fee_is_known(cards: CardShop) -> None:
    cards.knit(cards.shawl)

    order = cards.paid_order((cards.shawl, 1))

    assert order.status == Order.Status.READY
    assert order.paid == order.total == soles("434.00")
    # 3.6 % of 434.00 and 1.00: 16.62.
    assert balance("stripe") == soles("417.38")
    assert balance("payment_fees") == soles("16.62")
    assert balance("customer_deposits") == soles("434.00")
    assert cards.fake.balance() == {"PEN": 41738}
    assert findings() == []


def test_without_a_key_the_shop_says_nothing_of_cards(shop_without_key: CardShop) -> None:
    assert [one.key for one in offers("PEN")] == ["transfer", "pick_up"]
    with pytest.raises(MethodNotOffered):
        shop_without_key.card_order((shop_without_key.chullo, 1))
    assert not Order.objects.exists()


@pytest.fixture
def shop_without_key(cards: CardShop, settings) -> CardShop:
    settings.STRIPE_SECRET_KEY = ""
    return cards


def test_heard_of_ten_times_it_is_one_payment_one_entry_and_one_mail(
    cards: CardShop, django_capture_on_commit_callbacks
) -> None:
    order = cards.on_the_page((cards.chullo, 1))
    cards.pay_page(order)

    with django_capture_on_commit_callbacks(execute=True):
        for _time in range(10):
            cards.come_back(order)

    payment = ReceivedPayment.objects.get()
    assert JournalEntry.objects.filter(kind="deposit_received").count() == 1
    assert [one.subject for one in mail.outbox] == [f"Payment received for order #{order.number}"]
    assert payment.actor is None
    assert findings() == []


def test_while_she_pays_the_one_shawl_is_hers(cards: CardShop) -> None:
    (piece,) = cards.knit(cards.shawl)

    order = cards.on_the_page((cards.shawl, 1))

    piece.refresh_from_db()
    assert piece.reserved_for == order.lines.get().key
    assert order.status == Order.Status.PLACED
    assert balance("customer_deposits") == soles("0")


def test_a_page_that_is_open_is_opened_again_not_anew(cards: CardShop) -> None:
    order = cards.card_order((cards.chullo, 1))

    first, second = provider_of(order).begin(order), provider_of(order).begin(order)

    assert first == second
    assert CardSession.objects.count() == 1
    assert len(cards.fake.objects("checkout.session")) == 1


def test_a_lost_answer_is_asked_for_again_with_the_same_key(cards: CardShop) -> None:
    order = cards.card_order((cards.chullo, 1))
    cards.fake.fault("POST /v1/checkout/sessions$", "drop_after", times=3)

    with pytest.raises(ProviderUnreachable):
        provider_of(order).begin(order)
    row = order.card_sessions.get()
    assert (row.status, row.stripe_id) == ("creating", None)
    address = provider_of(order).begin(order)

    assert address.endswith(cards.fake.objects("checkout.session")[0]["id"])
    assert len(cards.fake.objects("checkout.session")) == 1


@pytest.mark.parametrize("kind", ["500", "429", "drop_before"])
def test_a_passing_fault_is_not_the_customers(cards: CardShop, kind: str) -> None:
    order = cards.card_order((cards.chullo, 1))
    cards.fake.fault("POST /v1/checkout/sessions$", kind)

    if kind == "429":
        with pytest.raises(ProviderUnreachable):
            provider_of(order).begin(order)

    assert provider_of(order).begin(order).startswith(cards.fake.url)
    assert len(cards.fake.objects("checkout.session")) == 1


def test_a_declined_card_charges_nothing_and_may_be_tried_again(cards: CardShop) -> None:
    order = cards.on_the_page((cards.chullo, 1))

    assert cards.pay_page(order, "4000000000000002") == "declined"
    assert cards.come_back(order).status == Order.Status.PLACED
    assert not ReceivedPayment.objects.exists()

    assert cards.pay_page(order) == ""
    assert cards.come_back(order).status == Order.Status.CONFIRMED
    assert findings() == []


def test_when_its_hour_is_over_everything_is_free_again(cards: CardShop) -> None:
    (piece,) = cards.knit(cards.shawl)
    order = cards.on_the_page((cards.shawl, 1))

    cards.let_hour_pass()
    cards.come_back(order)

    piece.refresh_from_db()
    assert order.status == Order.Status.EXPIRED
    assert piece.reserved_for == ""
    assert order.events.last().why == "Its card page was closed, and nobody had paid."
    with pytest.raises(HoldIsOver):
        provider_of(order).begin(order)
    assert findings() == []


def test_it_is_free_only_when_stripe_says_so(cards: CardShop) -> None:
    """Our own clock alone lets nothing go: somebody may be paying in this very second."""
    cards.knit(cards.shawl)
    order = cards.on_the_page((cards.shawl, 1))
    cards.fake.fault("POST /v1/checkout/sessions/.*/expire", "drop_before", times=9)

    with pytest.raises(ProviderUnreachable):
        provider_of(order).close(order)

    order.refresh_from_db()
    assert order.status == Order.Status.PLACED
    assert not Piece.objects.free().filter(variant=cards.shawl).exists()


def test_she_changes_her_mind_and_the_page_is_closed(cards: CardShop) -> None:
    cards.knit(cards.shawl)
    order = cards.on_the_page((cards.shawl, 1))

    provider_of(order).close(order)

    order.refresh_from_db()
    assert order.status == Order.Status.EXPIRED
    assert cards.pay_page(order) == "expired"
    assert Piece.objects.free().filter(variant=cards.shawl).count() == 1


def test_a_session_that_is_not_ours_changes_nothing(cards: CardShop) -> None:
    """Somebody may use the same Stripe account for other things."""
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
    assert cards.fake.pay(stranger.id) == ""

    assert settle_session(stranger.id) is None
    assert not ReceivedPayment.objects.exists()
    assert not JournalEntry.objects.filter(kind="deposit_received").exists()


def test_an_amount_that_does_not_agree_changes_nothing(cards: CardShop) -> None:
    order = cards.on_the_page((cards.chullo, 1))
    cards.pay_page(order)
    row = order.card_sessions.get()
    seen = gateway.session(str(row.stripe_id))

    for wrong in (
        replace(seen, amount_minor=seen.amount_minor - 1),
        replace(seen, currency="USD"),
    ):
        with pytest.raises(PaymentMismatch):
            apply_session(wrong)

    order.refresh_from_db()
    assert order.status == Order.Status.PLACED
    assert not ReceivedPayment.objects.exists()
    assert order.paid_minor == 0
