"""A customer asks her bank for the money back."""

from typing import Any

from tests.fake_stripe import balance
from tests.fake_stripe.errors import Refusal
from tests.fake_stripe.events import record
from tests.fake_stripe.params import EXPAND, Rules, choice, metadata, text
from tests.fake_stripe.store import Thing
from tests.fake_stripe.world import World

# Stripe's own names for the papers that a bank may want to see.
_PAPERS = (
    ("access_activity_log", "billing_address", "cancellation_policy")
    + ("cancellation_policy_disclosure", "cancellation_rebuttal", "customer_communication")
    + ("customer_email_address", "customer_name", "customer_purchase_ip", "customer_signature")
    + ("duplicate_charge_documentation", "duplicate_charge_explanation", "duplicate_charge_id")
    + ("product_description", "receipt", "refund_policy", "refund_policy_disclosure")
    + ("refund_refusal_explanation", "service_date", "service_documentation")
    + ("shipping_address", "shipping_carrier", "shipping_date", "shipping_documentation")
    + ("shipping_tracking_number", "uncategorized_file", "uncategorized_text")
)
UPDATE: Rules = EXPAND | {
    "evidence": dict.fromkeys(_PAPERS, text(20_000)),
    "metadata": metadata,
    "submit": choice("true", "false"),
}
# Stripe's test mode decides by these words.
_DECIDES = {"winning_evidence": True, "losing_evidence": False}
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


def update(world: World, dispute: Thing, values: dict[str, Any]) -> Thing:
    """The shop answers the bank: papers are kept, and go to the bank unless `submit` is false."""
    _still_open(dispute)
    before = {name: dispute[name] for name in ("evidence", "evidence_details", "status")}
    papers = values.get("evidence", {})
    details = dict(dispute["evidence_details"])
    dispute["metadata"] |= values.get("metadata", {})
    dispute["evidence"] = dispute["evidence"] | papers
    details["has_evidence"] = details["has_evidence"] or bool(papers)
    # Stripe sends what it is given unless it is told to wait; what waits goes out with `submit`.
    wish = values.get("submit")
    is_sent = wish == "true" or (wish is None and bool(papers))
    if is_sent:
        details["submission_count"] += 1
        dispute["status"] = "under_review"
    dispute["evidence_details"] = details
    world.store.save(dispute)
    record(world, "charge.dispute.updated", dispute, before=before)
    word = dispute["evidence"]["uncategorized_text"]
    if is_sent and word in _DECIDES:
        close(world, dispute, won=_DECIDES[word])
    return dispute


def _still_open(dispute: Thing) -> None:
    if dispute["status"] in {"won", "lost"}:
        raise Refusal(f"This dispute is already closed: it was {dispute['status']}.", kept=True)


def close(world: World, dispute: Thing, *, won: bool) -> Thing:
    _still_open(dispute)
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
