"""Disputes: a customer's bank takes the money back, and decides weeks later who keeps it."""

from django.db import transaction
from djmoney.money import Money

from coop.kit.days import today
from coop.kit.money import from_minor
from orders.shop import accounting
from orders.shop.models import Dispute, Order, ReceivedPayment
from orders.shop.providers.stripe import gateway, movements
from orders.shop.providers.stripe.seen import DisputeSeen
from orders.shop.providers.stripe.settling import settle_intent_if_new
from orders.shop.services.transitions import Status, locked

Outcome = Dispute.Outcome
_OUTCOMES = {"won": Outcome.WON, "lost": Outcome.LOST}


def settle_dispute(dispute_id: str) -> Dispute | None:
    """Ask Stripe how a dispute stands, and do what follows. None if its payment is not ours."""
    seen = gateway.dispute(dispute_id)
    settle_intent_if_new(seen.intent_id)
    return apply_dispute(seen)


@transaction.atomic
def apply_dispute(seen: DisputeSeen) -> Dispute | None:
    """Write down a dispute, book what it moved, and close it when it was decided."""
    payment = (
        ReceivedPayment.objects.select_related("order").filter(reference=seen.intent_id).first()
    )
    if payment is None:
        return None
    payment.order = order = locked(payment.order)
    dispute, _is_new = Dispute.objects.get_or_create(
        stripe_id=seen.id,
        defaults={
            "payment": payment,
            "amount_minor": seen.amount_minor,
            "currency": seen.currency,
            "reason": seen.reason[:60],
            "provider_status": seen.status,
            "answer_by": seen.answer_by,
            "opened_at": seen.created_at,
        },
    )
    dispute.payment = payment
    for one in seen.movements:
        movements.book(one, order=order, dispute=dispute)
    outcome = _OUTCOMES.get(seen.status)
    if outcome and dispute.outcome == Outcome.OPEN:
        _close(dispute, order, outcome)
    dispute.provider_status, dispute.answer_by = seen.status, seen.answer_by
    dispute.save(
        update_fields=["provider_status", "answer_by", "outcome", "closed_on", "took_deposit"]
    )
    return dispute


def _close(dispute: Dispute, order: Order, outcome: Outcome) -> None:
    day = today()
    dispute.outcome, dispute.closed_on = outcome, day
    if outcome != Outcome.LOST:
        return
    payment = dispute.payment
    dispute.took_deposit = order.status != Status.SHIPPED or payment.is_surplus
    for taken in _still_taken(dispute):
        accounting.post_dispute_lost(dispute=dispute, taken=taken, order=order, on=day)
    if dispute.took_deposit and not payment.is_surplus:
        # What was not given back yet: the order is unpaid by as much.
        order.paid_minor -= min(dispute.amount_minor, order.paid_minor)
        order.save(update_fields=["paid_minor"])


def _still_taken(dispute: Dispute) -> list[Money]:
    """What the provider took and did not give back, in its account's currency."""
    sums: dict[str, int] = {}
    for one in dispute.movements.all():
        sums[one.currency] = sums.get(one.currency, 0) - one.amount_minor
    return [from_minor(amount, code) for code, amount in sums.items() if amount > 0]
