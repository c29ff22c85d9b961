"""From the name of one of Stripe's objects to what follows from how it stands now."""

from collections.abc import Callable

from orders.shop.models import ReceivedPayment
from orders.shop.providers.stripe import gateway
from orders.shop.providers.stripe.disputes import settle_dispute
from orders.shop.providers.stripe.errors import UnknownMovement
from orders.shop.providers.stripe.movements import Kind, book, is_booked, kind_of
from orders.shop.providers.stripe.payouts import settle_payout
from orders.shop.providers.stripe.refunds import settle_refund, settle_refunds_of
from orders.shop.providers.stripe.seen import MovementSeen
from orders.shop.providers.stripe.settling import settle_intent, settle_session


def settle_charge(charge_id: str) -> None:
    """A charge: its payment, and whatever was given back of it."""
    intent_id = gateway.intent_of_charge(charge_id)
    if not intent_id:
        return
    settle_intent(intent_id)
    if ReceivedPayment.objects.filter(reference=intent_id).exists():
        settle_refunds_of(intent_id)


_SETTLE: dict[str, Callable[[str], object]] = {
    "checkout.session": settle_session,
    "payment_intent": settle_intent,
    "charge": settle_charge,
    "refund": settle_refund,
    "dispute": settle_dispute,
    "payout": settle_payout,
}


def is_followed(object_kind: str) -> bool:
    """Whether anything follows from objects of this kind."""
    return object_kind in _SETTLE


def settle(object_kind: str, object_id: str) -> None:
    """Ask Stripe how an object stands, and do what follows; the object alone, never a message.

    Raises a ProviderError; then nothing changed.
    """
    _SETTLE[object_kind](object_id)


_OF_MOVEMENT: dict[Kind, Callable[[str], object]] = {
    Kind.PAYMENT: settle_charge,
    Kind.REFUND: settle_refund,
    Kind.REFUND_FAILED: settle_refund,
    Kind.DISPUTE: settle_dispute,
    Kind.PAYOUT: settle_payout,
}


def settle_movement(seen: MovementSeen) -> bool:
    """See to it that a line of Stripe's account is in our books; whether it is.

    False for money that is not the shop's (a charge that somebody made at Stripe's own desk).
    Raises UnknownMovement where the house has no rule.
    """
    if is_booked(seen.id):
        return True
    kind = kind_of(seen)
    if kind == Kind.FEE:
        book(seen)
    elif kind in _OF_MOVEMENT:
        _OF_MOVEMENT[kind](seen.source_id)
    else:
        raise UnknownMovement(kind=seen.kind, movement=seen.id)
    return is_booked(seen.id)
