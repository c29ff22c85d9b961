"""The provider's account of our money, line by line, each booked once.

A movement's row and its journal entries are written in one transaction, under the lock of the
order to which it belongs; its id is unique. So whoever comes first books it, and all the others
find it there.
"""

from datetime import date, timedelta

from django.db import transaction

from ledger.queries import closed_until, first_day
from orders.shop import accounting
from orders.shop.models import (
    BalanceMovement,
    Dispute,
    Order,
    Payout,
    ReceivedPayment,
    Refund,
    ShopSettings,
)
from orders.shop.providers.stripe.errors import UnknownMovement
from orders.shop.providers.stripe.seen import MovementSeen

Kind = BalanceMovement.Kind

#: From the provider's words to ours. Source: Stripe's documentation, "Balance transaction types".
_KINDS: dict[str, Kind] = {
    "charge": Kind.PAYMENT,
    "payment": Kind.PAYMENT,
    "refund": Kind.REFUND,
    "payment_refund": Kind.REFUND,
    "refund_failure": Kind.REFUND_FAILED,
    "payment_failure_refund": Kind.REFUND_FAILED,
    "payout": Kind.PAYOUT,
    "payout_failure": Kind.PAYOUT,
    "payout_cancel": Kind.PAYOUT,
    "stripe_fee": Kind.FEE,
    "stripe_fx_fee": Kind.FEE,
    "tax_fee": Kind.FEE,
}


def kind_of(seen: MovementSeen) -> Kind:
    """What a movement is. Adjustments that name a dispute are its; others are OTHER."""
    if seen.kind == "adjustment" and seen.source_id.startswith(("dp_", "du_")):
        return Kind.DISPUTE
    return _KINDS.get(seen.kind, Kind.OTHER)


def is_booked(movement_id: str) -> bool:
    """Whether the house has this movement."""
    return BalanceMovement.objects.filter(stripe_id=movement_id).exists()


@transaction.atomic
def book(
    seen: MovementSeen,
    *,
    order: Order | None = None,
    payment: ReceivedPayment | None = None,
    refund: Refund | None = None,
    dispute: Dispute | None = None,
    is_payout: Payout | None = None,
) -> BalanceMovement:
    """Write down a movement and book it; the one that is there, if it is.

    The caller holds the lock of `order`. Raises UnknownMovement where the house has no rule, and
    RateMissing where it knows no rate for the account's currency; then nothing is written.
    """
    there = BalanceMovement.objects.filter(stripe_id=seen.id).first()
    if there is not None:
        return there
    kind = kind_of(seen)
    if kind == Kind.OTHER:
        raise UnknownMovement(kind=seen.kind, movement=seen.id)
    movement = BalanceMovement.objects.create(
        stripe_id=seen.id,
        kind=kind,
        provider_kind=seen.kind[:60],
        source_id=seen.source_id,
        amount_minor=seen.amount_minor,
        fee_minor=seen.fee_minor,
        net_minor=seen.net_minor,
        currency=seen.currency,
        created_at=seen.created_at,
        booked_on=_open_day(seen.day),
        payment=payment,
        refund=refund,
        dispute=dispute,
        is_payout=is_payout,
    )
    accounting.post_movement(movement=movement, order=order, payee=payee_role())
    return movement


def _open_day(day: date) -> date:
    """The movement's own day, or the first open one of the books.

    News may come weeks late, and an account at Stripe may be older than our books.
    """
    closed, first = closed_until(), first_day()
    after_closed = day if closed is None else max(day, closed + timedelta(days=1))
    return after_closed if first is None else max(after_closed, first)


def payee_role() -> str:
    """Whom payouts reach: our bank, or the partner who holds the account for us."""
    return "partner" if ShopSettings.current().card_partner else "bank"
