"""Messages from Stripe: believed by nobody, looked at, handled once."""

import hashlib
import hmac
import json
import time

import pytest
from django.test import Client, TestCase

from orders.shop.models import Order, ProviderEvent, ReceivedPayment
from orders.shop.providers.stripe import handling
from tests.factories.cards import CardShop
from tests.factories.shop import balance, findings, soles

ADDRESS = "/stripe/webhook/"
TELLING = ("charge.succeeded", "payment_intent.succeeded", "checkout.session.completed")


def signed(body: bytes, secret: str, at: int) -> str:
    """The value of `Stripe-Signature`."""
    mac = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256)
    return f"t={at},v1={mac.hexdigest()}"


def told(cards: CardShop, event: dict, *, secret: str = "", age_s: int = 0) -> int:
    """Stripe tells us of an event; the status of our answer."""
    body = json.dumps(event).encode()
    header = signed(body, secret or cards.fake.secret, int(time.time()) - age_s)
    # What waits for the commit happens at the end of the block.
    with TestCase.captureOnCommitCallbacks(execute=True):
        answer = Client().post(
            ADDRESS, body, content_type="application/json", headers={"Stripe-Signature": header}
        )
    assert answer.content == b""
    return answer.status_code


def paid_unseen(cards: CardShop) -> tuple[Order, list[dict]]:
    """An order paid at Stripe, of which only the messages can tell us: one of each kind."""
    order = cards.on_the_page((cards.chullo, 1))
    assert cards.pay_page(order) == ""
    events = {one["type"]: one for one in cards.fake.objects("event")}
    return order, [events[kind] for kind in TELLING]


@pytest.mark.parametrize("which", [0, 1, 2])
def test_any_one_message_alone_is_enough(cards: CardShop, which: int) -> None:
    order, events = paid_unseen(cards)

    assert told(cards, events[which]) == 200

    order.refresh_from_db()
    assert order.status == Order.Status.CONFIRMED
    assert ProviderEvent.objects.get().handled_at is not None
    assert findings() == []


def test_every_message_ten_times_in_any_order_is_one_payment(cards: CardShop) -> None:
    order, events = paid_unseen(cards)

    for event in [*reversed(events), *events] * 5:
        assert told(cards, event) == 200

    assert ReceivedPayment.objects.get().order == order
    assert ProviderEvent.objects.count() == len(events)
    assert findings() == []


def test_a_forged_or_old_message_changes_nothing(cards: CardShop) -> None:
    order, events = paid_unseen(cards)

    assert told(cards, events[0], secret="whsec_forged") == 400
    assert told(cards, events[0], age_s=3600) == 400
    assert Client().post(ADDRESS, b"{}", content_type="application/json").status_code == 400
    assert Client().get(ADDRESS).status_code == 405
    assert told(cards, {**events[0], "account": "acct_other"}) == 400
    assert told(cards, {**events[0], "livemode": True}) == 400

    order.refresh_from_db()
    assert order.status == Order.Status.PLACED
    assert not ProviderEvent.objects.exists()


def test_what_a_message_says_is_not_believed(cards: CardShop) -> None:
    """Signed by Stripe's own secret, but the session was never paid."""
    order = cards.on_the_page((cards.chullo, 1))
    row = order.card_sessions.get()
    lie = {
        "id": "evt_lie",
        "object": "event",
        "type": "checkout.session.completed",
        "livemode": False,
        "created": int(time.time()),
        "api_version": "2026-10-28.endive",
        "data": {
            "object": {
                "object": "checkout.session",
                "id": row.stripe_id,
                "payment_status": "paid",
                "status": "complete",
            }
        },
    }

    assert told(cards, lie) == 200

    order.refresh_from_db()
    assert order.status == Order.Status.PLACED
    assert balance("stripe") == soles("0")


def test_a_message_that_cannot_be_handled_yet_stays_and_is_handled_later(
    cards: CardShop,
) -> None:
    order, events = paid_unseen(cards)
    cards.fake.fault("GET /v1/", "500", times=99)

    assert told(cards, events[-1]) == 200

    event = ProviderEvent.objects.get()
    assert (event.handled_at, event.attempts) == (None, 1)
    assert event.problem
    cards.fake.no_faults()
    assert handling.handle(event)
    order.refresh_from_db()
    assert order.status == Order.Status.CONFIRMED
    assert findings() == []


def test_without_a_key_there_is_no_such_address(cards: CardShop, settings) -> None:
    settings.STRIPE_SECRET_KEY = ""

    assert Client().post(ADDRESS, b"{}", content_type="application/json").status_code == 404


def test_a_message_about_something_else_is_taken_and_forgotten(cards: CardShop) -> None:
    event = {
        "id": "evt_1",
        "object": "event",
        "type": "customer.created",
        "livemode": False,
        "data": {"object": {"object": "customer", "id": "cus_1"}},
    }

    assert told(cards, event) == 200
    assert not ProviderEvent.objects.exists()
