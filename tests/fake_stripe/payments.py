"""Payment intents and charges: what happens between the card and the balance."""

from typing import Any

from tests.fake_stripe import balance
from tests.fake_stripe.cards import AUTHENTICATION_FAILED, Card
from tests.fake_stripe.events import record
from tests.fake_stripe.store import Thing
from tests.fake_stripe.world import World, new_id

_INTENT_EMPTY: dict[str, Any] = dict.fromkeys(
    (
        "automatic_payment_methods",
        "canceled_at",
        "last_payment_error",
        "next_action",
        "payment_method_configuration_details",
        "processing",
        "shipping",
        "transfer_data",
    )
)
_CHARGE_EMPTY: dict[str, Any] = dict.fromkeys(("refunds", "shipping", "source", "transfer_data"))


def new_intent(
    world: World, *, amount: int, currency: str, data: dict[str, Any], session: str | None = None
) -> Thing:
    """Checkout makes the intent when the customer first tries to pay, not before."""
    intent_id = new_id("pi_")
    intent = world.begin(
        "payment_intent",
        "pi_",
        **_INTENT_EMPTY,
        amount=amount,
        currency=currency,
        capture_method=data.get("capture_method", "automatic_async"),
        client_secret=f"{intent_id}_secret_{new_id('')}",
        description=data.get("description"),
        metadata=data.get("metadata", {}),
        managed_payments={"enabled": False},
        status="requires_payment_method",
        _session=session,
    )
    intent["id"] = intent_id
    record(world, "payment_intent.created", intent)
    return world.store.add(intent)


def pay(world: World, intent: Thing, card: Card, billing: dict[str, Any]) -> Thing:
    """The card pays: charge, balance transaction, and their events in Stripe's order."""
    charge = _charge(world, intent, card, billing)
    intent |= {
        "status": "succeeded",
        "amount_received": intent["amount"],
        "latest_charge": charge["id"],
        "payment_method": charge["payment_method"],
        "last_payment_error": None,
        "next_action": None,
    }
    world.store.add(charge)
    world.store.save(intent)
    late = intent["capture_method"] == "automatic_async"
    if not late:
        _to_balance(world, charge)
    record(world, "charge.succeeded", charge)
    if late:
        # Stripe captures such charges a moment later: the first event knows no balance yet.
        _to_balance(world, charge)
        record(world, "charge.updated", charge, before={"balance_transaction": None})
    record(world, "payment_intent.succeeded", intent)
    return charge


def _to_balance(world: World, charge: Thing) -> None:
    amount, currency, rate = balance.settled(world, charge["amount"], charge["currency"])
    entry = balance.enter(
        world,
        "charge",
        source=charge["id"],
        amount=amount,
        currency=currency,
        fee=balance.processing_fee(world, amount, currency),
        rate=rate,
        description=charge["description"],
        after=0 if charge["_at_once"] else world.options.available_after,
    )
    charge["balance_transaction"] = entry["id"]
    world.store.save(charge)


def decline(world: World, intent: Thing, card: Card, billing: dict[str, Any]) -> Thing:
    """The bank says no: a failed charge, and the intent waits for another card."""
    charge = _charge(world, intent, card, billing)
    reason = card.decline_code or card.code
    charge |= {
        "status": "failed",
        "paid": False,
        "captured": False,
        "amount_captured": 0,
        "receipt_url": None,
        "failure_code": card.code,
        "failure_message": card.message,
        "outcome": charge["outcome"]
        | {
            "network_status": "declined_by_network",
            "reason": reason,
            "seller_message": "The bank did not return any further details with this decline.",
            "type": "issuer_declined",
        },
    }
    world.store.add(charge)
    error = _card_error(card, charge["id"])
    intent |= {"latest_charge": charge["id"]}
    record(world, "charge.failed", charge)
    return _waits_again(world, intent, error)


def ask_authentication(world: World, intent: Thing, address: str) -> Thing:
    intent |= {
        "status": "requires_action",
        "payment_method": new_id("pm_"),
        "next_action": {
            "type": "redirect_to_url",
            "redirect_to_url": {"return_url": None, "url": address},
        },
    }
    record(world, "payment_intent.requires_action", intent)
    return world.store.save(intent)


def fail_authentication(world: World, intent: Thing) -> Thing:
    return _waits_again(world, intent, _card_error(AUTHENTICATION_FAILED, None))


def cancel(world: World, intent: Thing, reason: str | None = "automatic") -> Thing:
    """By the shop, or `automatic`: its session expired."""
    intent |= {
        "status": "canceled",
        "canceled_at": world.store.now(),
        "cancellation_reason": reason,
        "next_action": None,
    }
    record(world, "payment_intent.canceled", intent)
    return world.store.save(intent)


def _waits_again(world: World, intent: Thing, error: dict[str, Any]) -> Thing:
    intent |= {
        "status": "requires_payment_method",
        "payment_method": None,
        "next_action": None,
        "last_payment_error": error,
    }
    record(world, "payment_intent.payment_failed", intent)
    return world.store.save(intent)


def _card_error(card: Card, charge_id: str | None) -> dict[str, Any]:
    code = card.code or "card_declined"
    error: dict[str, Any] = {
        "type": "card_error",
        "code": code,
        "message": card.message,
        "doc_url": f"https://docs.stripe.com/error-codes/{code.replace('_', '-')}",
    }
    if card.decline_code:
        error["decline_code"] = card.decline_code
    if charge_id:
        error["charge"] = charge_id
    return error


def _charge(world: World, intent: Thing, card: Card, billing: dict[str, Any]) -> Thing:
    charge = world.begin(
        "charge",
        "ch_",
        **_CHARGE_EMPTY,
        amount=intent["amount"],
        amount_captured=intent["amount"],
        balance_transaction=None,
        captured=True,
        currency=intent["currency"],
        description=intent["description"],
        metadata=dict(intent["metadata"]),
        payment_intent=intent["id"],
        payment_method=new_id("pm_"),
        _at_once=card.is_available,
    )
    charge["billing_details"] |= billing
    charge["outcome"] |= {
        "network_status": "approved_by_network",
        "seller_message": "Payment complete.",
        "type": "authorized",
    }
    paid_with = charge["payment_method_details"]["card"]
    paid_with |= {
        "amount_authorized": intent["amount"],
        "brand": card.brand,
        "network": card.brand,
        "installments": None,
        "last4": card.last4,
        "three_d_secure": None,
        "wallet": _wallet(card),
    }
    paid_with["overcapture"]["maximum_amount_capturable"] = intent["amount"]
    return charge


def _wallet(card: Card) -> dict[str, Any] | None:
    if card.wallet is None:
        return None
    return {"type": card.wallet, card.wallet: {}, "dynamic_last4": card.last4}
