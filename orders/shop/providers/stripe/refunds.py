"""Refunds on their way: sent with an idempotency key, and followed until Stripe is done."""

import logging
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from coop.kit.days import today
from coop.kit.money import from_minor
from orders.shop.models import ReceivedPayment, Refund
from orders.shop.providers.stripe import gateway, movements
from orders.shop.providers.stripe.amounts import to_stripe
from orders.shop.providers.stripe.errors import (
    PaymentMismatch,
    ProviderError,
    ProviderRefused,
)
from orders.shop.providers.stripe.seen import RefundSeen
from orders.shop.providers.stripe.settling import settle_intent_if_new
from orders.shop.services import refunding
from orders.shop.services.transitions import locked

logger = logging.getLogger(__name__)

#: Stripe forgets idempotency keys after a day; from then on we look before we ask again.
_KEYS_LAST = timedelta(hours=23)
_OVER = {"failed", "canceled"}


def send(refund: Refund) -> Refund:
    """Ask Stripe for a refund that is on its way to it; asking again changes nothing.

    A refusal makes it a refund that came back, with Stripe's own words.
    Raises ProviderUnreachable; then it stays waiting.
    """
    refund = Refund.objects.select_related("payment__order").get(pk=refund.pk)
    if refund.status != Refund.Status.WAITING:
        return refund
    intent = refund.payment.reference
    seen = _sent_before(refund, intent)
    if seen is None:
        try:
            amount = to_stripe(refund.amount)
            seen = gateway.create_refund(intent, amount=amount, key=refund.key)
        except ProviderRefused as refusal:
            return _refused(refund, str(refusal))
    return apply_refund(seen) or refund


def send_kindly(refund: Refund) -> None:
    """Send it if Stripe answers; else it stays waiting, and the next round sends it."""
    try:
        send(refund)
    except ProviderError as problem:
        logger.warning("refund %s: %s", refund.key, problem)


def _sent_before(refund: Refund, intent: str) -> RefundSeen | None:
    if timezone.now() - refund.at < _KEYS_LAST:
        return None
    return next((one for one in gateway.refunds_of(intent) if one.key == refund.key), None)


@transaction.atomic
def _refused(refund: Refund, problem: str) -> Refund:
    locked(refund.payment.order)
    refund = Refund.objects.select_for_update().get(pk=refund.pk)
    if refund.status == Refund.Status.WAITING:
        refunding.count_as_failed(refund, problem=problem)
    return refund


def settle_refund(refund_id: str) -> Refund | None:
    """Ask Stripe how a refund stands, and do what follows. None if its payment is not ours."""
    seen = gateway.refund(refund_id)
    settle_intent_if_new(seen.intent_id)
    return apply_refund(seen)


def settle_refunds_of(intent_id: str) -> None:
    """All refunds of a payment."""
    for seen in gateway.refunds_of(intent_id):
        apply_refund(seen)


@transaction.atomic
def apply_refund(seen: RefundSeen) -> Refund | None:
    """Do what follows from a refund as Stripe showed it. None if its payment is not ours.

    Raises PaymentMismatch if it is not the refund that we asked for.
    """
    payment = (
        ReceivedPayment.objects.select_related("order").filter(reference=seen.intent_id).first()
    )
    if payment is None:
        return None
    payment.order = order = locked(payment.order)
    refund = _row(payment, seen)
    if refund is None:
        return None
    refund.payment = payment
    if seen.movement is not None:
        movements.book(seen.movement, order=order, refund=refund)
    if seen.status in _OVER:
        if seen.failure is not None:
            movements.book(seen.failure, order=order, refund=refund)
        refunding.count_as_failed(refund, problem=seen.problem or seen.status)
    elif seen.status == "succeeded" and refund.status != Refund.Status.DONE:
        refund.status, refund.done_on = Refund.Status.DONE, today()
        refund.save(update_fields=["status", "done_on"])
    elif refund.status == Refund.Status.WAITING:
        refund.status = Refund.Status.SENT
        refund.save(update_fields=["status"])
    return refund


def _row(payment: ReceivedPayment, seen: RefundSeen) -> Refund | None:
    """Our refund, by its id, by our key, or made at Stripe's own desk and adopted."""
    rows = Refund.objects.select_for_update().filter(payment=payment)
    found = rows.filter(provider_id=seen.id).first()
    if found is None and seen.key:
        found = rows.filter(key=seen.key).first()
    if found is None:
        # One that came to nothing and that we never heard of changes nothing.
        if seen.status in _OVER and seen.movement is None:
            return None
        day = seen.movement.day if seen.movement else today()
        return refunding.adopt(
            payment=payment, provider_id=seen.id, amount_minor=seen.amount_minor, on=day
        )
    if (found.amount_minor, payment.order.currency) != (seen.amount_minor, seen.currency):
        raise PaymentMismatch(
            what=seen.id, seen=from_minor(seen.amount_minor, seen.currency), expected=found.amount
        )
    if found.provider_id is None:
        found.provider_id = seen.id
        found.save(update_fields=["provider_id"])
    return found
