"""What those who knit earned and were paid, in sums from which no single amount can be reckoned.

Where the assembly decided that others' pay is shown in totals only, these sums stand in the place
of the single entries (`decisions.without_single_pay`). They give no single amount away:

- A sum is of three women or more. Of one it would be her amount, of two each could take her own
  off and have the other's. A month with fewer goes together with the months that follow, until it
  is enough.
- Only closed months are told. In an open one each new payment would make the sum larger by just
  that payment, for whoever looks before and after; and so would a late entry.
- For the same reason such a reader sees what the house holds, and what came in and went out, at
  the end of the last month that is told, not as of today (`last_told_day`): every other entry stands in the
  book with its amount, so that today's money less those would leave the pay.

Sums are what was written to the members' accounts and taken from them, as each month keeps it:
what was taken off counts as paid, and what was undone counts on both sides.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, Sum
from djmoney.money import Money

from coop.kit.days import next_month
from coop.kit.money import books_currency, from_minor
from ledger.models import Account, AccountMonth
from ledger.queries import closed_until
from ledger.reports.decisions import FEWEST
from ledger.reports.spans import ONE_DAY


@dataclass(frozen=True)
class ToldPay:
    """Whole months, mostly one: what was earned and paid in them, and how many women that were.

    `earners` and `payees` are those of the month in which there were most.
    """

    since: date
    until: date
    earned: Money
    earners: int
    paid: Money
    payees: int

    @property
    def is_one(self) -> bool:
        """Whether it is a month by itself."""
        return next_month(self.since) > self.until

    def overlaps(self, month: date) -> bool:
        """Whether `month`, by its first day, is one of them."""
        return self.since <= month <= self.until


def told_pay() -> list[ToldPay]:
    """All sums that may be told, the newest first (two queries; a row for each month)."""
    closed = closed_until()
    if closed is None:
        return []
    found: list[ToldPay] = []
    open_: ToldPay | None = None
    for month in _months():
        if month.until > closed:
            break
        open_ = _together(open_, month) if open_ else month
        if _is_enough(open_.earners) and _is_enough(open_.payees):
            found.append(open_)
            open_ = None
    return found[::-1]


def last_told_day(told: Iterable[ToldPay]) -> date | None:
    """The day as of which sums are shown that contain pay; None before there is any."""
    return max((one.until for one in told), default=None)


def _is_enough(women: int) -> bool:
    return women == 0 or women >= FEWEST


def _months() -> list[ToldPay]:
    """Every month in which something moved on members' accounts, the oldest first."""
    hers = AccountMonth.objects.filter(
        account__parent__role=Account.Role.MEMBERS_PAYABLE, account__currency=books_currency()
    )
    rows = (
        hers.order_by("month")
        .values_list("month")
        .annotate(
            earned=Sum("credits_minor"),
            earners=Count("account", filter=Q(credits_minor__gt=0)),
            paid=Sum("debits_minor"),
            payees=Count("account", filter=Q(debits_minor__gt=0)),
        )
    )
    return [
        ToldPay(
            month,
            next_month(month) - ONE_DAY,
            from_minor(earned),
            earners,
            from_minor(paid),
            payees,
        )
        for month, earned, earners, paid, payees in rows
    ]


def _together(one: ToldPay, next_: ToldPay) -> ToldPay:
    return ToldPay(
        one.since,
        next_.until,
        one.earned + next_.earned,
        max(one.earners, next_.earners),
        one.paid + next_.paid,
        max(one.payees, next_.payees),
    )
