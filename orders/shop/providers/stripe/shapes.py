"""From Stripe's shapes to ours, in our minor units."""

from datetime import UTC, datetime
from typing import Any

from orders.shop.providers.stripe.amounts import minor_from_stripe
from orders.shop.providers.stripe.seen import (
    DisputeSeen,
    EventSeen,
    MovementSeen,
    PaymentSeen,
    PayoutSeen,
    RefundSeen,
    SessionSeen,
)


def id_in(field: Any) -> str:
    """The id in an expandable field."""
    return "" if field is None else str(getattr(field, "id", field))


def when(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _expanded(field: Any) -> MovementSeen | None:
    return None if field is None or isinstance(field, str) else movement(field)


def movement(told: Any) -> MovementSeen:
    code = told.currency.upper()
    return MovementSeen(
        id=told.id,
        kind=told.type,
        source_id=id_in(told.source),
        amount_minor=minor_from_stripe(told.amount, code),
        fee_minor=minor_from_stripe(told.fee, code),
        net_minor=minor_from_stripe(told.net, code),
        currency=code,
        created_at=when(told.created),
    )


def session(told: Any) -> SessionSeen:
    code = told.currency.upper()
    metadata = told.metadata or {}
    return SessionSeen(
        id=told.id,
        status=told.status or "",
        is_paid=told.payment_status == "paid",
        amount_minor=minor_from_stripe(told.amount_total or 0, code),
        currency=code,
        key=str(metadata["key"]) if "key" in metadata else "",
        url=told.url or "",
        payment=payment(told.payment_intent),
    )


def payment(intent: Any) -> PaymentSeen | None:
    """The payment of an expanded intent that succeeded."""
    if intent is None or isinstance(intent, str) or intent.status != "succeeded":
        return None
    charge = intent.latest_charge
    return PaymentSeen(
        intent_id=intent.id,
        charge_id=id_in(charge),
        amount_minor=minor_from_stripe(intent.amount_received, intent.currency),
        currency=intent.currency.upper(),
        movement=_expanded(getattr(charge, "balance_transaction", None)),
    )


def refund(told: Any) -> RefundSeen:
    metadata = told.metadata or {}
    return RefundSeen(
        id=told.id,
        key=str(metadata["key"]) if "key" in metadata else "",
        status=told.status or "",
        intent_id=id_in(told.payment_intent),
        amount_minor=minor_from_stripe(told.amount, told.currency),
        currency=told.currency.upper(),
        movement=_expanded(told.balance_transaction),
        failure=_expanded(getattr(told, "failure_balance_transaction", None)),
        problem=str(getattr(told, "failure_reason", "") or ""),
    )


def dispute(told: Any) -> DisputeSeen:
    due_by = told.evidence_details.due_by
    return DisputeSeen(
        id=told.id,
        status=told.status,
        reason=told.reason or "",
        intent_id=id_in(told.payment_intent),
        amount_minor=minor_from_stripe(told.amount, told.currency),
        currency=told.currency.upper(),
        created_at=when(told.created),
        answer_by=when(due_by) if due_by else None,
        movements=tuple(movement(one) for one in told.balance_transactions),
    )


def payout(told: Any) -> PayoutSeen:
    return PayoutSeen(
        id=told.id,
        status=told.status,
        amount_minor=minor_from_stripe(told.amount, told.currency),
        currency=told.currency.upper(),
        created_at=when(told.created),
        arrives_on=when(told.arrival_date).date(),
        is_automatic=bool(told.automatic),
        movement=_expanded(told.balance_transaction),
        failure=_expanded(told.failure_balance_transaction),
    )


def event(told: dict[str, Any]) -> EventSeen:
    """An event as it came over the wire. Raises KeyError or TypeError for another shape."""
    about = told["data"]["object"]
    return EventSeen(
        id=str(told["id"]),
        kind=str(told["type"]),
        object_kind=str(about.get("object", "")),
        object_id=str(about.get("id", "")),
        account=str(told.get("account") or ""),
        is_live=bool(told["livemode"]),
    )
