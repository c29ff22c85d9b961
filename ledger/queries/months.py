"""Month by month: what came in and what went out, and where it went in one of them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Sum
from django.db.models.functions import TruncMonth
from djmoney.money import Money

from coop.kit import days
from coop.kit.money import books_currency, from_minor
from ledger.models import Posting
from ledger.queries.journal import BETWEEN
from ledger.queries.open_book import Flow, flows_between


@dataclass(frozen=True)
class Month:
    """Money of the books' currency in a month; `month` is its first day."""

    month: date
    came_in: Money
    went_out: Money

    @property
    def largest(self) -> Money:
        """The larger of the two."""
        return max(self.came_in, self.went_out)


def money_by_month(months: int, *, until: date | None = None) -> list[Month]:
    """The newest months, the newest first, up to `until` (today); one query.

    What only went from one of our places to another counts in neither. Money that came in and
    was undone counts in both, each in its month, as it stands in the journal.
    """
    last = days.month_of(until or days.today())
    since = days.months_back(last, months - 1)
    rows = (
        Posting.objects.filter(
            account__is_money=True,
            account__currency=books_currency(),
            day__gte=since,
            day__lt=days.next_month(last),
        )
        .exclude(entry__kind__in=BETWEEN)
        .exclude(entry__reverses__kind__in=BETWEEN)
        .order_by()
        .annotate(month=TruncMonth("day"))
        .values_list("month", "side")
        .annotate(sum=Sum("amount_minor"))
    )
    sums: dict[tuple[date, str], int] = defaultdict(int)
    for month, side, amount in rows:
        sums[month, side] += amount
    debit, credit = Posting.Side.DEBIT, Posting.Side.CREDIT
    newest_first = [days.months_back(last, back) for back in range(months)]
    return [
        Month(one, from_minor(sums[one, debit]), from_minor(sums[one, credit]))
        for one in newest_first
    ]


def flows_of_month(month: date) -> list[Flow]:
    """What came in and went out in a month by what it was for, the largest first."""
    first = days.month_of(month)
    return flows_between(first, days.next_month(first) - timedelta(days=1))
