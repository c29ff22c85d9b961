"""Comparing with Stripe: whatever was missed is settled, and what differs is said.

It needs no message and no customer who comes back: it alone suffices, however late.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from coop.kit.money import format_money, from_minor, to_minor
from ledger import queries as books
from ledger.errors import LedgerError
from orders.shop.errors import ShopError
from orders.shop.models import CardComparison, CardSession, Order, Payout, Refund
from orders.shop.providers.stripe import gateway, objects, rounds
from orders.shop.providers.stripe.closing import close_session
from orders.shop.providers.stripe.errors import PaymentCameMeanwhile
from orders.shop.providers.stripe.movements import is_booked
from orders.shop.providers.stripe.payouts import settle_payout
from orders.shop.providers.stripe.settling import apply_session

Say = Callable[[str], None]


@dataclass
class Report:
    """What a comparison found and did."""

    sessions: int = 0
    movements: int = 0
    booked: int = 0
    #: Money at Stripe that is not the shop's, by the movement's id.
    foreign: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    #: Currency → (Stripe's, ours), in minor units, where they differ.
    differences: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def is_equal(self) -> bool:
        """Whether nothing is left to look at."""
        return not self.problems and not self.differences

    @property
    def lines(self) -> list[str]:
        """What does not agree, a line each."""
        return [
            *self.problems,
            *(difference_in_words(code, *both) for code, both in self.differences.items()),
        ]


def sync(*, since: datetime, say: Say = lambda _line: None) -> Report:
    """Settle everything at Stripe since then, then compare its balance with the books.

    Raises ProviderUnreachable, or ProviderRefused for a key that does not open; what was settled
    before stays settled.
    """
    report = Report()
    rounds.go_round()
    _sessions(report, since, say)
    _refunds(report)
    _movements(report, since, say)
    _payouts(report, say)
    _compare(report)
    CardComparison.objects.create(
        booked=report.booked, is_equal=report.is_equal, findings="\n".join(report.lines)
    )
    return report


def _sessions(report: Report, since: datetime, say: Say) -> None:
    """Pages that we opened, also those whose name never reached us."""
    for seen in gateway.sessions_since(since):
        report.sessions += 1
        _try(report, seen.id, partial(apply_session, seen))
        if report.sessions % 100 == 0:
            say(f"{report.sessions} sessions")
    under_way = CardSession.objects.filter(
        status__in=[CardSession.Status.CREATING, CardSession.Status.OPEN]
    )
    for row in under_way.exclude(order__status=Order.Status.PLACED):
        # Nobody waits for this money any more.
        _try(report, str(row), partial(_close, row))


def _close(row: CardSession) -> None:
    try:
        close_session(row)
    except PaymentCameMeanwhile:
        return


def _refunds(report: Report) -> None:
    on_their_way = Refund.objects.filter(status=Refund.Status.SENT).exclude(provider_id=None)
    for refund in on_their_way.order_by("pk"):
        _try(
            report,
            refund.key,
            partial(objects.settle, "refund", refund.provider_id or ""),
        )


def _movements(report: Report, since: datetime, say: Say) -> None:
    """Stripe's own account of our money, oldest first: payments before what follows from them."""
    for seen in reversed(list(gateway.movements_since(since))):
        report.movements += 1
        if is_booked(seen.id):
            continue
        done = _try(report, seen.id, partial(objects.settle_movement, seen))
        if done:
            report.booked += 1
        elif done is False:
            report.foreign.append(seen.id)
        if report.movements % 100 == 0:
            say(f"{report.movements} movements")


def _payouts(report: Report, say: Say) -> None:
    for payout in Payout.objects.filter(is_explained=False).order_by("pk"):
        say(f"payout {payout}")
        _try(report, payout.stripe_id, partial(settle_payout, payout.stripe_id))


def _try(report: Report, name: str, settle: Callable[[], object]) -> object:
    """Settle one thing; what the house refuses is noted, and the rest goes on."""
    try:
        return settle()
    except (ShopError, LedgerError) as problem:
        report.problems.append(f"{name}: {problem}")
        return None


def _compare(report: Report) -> None:
    theirs = gateway.balance_by_currency()
    known = books.currencies_of("stripe")
    for currency in sorted({*theirs, *known}):
        ours = held_minor(currency) if currency in known else 0
        if theirs.get(currency, 0) != ours:
            report.differences[currency] = (theirs.get(currency, 0), ours)


def held_minor(currency: str) -> int:
    """What the books say that Stripe holds, in minor units."""
    return to_minor(books.balance(books.account("stripe", currency)))


def difference_in_words(currency: str, theirs: int, ours: int) -> str:
    """One line for people."""
    return (
        f"{currency}: Stripe {format_money(from_minor(theirs, currency))},"
        f" books {format_money(from_minor(ours, currency))}"
    )
