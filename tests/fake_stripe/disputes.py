"""A customer asks her bank for the money back."""

from tests.fake_stripe import balance
from tests.fake_stripe.errors import Refusal
from tests.fake_stripe.events import record
from tests.fake_stripe.store import Thing
from tests.fake_stripe.world import World

_TIME_TO_ANSWER = 7 * 24 * 60 * 60


def begin(world: World, intent: Thing, reason: str = "fraudulent") -> Thing:
    """The bank takes the money at once, and Stripe its fee."""
    charge = world.store.find("charge", intent["latest_charge"] or "")
    if charge is None or charge["status"] != "succeeded":
        raise Refusal("Only what was paid can be disputed.")
    if charge["disputed"] or charge["refunded"]:
        raise Refusal("This charge was disputed or refunded before.")
    amount = charge["amount"] - charge["amount_refunded"]
    dispute = world.begin(
        "dispute",
        "du_",
        amount=amount,
        charge=charge["id"],
        currency=charge["currency"],
        is_charge_refundable=False,
        payment_intent=intent["id"],
        reason=reason,
        status="needs_response",
        enhanced_eligibility_types=[],
    )
    dispute["evidence_details"]["due_by"] = world.store.now() + _TIME_TO_ANSWER
    dispute["payment_method_details"]["card"]["case_type"] = "chargeback"
    world.store.add(dispute)
    charge |= {"disputed": True, "_dispute": "needs_response"}
    world.store.save(charge)
    # The event of the beginning knows the withdrawal already, as Stripe's does.
    dispute["balance_transactions"] = [_out(world, dispute)]
    world.store.save(dispute)
    record(world, "charge.dispute.created", dispute)
    record(world, "charge.dispute.funds_withdrawn", dispute)
    return dispute


def _out(world: World, dispute: Thing) -> str:
    settled, currency, rate = balance.settled(world, -dispute["amount"], dispute["currency"])
    entry = balance.enter(
        world,
        "adjustment",
        category="dispute",
        source=dispute["id"],
        amount=settled,
        currency=currency,
        rate=rate,
        fee=world.options.dispute_fee,
        description=f"Chargeback withdrawal for {dispute['charge']}",
    )
    return str(entry["id"])


def close(world: World, dispute: Thing, *, won: bool) -> Thing:
    if dispute["status"] in {"won", "lost"}:
        raise Refusal(f"This dispute is {dispute['status']}.")
    before = {"status": dispute["status"]}
    dispute["status"] = "won" if won else "lost"
    charge = world.store.get("charge", dispute["charge"])
    world.store.save(charge | {"_dispute": dispute["status"]})
    if won:
        dispute["balance_transactions"].append(_back(world, dispute))
        dispute["is_charge_refundable"] = True
    world.store.save(dispute)
    record(world, "charge.dispute.updated", dispute, before=before)
    if won:
        record(world, "charge.dispute.funds_reinstated", dispute)
    record(world, "charge.dispute.closed", dispute)
    return dispute


def _back(world: World, dispute: Thing) -> str:
    """What was withdrawn, and the fee with it, as they went."""
    gone = world.store.get("balance_transaction", dispute["balance_transactions"][0])
    back = balance.enter(
        world,
        "adjustment",
        category="dispute_reversal",
        source=dispute["id"],
        amount=-gone["amount"],
        currency=gone["currency"],
        fee=-gone["fee"],
        description=f"Chargeback reversal for {dispute['charge']}",
    )
    back["exchange_rate"] = gone["exchange_rate"]
    return str(world.store.save(back)["id"])
