"""Where each sol went, as a picture before a table: months in stitches, a month as a hundred."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.safestring import SafeString
from djmoney.money import Money

from coop.kit import hundred
from coop.kit.money import zero
from coop.portal.book_lines import picture_of
from ledger import open_pages
from ledger import queries as ledger
from ledger.reports.reading import Reading

#: So many months are drawn; to so many there is a way.
MOST_MONTHS, MOST_WAYS = 6, 24
#: So many years are offered at most.
MOST_YEARS = 60
#: Money is drawn in so many stitches at most.
_MOST_STITCHES = 10


@dataclass(frozen=True)
class MonthLine:
    """Some months, mostly one: what came in and what went out, each in stitches beside the months around it."""

    month: ledger.Month
    came_in: int
    went_out: int


@dataclass(frozen=True)
class FlowLine:
    """What money came in or went out for, in stitches beside the largest."""

    flow: ledger.Flow
    stitches: int
    picture: str
    dye: str


@dataclass(frozen=True)
class ShareLine:
    """A part of everything that went out: two stitches as it is drawn, its stitches of a hundred."""

    swatch: SafeString
    share: hundred.Share
    key: str


@dataclass(frozen=True)
class MonthFlows:
    """Where the money of some months, mostly one, came from and went."""

    since: date
    until: date
    came_in: list[FlowLine]
    went_out: list[FlowLine]
    chart: SafeString
    shares: list[ShareLine]

    @property
    def is_one(self) -> bool:
        """Whether it is a month by itself."""
        return (self.since.year, self.since.month) == (self.until.year, self.until.month)


def months_for(reading: Reading, year: date | None = None) -> list[MonthLine]:
    """The months of two years, or of `year`, the newest first, but those in which nothing moved;
    where pay is told in totals only, those of which it is told.
    """
    if reading.hides_pay:
        told = [(one.since, one.until) for one in reading.told]
        is_of = [one for one in told if year and one[0].year <= year.year <= one[1].year]
        spans = is_of if year else told[:MOST_WAYS]
    elif year:
        until = min(date(year.year, 12, 31), reading.day or date.max)
        spans = ledger.newest_months(until.month, until=until) if until.year == year.year else []
    else:
        spans = ledger.newest_months(MOST_WAYS)
    months = ledger.money_in(spans)
    most = max((one.largest for one in months[: None if year else MOST_MONTHS]), default=zero())
    return [
        MonthLine(one, _stitches(one.came_in, most), _stitches(one.went_out, most))
        for one in months
        if one.largest.amount or one.not_counted
    ]


def years_for(reading: Reading) -> list[date]:
    """The years of months to which `months_for` has no way by itself, each by its first day, the
    newest first (a query).
    """
    if reading.hides_pay:
        further = [one.since for one in reading.told[MOST_WAYS:]]
        return [date(one, 1, 1) for one in sorted({day.year for day in further}, reverse=True)]
    first = ledger.first_day()
    oldest = ledger.newest_months(MOST_WAYS)[-1][0]
    if first is None or first >= oldest:
        return []
    newest = (oldest - timedelta(days=1)).year
    return [date(one, 1, 1) for one in range(newest, first.year - 1, -1)][:MOST_YEARS]


def flows_for(reading: Reading, month: date) -> MonthFlows | None:
    """Where the money of a month came from and went; None where that would tell single pay."""
    since, until = ledger.whole_month(month)
    if reading.hides_pay:
        told = next((one for one in reading.told if one.overlaps(month)), None)
        if told is None:
            return None
        since, until = told.since, told.until
    flows = ledger.flows_in(since, until)
    most = max((one.size for one in flows), default=zero())
    lines = [FlowLine(one, _stitches(one.size, most), *picture_of(one.kind)) for one in flows]
    shares = [one for one in hundred.shares(open_pages.spent(flows)) if one.amount.amount > 0]
    return MonthFlows(
        since=since,
        until=until,
        came_in=[one for one in lines if one.flow.amount.amount > 0],
        went_out=[one for one in lines if one.flow.amount.amount < 0],
        chart=hundred.chart(shares) if shares else SafeString(""),
        shares=_share_lines(shares),
    )


def _share_lines(shares: Sequence[hundred.Share]) -> list[ShareLine]:
    return [ShareLine(hundred.swatch(one.kind), one, f"went-to-{one.kind}") for one in shares]


def _stitches(amount: Money, most: Money) -> int:
    """As long as the amount is beside the largest; whatever is not nothing has a stitch."""
    if not amount.amount:
        return 0
    if amount >= most:
        return _MOST_STITCHES
    return max(1, round(amount.amount * _MOST_STITCHES / most.amount))
