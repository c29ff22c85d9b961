"""The open book: day by day, alike things counted together, each in a plain sentence."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from djmoney.money import Money

from coop.kit.days import today
from coop.kit.money import total, zero
from coop.portal import queries
from coop.portal.access import screen
from coop.portal.book_wishes import SORTS, Wishes
from coop.portal.by_day import Group, Place, days_of, grouped
from coop.portal.standing import Standing
from ledger import queries as ledger
from ledger.models import JournalEntry
from ledger.reports.decisions import OthersPay, pay_as_read_by, without_single_pay
from ledger.reports.statements.places import money_places_with_holders

#: So many days stand on a page, and at most so many entries.
MOST_DAYS, MOST_ROWS = 4, 240
#: So many months are drawn.
MOST_MONTHS = 6
Kind = JournalEntry.Kind

#: The picture of each kind of entry: (icon, dye). Everything else is a coin.
PICTURES: dict[str, tuple[str, str]] = {
    Kind.PIECE_PASSED: ("knit", "pink"),
    Kind.SALE: ("bundle", "chilca"),
    Kind.COST_OF_SALE: ("bundle", "fawn"),
    Kind.SALE_RETURNED: ("bundle", "none"),
    Kind.DEPOSIT_RECEIVED: ("coins", "chilca"),
    Kind.RECEIVABLE_SETTLED: ("coins", "chilca"),
    Kind.WOOL_BOUGHT: ("wool", "lake"),
    Kind.WOOL_ISSUED: ("wool", "pink"),
    Kind.WOOL_RETURNED: ("wool", "chilca"),
    Kind.WOOL_WASTED: ("wool", "none"),
    Kind.MEMBER_PAID: ("give", "qolle"),
    Kind.ADVANCE_PAID: ("give", "lake"),
    Kind.SUPPLIER_PAID: ("give", "fawn"),
    Kind.EXPENSE_PAID: ("give", "fawn"),
    Kind.REVERSAL: ("rub", "none"),
    Kind.OPENING: ("book", "qolle"),
}


@dataclass(frozen=True)
class Row:
    """An entry, told; `headline` where others may be like it."""

    entry: JournalEntry
    sentence: str
    headline: ledger.Headline | None
    #: She may look at the photograph of its receipt.
    has_paper: bool = False


@dataclass(frozen=True)
class Line:
    """One or several alike entries of a day."""

    rows: list[Row]
    picture: str
    dye: str

    @property
    def count(self) -> int:
        """How many."""
        return len(self.rows)

    @property
    def first(self) -> Row:
        """The newest, which stands for all."""
        return self.rows[0]

    @property
    def total(self) -> Money:
        """What they moved together."""
        amounts = [row.headline.amount for row in self.rows if row.headline]
        return total(amounts, amounts[0].currency.code if amounts else None)


def _alike(row: Row) -> Hashable:
    """Entries with the same headline and currency; those without one stand alone."""
    told = row.headline
    if told is None:
        return row.entry.pk
    return (told.kind, told.is_undone, told.amount.currency.code)


def _line(group: Group[Row]) -> Line:
    picture, dye = PICTURES.get(group.first.entry.kind, ("coins", "qolle"))
    return Line(group.rows, picture, dye)


def may_read(standing: Standing) -> bool:
    """Members and officers; who left reads the public page."""
    return standing.may_read_book


#: A month's money is drawn in so many stitches at most.
_MOST_STITCHES = 10


@dataclass(frozen=True)
class MonthLine:
    """A month: what came in and what went out, each in stitches beside the months around it."""

    month: ledger.Month
    came_in: int
    went_out: int


@dataclass(frozen=True)
class FlowLine:
    """What money came in or went out for, in stitches beside the largest."""

    flow: ledger.Flow
    stitches: int


def _months() -> list[MonthLine]:
    months = ledger.money_by_month(MOST_MONTHS)
    most = max((one.largest for one in months), default=zero())
    return [
        MonthLine(one, _stitches(one.came_in, most), _stitches(one.went_out, most))
        for one in months
        if one.largest.amount
    ]


def _flows(month: date) -> dict[str, list[FlowLine]]:
    flows = ledger.flows_of_month(month)
    most = max((one.size for one in flows), default=zero())
    lines = [FlowLine(one, _stitches(one.size, most)) for one in flows]
    return {
        "came_in": [one for one in lines if one.flow.amount.amount > 0],
        "went_out": [one for one in lines if one.flow.amount.amount < 0],
    }


def _stitches(amount: Money, most: Money) -> int:
    """As long as the amount is beside the largest; whatever is not nothing has a stitch."""
    if not amount.amount:
        return 0
    return max(1, round(amount.amount * _MOST_STITCHES / most.amount))


@require_safe
@screen(may_read)
def book(request: HttpRequest, standing: Standing) -> HttpResponse:
    """What the house has and owes, month by month, then what happened, the newest first.

    The address may wish for a month, one sort of things, or some words.
    """
    pay = pay_as_read_by(standing.user)
    wishes = Wishes.read(request.GET)
    page = days_of(
        without_single_pay(wishes.entries) if pay == OthersPay.TOTALS else wishes.entries,
        place=Place.read(request.GET.get("from", "")),
        order="id",
        most_days=MOST_DAYS,
        most_rows=MOST_ROWS,
    )
    told = ledger.described(page.rows, names=pay == OthersPay.BY_NAME)
    papers = ledger.papers_of(page.rows, standing.user)
    rows = [
        Row(entry, told[entry.pk], ledger.headline(entry), entry.pk in papers)
        for entry in page.rows
    ]
    days = grouped(rows, day=lambda row: row.entry.day, alike=_alike)
    context = {
        "standing": standing,
        "page": page,
        "hides_pay": pay == OthersPay.TOTALS,
        "wishes": wishes,
        "sorts": SORTS,
        "days": [(day, [_line(group) for group in groups]) for day, groups in days],
    }
    if page.is_first and not wishes:
        context |= {
            "summary": ledger.open_book_summary(),
            "places": money_places_with_holders(today()),
            "reads_names": pay == OthersPay.BY_NAME,
            "months": _months(),
            "overdue": queries.overdue_advances(names=pay == OthersPay.BY_NAME),
        }
    if page.is_first and wishes.month:
        context["flows"] = _flows(wishes.month)
    return render(request, "portal/book.html", context)
