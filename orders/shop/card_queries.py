"""What the office's pages about cards read."""

from dataclasses import dataclass

from django.db.models import QuerySet, Sum
from djmoney.money import Money

from coop.kit.money import from_minor
from ledger import queries as books
from ledger.bank.models import BankLine
from ledger.bank.queries import lines_of
from ledger.models import Account
from orders.shop.models import (
    BalanceMovement,
    CardComparison,
    Dispute,
    Order,
    Payout,
    ProviderEvent,
    Refund,
)

_MOST = 50


@dataclass(frozen=True)
class Place:
    """Where money from cards is: with Stripe, with the partner, or argued about."""

    account: Account
    amount: Money


def places(*, with_partner: bool) -> list[Place]:
    """The accounts of card money that hold something, in every currency."""
    roles = ["stripe", "disputed", *(["partner"] if with_partner else [])]
    accounts = Account.objects.filter(role__in=roles).order_by("role", "currency")
    found = [Place(one, books.balance(one)) for one in accounts]
    return [one for one in found if one.amount]


def on_the_way() -> list[Payout]:
    """Payouts that Stripe sent and that have not arrived: our books have them in the bank."""
    waiting = [Payout.Status.PENDING, Payout.Status.IN_TRANSIT]
    return list(Payout.objects.filter(status__in=waiting).order_by("arrives_on")[:_MOST])


def newest_disputes() -> QuerySet[Dispute]:
    """Disputes, the newest first."""
    return Dispute.objects.select_related("payment__order").order_by("-pk")[:_MOST]


def stuck_events() -> QuerySet[ProviderEvent]:
    """Messages from which nothing could follow yet."""
    return ProviderEvent.objects.filter(handled_at=None, attempts__gt=0).order_by("-pk")[:_MOST]


def failed_refunds() -> QuerySet[Refund]:
    """Refunds that came back and were not asked for anew since."""
    failed = Refund.objects.filter(status=Refund.Status.FAILED).order_by("-pk")
    return failed.select_related("payment__order")[:_MOST]


def last_comparison() -> CardComparison | None:
    """When the books were last held against Stripe, and what came of it."""
    return CardComparison.objects.order_by("-pk").first()


# A payout ----------------------------------------------------------------------------------
@dataclass(frozen=True)
class Part:
    """A movement in a payout, and the order that it belongs to."""

    movement: BalanceMovement
    order: Order | None


def parts_of(payout: Payout) -> list[Part]:
    """What a payout is made of, in the order in which it moved."""
    rows = payout.movements.select_related(
        "payment__order", "refund__payment__order", "dispute__payment__order"
    )
    return [Part(one, order_of(one)) for one in rows]


def order_of(movement: BalanceMovement) -> Order | None:
    """The order to which a movement belongs."""
    if movement.payment is not None:
        return movement.payment.order
    if movement.refund is not None:
        return movement.refund.payment.order
    return movement.dispute.payment.order if movement.dispute is not None else None


def bank_lines_of(payout: Payout) -> list[BankLine]:
    """The lines of the bank (ours, or the partner's) on which a payout arrived."""
    moved = payout.own_movements.values_list("stripe_id", flat=True)
    return lines_of(f"stripe:{one}" for one in moved)


@dataclass(frozen=True)
class Sums:
    """A payout in one line: what came, what the provider kept, what is paid out."""

    amount: Money
    fee: Money
    net: Money


def sums_of(payout: Payout) -> Sums:
    """The sums of a payout's movements."""
    sums = payout.movements.aggregate(
        amount=Sum("amount_minor"), fee=Sum("fee_minor"), net=Sum("net_minor")
    )
    return Sums(
        *(from_minor(sums[name] or 0, payout.currency) for name in ("amount", "fee", "net"))
    )
