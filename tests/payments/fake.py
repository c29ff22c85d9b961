"""What the tests of the fake share: a client as the shop has it, and an order to pay."""

import time
from typing import Any

import stripe

from tests.fake_stripe import FakeStripe

DAY = 24 * 60 * 60


def client(fake: FakeStripe, **options: Any) -> stripe.StripeClient:
    return stripe.StripeClient(
        fake.key, base_addresses={"api": fake.url}, **{"max_network_retries": 0, **options}
    )


def order(**changes: Any) -> dict[str, Any]:
    """Two lines, 145.00 in all, as the shop asks for them."""
    return {
        "mode": "payment",
        "line_items": [
            {
                "quantity": 1,
                "price_data": {
                    "currency": "usd",
                    "unit_amount": 12000,
                    "product_data": {"name": "Chompa de alpaca"},
                },
            },
            {
                "quantity": 2,
                "price_data": {
                    "currency": "usd",
                    "unit_amount": 1250,
                    "product_data": {"name": "Ch'ulu"},
                },
            },
        ],
        "client_reference_id": "M-1001",
        "metadata": {"order": "M-1001"},
        "payment_intent_data": {
            "capture_method": "automatic",
            "description": "M-1001",
            "metadata": {"order": "M-1001"},
        },
        "locale": "es",
        "success_url": "http://shop.example/thanks?s={CHECKOUT_SESSION_ID}",
        "cancel_url": "http://shop.example/basket",
        "customer_email": "ana@example.com",
        **changes,
    }


def make(fake: FakeStripe, key: str | None = None, **changes: Any) -> Any:
    options = {"idempotency_key": key} if key else {}
    return client(fake).v1.checkout.sessions.create(order(**changes), options)


def pay(fake: FakeStripe, **changes: Any) -> Any:
    """A session that was paid, with all behind it."""
    session = make(fake, **changes)
    fake.control("pay", session=session.id)
    return client(fake).v1.checkout.sessions.retrieve(
        session.id, {"expand": ["payment_intent.latest_charge.balance_transaction"]}
    )


def in_an_hour() -> int:
    return int(time.time()) + 3600
