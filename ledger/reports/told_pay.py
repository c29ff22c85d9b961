"""What those who knit earned and were paid, in sums from which no single amount can be reckoned.

Where the assembly decided that others' pay is shown in totals only, these sums stand in the place
of the single entries (`decisions.without_single_pay`). They give no single amount away:

- A sum is of three women or more. Of one it would be her amount, of two each could take her own
  off and have the other's. A month with fewer goes together with the months that follow, until it
  is enough.
- A month is told once it is closed. Where nobody closes it, it is told by itself when the month
  after it is over too. While it can still grow, each new payment would make the sum larger by just
  that payment, for whoever looks before and after; and so would a late entry.
- Therefore a month into which pay was written after it could have been told is told no longer. It
  goes together with what follows, and what follows must be three women or more by itself: all that
  somebody can reckon by looking before and after is then a sum of three. Only if it was closed
  meanwhile, and that late pay is of three women or more, it stands as it is.
- For the same reason such a reader sees what the house holds, and what came in and went out, at
  the end of the last month that is told, not as of today (`last_told_day`): every other entry stands in the
  book with its amount, so that today's money less those would leave the pay.

Sums are what was written to the members' accounts and taken from them, as each month keeps it:
what was taken off counts as paid, and what was undone counts on both sides.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, DateTimeField, ExpressionWrapper, F, Max, Q, Sum
from django.db.models.functions import TruncMonth
from django.utils.timezone import localdate
from djmoney.money import Money

from coop.kit import days
from coop.kit.days import next_month
from coop.kit.money import books_currency, from_minor
from ledger.models import Account, AccountMonth, Posting
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


@dataclass(frozen=True)
class Late:
    """Pay of one woman that was written so late that its month may have been told before."""

    account: int
    side: str
    month: date
    written: date


def told_from(month: date) -> date:
    """The day from which a month, by its first day, is told by itself: the next one is over too."""
    return next_month(next_month(month))


def told_pay() -> list[ToldPay]:
    """All sums that may be told, the newest first (three queries; a row for each month, and for
    each woman and month in which her pay was written late).
    """
    closed, today, late = closed_until() or date.min, days.today(), _late()
    found: list[ToldPay] = []
    # Whole months that wait, and those of them that nobody can have read before.
    open_: ToldPay | None = None
    unread: ToldPay | None = None
    for month in _months():
        if month.until > closed and today < told_from(month.since):
            break
        open_ = _together(open_, month) if open_ else month
        unread = _together(unread, month) if unread else month
        if not (_is_enough(unread.earners) and _is_enough(unread.payees)):
            continue
        if _may_be_told(open_, late, is_closed=open_.until <= closed):
            found.append(open_)
            open_ = None
        unread = None
    return found[::-1]


def _may_be_told(months: ToldPay, late: Iterable[Late], *, is_closed: bool) -> bool:
    """Whether nothing was written into them since somebody may have read them; or nothing more
    will be, and what was is of enough women.
    """
    day = told_from(days.month_of(months.until))
    since = [one for one in late if months.overlaps(one.month) and one.written >= day]
    women = {side: {one.account for one in since if one.side == side} for side in Posting.Side}
    return not since or (is_closed and all(_is_enough(len(one)) for one in women.values()))


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


def _late() -> list[Late]:
    """Pay that was written four weeks or more after its day, the latest of each woman and month.

    What was written sooner cannot be late: its month was not told yet.
    """
    hers = Posting.objects.filter(
        account__parent__role=Account.Role.MEMBERS_PAYABLE, account__currency=books_currency()
    )
    soon = ExpressionWrapper(F("day") + timedelta(weeks=4), output_field=DateTimeField())
    rows = (
        hers.filter(entry__created_at__gte=soon)
        .order_by()
        .annotate(month=TruncMonth("day"))
        .values_list("account", "side", "month")
        .annotate(written=Max("entry__created_at"))
    )
    return [
        Late(account, side, month, localdate(written)) for account, side, month, written in rows
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
