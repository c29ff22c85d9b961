"""Payouts: what Stripe sends on, explained down to the orders it came from."""

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Sum
from djmoney.money import Money

from coop.kit.days import today
from coop.kit.money import to_minor
from coop.people.models import User
from ledger import queries as books
from orders.shop import accounting
from orders.shop.errors import AmountWrong, DayInTheFuture, OperationMissing, OperationTaken
from orders.shop.models import BalanceMovement, PartnerForward, Payout
from orders.shop.providers.stripe import gateway, movements
from orders.shop.providers.stripe.seen import MovementSeen, PayoutSeen


def settle_payout(payout_id: str) -> Payout:
    """Ask Stripe how a payout stands, book it, and write down what leaves with it.

    What the house has not seen of it yet is settled first (`sync.settle_movement` does it), so
    that nothing in a payout is unknown.
    """
    seen = gateway.payout(payout_id)
    payout = apply_payout(seen)
    if seen.is_automatic:
        explain(payout, list(gateway.movements_of_payout(payout_id)))
    return payout


@transaction.atomic
def apply_payout(seen: PayoutSeen) -> Payout:
    """Write down a payout and book what it moved."""
    Payout.objects.get_or_create(
        stripe_id=seen.id,
        defaults={
            "amount_minor": seen.amount_minor,
            "currency": seen.currency,
            "status": seen.status,
            "created_at": seen.created_at,
            "arrives_on": seen.arrives_on,
        },
    )
    payout = Payout.objects.select_for_update().get(stripe_id=seen.id)
    for one in (seen.movement, seen.failure):
        if one is not None:
            movements.book(one, is_payout=payout)
    payout.status, payout.arrives_on = seen.status, seen.arrives_on
    payout.save(update_fields=["status", "arrives_on"])
    return payout


@transaction.atomic
def explain(payout: Payout, parts: list[MovementSeen]) -> Payout:
    """Write down which movements leave with a payout; explained when they add up to it."""
    payout = Payout.objects.select_for_update().get(pk=payout.pk)
    own = set(payout.own_movements.values_list("stripe_id", flat=True))
    ids = [one.id for one in parts if one.id not in own]
    BalanceMovement.objects.filter(stripe_id__in=ids, payout=None).update(payout=payout)
    found = payout.movements.aggregate(sum=Sum("net_minor"))["sum"] or 0
    payout.is_explained = bool(ids) and found == payout.amount_minor
    payout.save(update_fields=["is_explained"])
    return payout


@transaction.atomic
def record_forward(
    *, amount: Money, reference: str, actor: User, on: date | None = None
) -> PartnerForward:
    """The partner who holds the account sent money on to our bank.

    Raises AmountWrong (not above zero, or more than the partner has), OperationMissing,
    OperationTaken or DayInTheFuture. Source: accounting, "partner forwards".
    """
    day, reference = on or today(), " ".join(reference.split())
    code = amount.currency.code
    if not reference:
        raise OperationMissing
    if day > today():
        raise DayInTheFuture
    there = PartnerForward.objects.filter(reference=reference).first()
    if there is not None:
        return _same_or_refuse(there, amount)
    if amount.amount <= 0 or amount > books.balance(books.account("partner", code)):
        raise AmountWrong(currency=code)
    try:
        with transaction.atomic():
            forward = PartnerForward.objects.create(
                amount_minor=to_minor(amount),
                currency=code,
                reference=reference,
                on=day,
                actor=actor,
            )
    except IntegrityError as problem:
        raise OperationTaken(reference=reference, number="–", amount="–") from problem
    accounting.post_forward(forward=forward)
    return forward


def _same_or_refuse(there: PartnerForward, amount: Money) -> PartnerForward:
    if there.amount == amount:
        return there
    raise OperationTaken(reference=there.reference, number="–", amount=str(there.amount))
