"""Money back to the customer, at once, later, or not after all."""

from typing import Any

from tests.fake_stripe import balance
from tests.fake_stripe.currencies import check_amount
from tests.fake_stripe.errors import Refusal, missing, required
from tests.fake_stripe.events import record
from tests.fake_stripe.params import EXPAND, Rules, choice, integer, metadata, text
from tests.fake_stripe.store import Thing
from tests.fake_stripe.world import World

CREATE: Rules = EXPAND | {
    "payment_intent": text(),
    "charge": text(),
    "amount": integer(1, 99_999_999),
    "reason": choice("duplicate", "fraudulent", "requested_by_customer"),
    "metadata": metadata,
}


def create(world: World, values: dict[str, Any]) -> Thing:
    charge = _charge(world, values)
    amount = _amount(charge, values)
    pending = bool(world.store.fact("refunds_pending", False))
    refund = world.begin(
        "refund",
        "re_",
        amount=amount,
        balance_transaction=None,
        charge=charge["id"],
        currency=charge["currency"],
        metadata=values.get("metadata", {}),
        payment_intent=charge["payment_intent"],
        reason=values.get("reason"),
        status="pending" if pending else "succeeded",
    )
    refund["balance_transaction"] = _out(world, refund)
    world.store.add(refund)
    before = {key: charge[key] for key in ("amount_refunded", "refunded")}
    _count(world, charge, amount)
    record(world, "refund.created", refund)
    record(world, "charge.refunded", charge, before=before)
    return refund


def _charge(world: World, values: dict[str, Any]) -> Thing:
    store = world.store
    if "payment_intent" in values:
        intent = store.find("payment_intent", values["payment_intent"])
        if intent is None:
            raise missing("payment_intent", values["payment_intent"], "payment_intent")
        charge = store.find("charge", intent["latest_charge"] or "")
    elif "charge" in values:
        charge = store.find("charge", values["charge"])
        if charge is None:
            raise missing("charge", values["charge"], "charge")
    else:
        raise required("payment_intent")
    if charge is None or charge["status"] != "succeeded":
        raise Refusal(
            "This PaymentIntent does not have a successful charge to refund.",
            code="payment_intent_unexpected_state",
            param="payment_intent",
            kept=True,
        )
    return charge


def _amount(charge: Thing, values: dict[str, Any]) -> int:
    remaining = charge["amount"] - charge["amount_refunded"]
    if not remaining:
        raise Refusal(
            f"Charge {charge['id']} has already been refunded.",
            code="charge_already_refunded",
            kept=True,
        )
    if charge["disputed"] and charge.get("_dispute") != "won":
        raise Refusal(
            f"Charge {charge['id']} has been charged back; cannot issue a refund.",
            code="charge_disputed",
            kept=True,
        )
    amount = int(values.get("amount", remaining))
    check_amount(amount, charge["currency"], "amount")
    if amount > remaining:
        raise Refusal(
            f"Refund amount ({amount}) is greater than unrefunded amount on charge ({remaining})",
            param="amount",
            kept=True,
        )
    return amount


def _out(world: World, refund: Thing) -> str:
    amount, currency, rate = balance.settled(world, -refund["amount"], refund["currency"])
    entry = balance.enter(
        world,
        "refund",
        source=refund["id"],
        amount=amount,
        currency=currency,
        rate=rate,
        description="REFUND FOR CHARGE",
    )
    return str(entry["id"])


def _count(world: World, charge: Thing, amount: int) -> None:
    charge["amount_refunded"] += amount
    charge["refunded"] = charge["amount_refunded"] == charge["amount"]
    world.store.save(charge)


def succeed(world: World, refund: Thing) -> Thing:
    if refund["status"] != "pending":
        raise Refusal(f"This refund is {refund['status']}.")
    refund["status"] = "succeeded"
    record(world, "refund.updated", refund, before={"status": "pending"})
    record(world, "charge.refund.updated", refund, before={"status": "pending"})
    return world.store.save(refund)


def fail(world: World, refund: Thing, reason: str) -> Thing:
    """The card is gone: the money comes back to the account, days later."""
    if refund["status"] not in {"pending", "succeeded"}:
        raise Refusal(f"This refund is {refund['status']}.")
    before = {"status": refund["status"]}
    refund |= {
        "status": "failed",
        "failure_reason": reason,
        # What went out comes back, at the rate at which it went.
        "failure_balance_transaction": _back(world, refund),
    }
    world.store.save(refund)
    _count(world, world.store.get("charge", refund["charge"]), -refund["amount"])
    record(world, "refund.failed", refund, before=before)
    record(world, "refund.updated", refund, before=before)
    record(world, "charge.refund.updated", refund, before=before)
    return refund


def _back(world: World, refund: Thing) -> str:
    gone = world.store.get("balance_transaction", refund["balance_transaction"])
    back = balance.enter(
        world,
        "refund_failure",
        source=refund["id"],
        amount=-gone["amount"],
        currency=gone["currency"],
        description="REFUND FAILURE",
    )
    back["exchange_rate"] = gone["exchange_rate"]
    return str(world.store.save(back)["id"])
