"""What must always hold of payments by card, checked on the live database.

Numbers are those of "What must always hold" in the design.
"""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import F, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coop.kit.audit import Amount, finding, invariant
from coop.kit.money import to_minor
from ledger import queries as books
from ledger.models import JournalEntry, Posting
from orders.shop import accounting
from orders.shop.models import (
    BalanceMovement,
    CardSession,
    Dispute,
    Order,
    PartnerForward,
    Payout,
    ReceivedPayment,
    Refund,
)

_AT_ONCE = 500
_LEFT_LYING = timedelta(days=2)


@invariant(6, _("What the provider holds for us is what its movements add up to"))
def held_is_the_sum_of_movements() -> Iterator[str]:
    """The account "held by Stripe" in each currency, against the movements we wrote down."""
    sums = dict(
        BalanceMovement.objects.order_by().values_list("currency").annotate(sum=Sum("net_minor"))
    )
    known = books.currencies_of("stripe")
    for currency in sorted({*sums, *known}):
        held = (
            to_minor(books.balance(books.account("stripe", currency))) if currency in known else 0
        )
        if held != sums.get(currency, 0):
            yield finding(
                "held by Stripe in {currency}: {held} in the books, {moved} moved",
                currency=currency,
                held=Amount(held, currency),
                moved=Amount(sums.get(currency, 0), currency),
            )


@invariant(
    6, _("Every movement of the provider is in the books, once, with its amount and its fee")
)
def movements_are_in_the_books() -> Iterator[str]:
    """Each movement's entries, on the account that is held by the provider."""
    rows = BalanceMovement.objects.order_by("pk")
    for movement in rows.iterator(_AT_ONCE):
        booked = _on_held(accounting.movement_reference(movement))
        fee = _on_held(accounting.fee_reference(movement))
        if (booked, fee) != (movement.amount_minor, -movement.fee_minor):
            yield finding(
                "movement {movement}: {booked} and a fee of {fee} in the books, {amount} and"
                " {moved_fee} moved",
                movement=movement,
                booked=Amount(booked, movement.currency),
                fee=Amount(-fee, movement.currency),
                amount=Amount(movement.amount_minor, movement.currency),
                moved_fee=Amount(movement.fee_minor, movement.currency),
            )


def _on_held(reference: str) -> int:
    """What an entry changed on "held by Stripe", debits less credits."""
    sides = Posting.objects.filter(entry__reference=reference, account__role="stripe")
    return sum(one.signed_minor for one in sides)


@invariant(6, _("Every payment by card has its movement, its paid session and its amount"))
def card_payments_are_explained() -> Iterator[str]:
    """A payment without the provider's movement, or of another amount than was asked for."""
    cards = ReceivedPayment.objects.filter(method=ReceivedPayment.Method.CARD)
    for payment in cards.exclude(movements__kind="payment").order_by("pk"):
        yield finding(
            "payment {reference} of {order} has no movement",
            reference=payment.reference,
            order=payment.order,
        )
    for payment in ReceivedPayment.objects.exclude(method="card").filter(movements__isnull=False):
        yield finding(
            "payment {reference} came by hand and has a movement", reference=payment.reference
        )
    paid = CardSession.objects.filter(status=CardSession.Status.COMPLETE)
    for row in paid.order_by("pk"):
        same = cards.filter(order=row.order_id, amount_minor=row.amount_minor)
        if not same.exists():
            yield finding("card page {row} is paid, and its order has no such payment", row=row)


@invariant(6, _("Nothing is paid without an order that stands, or a refund"))
def paid_is_wanted_or_given_back() -> Iterator[str]:
    """Money by card for an order that was let go, or that had no need of it, goes back whole."""
    gone = Q(order__status__in=[Order.Status.EXPIRED, Order.Status.CANCELLED])
    payments = ReceivedPayment.objects.filter(gone | Q(is_surplus=True), method="card")
    for payment in payments.select_related("order").order_by("pk"):
        back = payment.refunds.exclude(status="failed").aggregate(sum=Sum("amount_minor"))["sum"]
        lost = payment.disputes.filter(outcome="lost").aggregate(sum=Sum("amount_minor"))["sum"]
        if (back or 0) + (lost or 0) < payment.amount_minor and not _came_back(payment):
            yield finding(
                "payment {reference} of {order} is neither wanted nor given back",
                reference=payment.reference,
                order=payment.order,
            )


def _came_back(payment: ReceivedPayment) -> bool:
    """Whether its refund came back: that is shown in the office, and asked for anew there."""
    return payment.refunds.filter(status="failed").exists()


@invariant(6, _("No more is given back than came, and what is done is in the books"))
def refunds_are_within_payments() -> Iterator[str]:
    """Sums by payment; and a refund by card that is done has its movement."""
    payments = ReceivedPayment.objects.annotate(
        back=Sum("refunds__amount_minor", filter=~Q(refunds__status="failed"))
    )
    for payment in payments.filter(back__gt=F("amount_minor")).order_by("pk"):
        yield finding(
            "payment {reference}: {back} given back of {amount}",
            reference=payment.reference,
            back=Amount(payment.back, payment.order.currency),
            amount=Amount(payment.amount_minor, payment.order.currency),
        )
    done = Refund.objects.filter(status=Refund.Status.DONE, payment__method="card")
    for refund in done.exclude(movements__kind="refund").order_by("pk"):
        yield finding("refund {key} is done and has no movement", key=refund.key)


@invariant(5, _("What is held for a card page is let go when the page is closed"))
def holds_end() -> Iterator[str]:
    """An order that waits for a card has a page under way; an order let go holds nothing."""
    under_way = [CardSession.Status.CREATING, CardSession.Status.OPEN]
    old = timezone.now() - _LEFT_LYING
    for row in CardSession.objects.filter(status__in=under_way, expires_at__lt=old).order_by("pk"):
        yield finding(
            "card page {row} of {order} is under way since {created_at}",
            row=row,
            order=row.order,
            created_at=f"{row.created_at:%Y-%m-%d}",
        )
    waiting = Order.objects.filter(status=Order.Status.PLACED, method="card", paid_minor=0)
    for order in waiting.filter(created_at__lt=old).order_by("pk"):
        yield finding(
            "order {order} waits for a card since {created_at}",
            order=order,
            created_at=f"{order.created_at:%Y-%m-%d}",
        )
    let_go = Order.objects.filter(status=Order.Status.EXPIRED, lines__allocated__gt=0)
    for order in let_go.distinct().order_by("pk"):
        yield finding("order {order} was let go and still holds pieces", order=order)


@invariant(6, _("A payout leads to the movements it is made of"))
def payouts_add_up() -> Iterator[str]:
    """An explained payout is the sum of its movements, and stands in the books."""
    explained = Payout.objects.filter(is_explained=True).annotate(sum=Sum("movements__net_minor"))
    for payout in explained.exclude(sum=F("amount_minor")).order_by("pk"):
        yield finding(
            "payout {payout}: {sum} in it, {amount} paid out",
            payout=payout,
            sum=Amount(payout.sum, payout.currency),
            amount=Amount(payout.amount_minor, payout.currency),
        )


@invariant(6, _("A lost dispute is in the books"))
def lost_disputes_are_booked() -> Iterator[str]:
    """What the bank gave to the customer is a loss, or took her deposit with it."""
    lost = Dispute.objects.filter(outcome=Dispute.Outcome.LOST, movements__isnull=False)
    references = {accounting.dispute_reference(one): one for one in lost.distinct()}
    there = set(
        JournalEntry.objects.filter(reference__in=references).values_list("reference", flat=True)
    )
    for reference, dispute in references.items():
        if reference not in there:
            yield finding("dispute {dispute} is lost and not in the books", dispute=dispute)


@invariant(6, _("What the partner forwarded is in the books"))
def forwards_are_booked() -> Iterator[str]:
    """Each forward is one transfer from the partner to our bank."""
    for forward in PartnerForward.objects.order_by("pk"):
        reference = accounting.forward_reference(forward)
        if not JournalEntry.objects.filter(reference=reference).exists():
            yield finding("forward {forward} is not in the books", forward=forward)
