"""The only room that speaks with Stripe. It asks, and hands on what it saw as plain values.

Never called inside a transaction: a writer must not hold its locks while another machine thinks.
Every call that changes something carries an idempotency key; the API version is pinned, so that
an upgrade at Stripe changes nothing here.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from typing import Any

import stripe
from django.conf import settings
from django.db import connection, transaction

from orders.shop.providers.stripe import shapes
from orders.shop.providers.stripe.amounts import minor_from_stripe
from orders.shop.providers.stripe.errors import ProviderRefused, ProviderUnreachable
from orders.shop.providers.stripe.seen import (
    DisputeSeen,
    EventSeen,
    MovementSeen,
    PayoutSeen,
    RefundSeen,
    SessionSeen,
)

API_VERSION = "2026-10-28.endive"
# The customer waits while we ask.
TIMEOUT_S = (5, 20)
RETRIES = 2
_SESSION = ["payment_intent.latest_charge.balance_transaction"]
_REFUND = ["balance_transaction", "failure_balance_transaction"]


def is_connected() -> bool:
    """Whether the house has a key to a Stripe account."""
    return bool(settings.STRIPE_SECRET_KEY)


def is_live() -> bool:
    """Whether it is real money."""
    return "_live_" in settings.STRIPE_SECRET_KEY


def client() -> stripe.StripeClient:
    """A client for today's settings (tests change them); made once for each."""
    return _client(settings.STRIPE_SECRET_KEY, settings.STRIPE_API_BASE, settings.STRIPE_ACCOUNT)


@lru_cache(maxsize=4)
def _client(key: str, api_base: str, account: str) -> stripe.StripeClient:
    return stripe.StripeClient(
        key,
        stripe_account=account or None,
        stripe_version=API_VERSION,
        base_addresses={"api": api_base} if api_base else {},
        max_network_retries=RETRIES,
        http_client=stripe.RequestsClient(timeout=TIMEOUT_S),
    )


@contextmanager
def _asking() -> Iterator[None]:
    """Turns Stripe's errors into ours, by what can be done about them."""
    if connection.in_atomic_block and not _is_test_transaction():
        raise transaction.TransactionManagementError("Stripe is asked outside of transactions.")
    try:
        yield
    except (stripe.APIConnectionError, stripe.RateLimitError) as problem:
        raise ProviderUnreachable from problem
    except (stripe.InvalidRequestError, stripe.IdempotencyError, stripe.CardError) as problem:
        if problem.http_status == 409:  # the same key is being worked on
            raise ProviderUnreachable from problem
        raise ProviderRefused(
            problem=str(problem.user_message or problem),
            code=problem.code or "",
            param=getattr(problem, "param", "") or "",
        ) from problem
    except (stripe.AuthenticationError, stripe.PermissionError) as problem:
        raise ProviderRefused(problem=str(problem), code="account") from problem
    except stripe.APIError as problem:
        raise ProviderUnreachable from problem


def _is_test_transaction() -> bool:
    """Django's tests wrap each one in a transaction that nobody waits for."""
    return all(getattr(one, "_from_testcase", False) for one in connection.atomic_blocks)


# Sessions ----------------------------------------------------------------------------------
def create_session(body: dict[str, Any], *, key: str) -> SessionSeen:
    """Open a Checkout Session; the same key and body again give the one that is there."""
    params: Any = {**body, "expand": _SESSION}
    with _asking():
        made = client().v1.checkout.sessions.create(params, {"idempotency_key": key})
    return shapes.session(made)


def session(stripe_id: str) -> SessionSeen:
    """A session as it stands now, with its payment."""
    with _asking():
        return shapes.session(
            client().v1.checkout.sessions.retrieve(stripe_id, {"expand": _SESSION})
        )


def expire_session(stripe_id: str) -> SessionSeen:
    """Close an open session: nobody can pay it any more. Raises ProviderRefused if it is not open."""
    with _asking():
        return shapes.session(client().v1.checkout.sessions.expire(stripe_id, {"expand": _SESSION}))


def sessions_since(since: datetime) -> Iterator[SessionSeen]:
    """Every session opened since then, the newest first."""
    params: Any = {"created": {"gte": int(since.timestamp())}, "limit": 100}
    with _asking():
        for one in client().v1.checkout.sessions.list(params).auto_paging_iter():
            yield shapes.session(one)


def session_of_intent(intent_id: str) -> str:
    """The id of the session to which a payment belongs; "" if it came in another way."""
    with _asking():
        found = client().v1.checkout.sessions.list({"payment_intent": intent_id, "limit": 1})
    return found.data[0].id if found.data else ""


def intent_of_charge(charge_id: str) -> str:
    """The id of the payment to which a charge belongs."""
    with _asking():
        return shapes.id_in(client().v1.charges.retrieve(charge_id).payment_intent)


# Refunds, disputes, payouts ----------------------------------------------------------------
def create_refund(intent_id: str, *, amount: int, key: str) -> RefundSeen:
    """Give back `amount` (as Stripe counts it) of a payment; the same key again is the same."""
    params: Any = {
        "payment_intent": intent_id,
        "amount": amount,
        "metadata": {"key": key},
        "expand": _REFUND,
    }
    with _asking():
        made = client().v1.refunds.create(params, {"idempotency_key": key})
    return shapes.refund(made)


def refund(refund_id: str) -> RefundSeen:
    """A refund as it stands now."""
    with _asking():
        return shapes.refund(client().v1.refunds.retrieve(refund_id, {"expand": _REFUND}))


def refunds_of(intent_id: str) -> list[RefundSeen]:
    """All refunds of a payment."""
    params: Any = {
        "payment_intent": intent_id,
        "limit": 100,
        "expand": [f"data.{one}" for one in _REFUND],
    }
    with _asking():
        return [shapes.refund(one) for one in client().v1.refunds.list(params).auto_paging_iter()]


def dispute(dispute_id: str) -> DisputeSeen:
    """A dispute as it stands now."""
    with _asking():
        return shapes.dispute(client().v1.disputes.retrieve(dispute_id))


def payout(payout_id: str) -> PayoutSeen:
    """A payout as it stands now."""
    params: Any = {"expand": _REFUND}
    with _asking():
        return shapes.payout(client().v1.payouts.retrieve(payout_id, params))


def movements_of_payout(payout_id: str) -> Iterator[MovementSeen]:
    """What leaves with a payout, and the payout itself."""
    with _asking():
        found = client().v1.balance_transactions.list({"payout": payout_id, "limit": 100})
        for one in found.auto_paging_iter():
            yield shapes.movement(one)


def movements_since(since: datetime) -> Iterator[MovementSeen]:
    """Every line of Stripe's account of our money since then, the newest first."""
    params: Any = {"created": {"gte": int(since.timestamp())}, "limit": 100}
    with _asking():
        for one in client().v1.balance_transactions.list(params).auto_paging_iter():
            yield shapes.movement(one)


def balance_by_currency() -> dict[str, int]:
    """What Stripe holds for us, available and pending together, in minor units."""
    with _asking():
        told: Any = client().v1.balance.retrieve()
    sums: dict[str, int] = {}
    for part in (*told.available, *told.pending):
        code = part.currency.upper()
        sums[code] = sums.get(code, 0) + minor_from_stripe(part.amount, code)
    return sums


# Webhooks ----------------------------------------------------------------------------------
def event_from(payload: bytes, signature: str) -> EventSeen | None:
    """The event in a signed message; None if the signature, its age or its form is wrong."""
    try:
        text = payload.decode()
        stripe.WebhookSignature.verify_header(
            text, signature, settings.STRIPE_WEBHOOK_SECRET, stripe.Webhook.DEFAULT_TOLERANCE
        )
        return shapes.event(json.loads(text))
    except (stripe.SignatureVerificationError, ValueError, KeyError, TypeError):
        return None
