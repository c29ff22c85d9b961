"""Month by month: what came in and what went out, and where it went in one of them.

Money of every currency counts, what is in another at the rate of its day. Where nobody knew a
rate then, it is not counted, and its currency is named.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, F, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce, TruncMonth
from djmoney.money import Money

from coop.kit import days
from coop.kit.money import books_currency, from_minor, zero
from ledger.models import JournalEntry, Posting
from ledger.queries.journal import BETWEEN
from ledger.queries.open_book import Flow, paid_expenses
from ledger.queries.rates import RatesBetween
from ledger.queries.words import category

#: From the first day to the last of some whole months, mostly of one.
Months = tuple[date, date]
_NET = Case(When(side="debit", then=F("amount_minor")), default=Value(0) - F("amount_minor"))


@dataclass(frozen=True)
class Month:
    """Money in the months from `since` to `until`, mostly one, in the books' currency."""

    since: date
    until: date
    came_in: Money
    went_out: Money
    not_counted: frozenset[str] = frozenset()

    @property
    def largest(self) -> Money:
        """The larger of the two."""
        return max(self.came_in, self.went_out)

    @property
    def is_one(self) -> bool:
        """Whether it is a month by itself."""
        return days.month_of(self.until) == self.since


def whole_month(month: date) -> Months:
    """The days of a month, by its first."""
    return month, days.next_month(month) - timedelta(days=1)


def newest_months(many: int, *, until: date | None = None) -> list[Months]:
    """The newest months, the newest first, up to `until` (today)."""
    last = days.month_of(until or days.today())
    return [whole_month(days.months_back(last, back)) for back in range(many)]


def money_in(spans: Sequence[Months]) -> list[Month]:
    """What came in and went out in each of `spans`; two queries for all of them,
    and two more for the rates where money came in other currencies.

    What only went from one of our places to another counts in neither. Money that came in and
    was undone counts in both, each in its month, as it stands in the journal.
    """
    if not spans:
        return []
    since, until = min(one[0] for one in spans), max(one[1] for one in spans)
    place = {month: at for at, span in enumerate(spans) for month in _months_of(span)}
    sums: dict[tuple[int, str], Money] = defaultdict(zero)
    unknown: dict[int, set[str]] = defaultdict(set)
    for day, side, amount, worth in _moved(since, until):
        at = place.get(days.month_of(day))
        if at is None:
            continue
        if worth is None:
            unknown[at].add(amount.currency.code)
        else:
            sums[at, side] += worth
    debit, credit = Posting.Side.DEBIT, Posting.Side.CREDIT
    return [
        Month(*span, sums[at, debit], sums[at, credit], frozenset(unknown[at]))
        for at, span in enumerate(spans)
    ]


def _months_of(span: Months) -> Iterable[date]:
    month = span[0]
    while month <= span[1]:
        yield month
        month = days.next_month(month)


def _money(since: date, until: date) -> QuerySet[Posting]:
    """Postings on places of money, but what stays in the house."""
    found = Posting.objects.filter(account__is_money=True, day__gte=since, day__lte=until)
    return (
        found.exclude(entry__kind__in=BETWEEN).exclude(entry__reverses__kind__in=BETWEEN).order_by()
    )


def _moved(since: date, until: date) -> Iterable[tuple[date, str, Money, Money | None]]:
    """Day (or month), side, amount and what that was worth then; the books' currency by month."""
    money = _money(since, until)
    home = money.filter(account__currency=books_currency()).annotate(month=TruncMonth("day"))
    for month, side, minor in home.values_list("month", "side").annotate(sum=Sum("amount_minor")):
        yield month, side, from_minor(minor), from_minor(minor)
    abroad = money.exclude(account__currency=books_currency())
    rows = abroad.values_list("account__currency", "day", "side").annotate(sum=Sum("amount_minor"))
    for code, day, side, minor, worth in _valued(rows, since, until):
        yield day, side, from_minor(minor, code), worth


def _valued(
    rows: Iterable[tuple[str, date, str, int]], since: date, until: date
) -> Iterable[tuple[str, date, str, int, Money | None]]:
    """Currency, day, something and minor units, with their worth then; the rates are read once."""
    found = list(rows)
    rates = RatesBetween(since, until) if found else None
    for code, day, what, minor in found:
        amount = from_minor(minor, code)
        yield code, day, what, minor, rates.worth(amount, day) if rates else None


def flows_in(since: date, until: date) -> list[Flow]:
    """What came in and went out between two days by what it was for, the largest first.

    Money of every currency, as above. What only went from one of our places to another is left
    out; a reversal counts against the kind that it undoes; expenses are told by their account.
    """
    told = _money(since, until).annotate(what=Coalesce("entry__reverses__kind", "entry__kind"))
    home = told.filter(account__currency=books_currency())
    sums: dict[str, Money] = defaultdict(zero)
    for kind, net in home.values_list("what").annotate(net=Sum(_NET)):
        sums[kind] += from_minor(net)
    paid = JournalEntry.Kind.EXPENSE_PAID
    expenses = paid_expenses(since, until) if sums.get(paid) else {}
    sums[paid] += from_minor(sum(expenses.values()))
    abroad = told.exclude(account__currency=books_currency())
    rows = abroad.values_list("account__currency", "day", "what").annotate(net=Sum(_NET))
    for _code, _day, kind, _net, worth in _valued(rows, since, until):
        sums[kind] += worth or zero()
    flows = [Flow(kind, category(kind), one) for kind, one in sums.items() if one.amount]
    flows += [Flow(paid, one.name, from_minor(-spent)) for one, spent in expenses.items()]
    return sorted(flows, key=lambda one: (-abs(one.amount.amount), one.label))
