"""What is on the accounts at the end of a day, and what was earned and spent between two days.

Everything comes from the sums by month that are kept beside the accounts, and from the days of
one month: never from all postings. Amounts in other currencies count in the books' currency at the
rate of the day that is asked about; what was earned or spent in one, at the rate of the last day of
its month. A currency of which no rate is known is left out whole, and named.
"""

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Case, F, Q, Sum, Value, When

from coop.kit.days import month_of, next_month
from coop.kit.money import books_currency, from_minor, to_minor
from ledger.models import Account, AccountMonth, ExchangeRate, JournalEntry, Posting
from ledger.models.accounts import NET_OF_MONTH
from ledger.queries import at_rate, nets_as_of
from ledger.reports.spans import EVER, ONE_DAY, Span

Kind, Role = Account.Kind, Account.Role
RESULT_KINDS = (Kind.INCOME, Kind.EXPENSE)
#: These entries take a year's result to the funds: they earn and spend nothing.
CLOSING_KINDS = (JournalEntry.Kind.SURPLUS, JournalEntry.Kind.RESULT)
NET = Case(When(side="debit", then=F("amount_minor")), default=Value(0) - F("amount_minor"))


class Rates:
    """What other currencies cost on any day, read once."""

    def __init__(self) -> None:
        self._days: dict[str, list[date]] = defaultdict(list)
        self._rates: dict[str, list[Decimal]] = defaultdict(list)
        for one in ExchangeRate.objects.order_by("currency", "day", "version"):
            if self._days[one.currency][-1:] == [one.day]:
                self._rates[one.currency][-1] = one.rate
                continue
            self._days[one.currency].append(one.day)
            self._rates[one.currency].append(one.rate)

    def on(self, currency: str, day: date) -> Decimal | None:
        """The newest on `day` or before; None where nobody knew one yet."""
        if currency == books_currency():
            return Decimal(1)
        place = bisect_right(self._days.get(currency, []), day)
        return self._rates[currency][place - 1] if place else None

    def worth(self, minor: int, currency: str, day: date) -> int | None:
        """Minor units of `currency` in those of the books' currency; None without a rate."""
        if currency == books_currency() or not minor:
            return minor
        rate = self.on(currency, day)
        return None if rate is None else to_minor(at_rate(from_minor(minor, currency), rate))


@dataclass
class House:
    """The accounts and the rates, read once for all spans of a report."""

    accounts: list[Account] = field(
        default_factory=lambda: list(
            Account.objects.select_related("holder", "parent").order_by("code")
        )
    )
    rates: Rates = field(default_factory=Rates)

    def of_kind(self, *kinds: str) -> list[Account]:
        """The accounts of these kinds, by code."""
        return [one for one in self.accounts if one.kind in kinds]

    @property
    def currencies(self) -> list[str]:
        """Of the accounts: the books' own first."""
        books = books_currency()
        return sorted(
            {one.currency for one in self.accounts}, key=lambda code: (code != books, code)
        )


class Position:
    """Every account at the end of `day`, in minor units of the books' currency: debits minus credits.

    In each other currency the exchange account is worth the opposite of all other accounts of that
    currency together, so that nothing is lost in rounding and the whole always comes to nothing.
    """

    def __init__(self, house: House, day: date) -> None:
        self.house, self.day = house, day
        self.nets = nets_as_of(day)
        used = {one.currency for one in house.accounts if self.nets.get(one.pk)}
        #: Currencies in which something is, and of which nobody knows what they cost.
        self.unknown = sorted(code for code in used if house.rates.on(code, day) is None)
        self.results = accumulated(house, day, self.nets)

    def worth(self, account: Account) -> int:
        """What an account that is neither exchange nor income nor expense is worth."""
        if account.currency in self.unknown:
            return 0
        return self.house.rates.worth(self.nets.get(account.pk, 0), account.currency, self.day) or 0

    @property
    def result(self) -> int:
        """Income minus expenses since the books began, so far as nothing took it to the funds."""
        return -sum(self.results.values())

    @property
    def exchange_gain(self) -> int:
        """What other currencies gained (or lost) and no entry has told yet."""
        others = sum(self.worth(one) for one in self.house.accounts if not _floats(one))
        return others - self.result


def _floats(account: Account) -> bool:
    """Exchange accounts follow from all others; results have ways of their own."""
    return account.role == Role.EXCHANGE or account.kind in RESULT_KINDS


def accumulated(house: House, day: date, nets: dict[int, int]) -> dict[int, int]:
    """Debits minus credits of income and expenses up to `day`, in the books' currency, by key."""
    found: dict[int, int] = {}
    abroad: list[Account] = []
    for one in house.of_kind(*RESULT_KINDS):
        if not nets.get(one.pk):
            continue
        if one.currency == books_currency():
            found[one.pk] = nets[one.pk]
        else:
            abroad.append(one)
    return found | _accumulated_abroad(house, abroad, day, nets) if abroad else found


def _accumulated_abroad(
    house: House, accounts: list[Account], day: date, nets: dict[int, int]
) -> dict[int, int]:
    """Whole months at the rate of their last day, the rest at that of `day`."""
    currencies = {one.pk: one.currency for one in accounts}
    months = AccountMonth.objects.filter(account__in=accounts, month__lt=month_of(day))
    found: dict[int, int] = defaultdict(int)
    rest = {key: nets[key] for key in currencies}
    for key, month, net in months.values_list("account", "month", NET_OF_MONTH):
        last = next_month(month) - ONE_DAY
        found[key] += house.rates.worth(net, currencies[key], last) or 0
        rest[key] -= net
    for key, net in rest.items():
        found[key] += house.rates.worth(net, currencies[key], day) or 0
    return found


def closings(house: House, span: Span) -> dict[int, int]:
    """What entries that took a result to the funds moved on income and expenses, by account."""
    kinds = Q(entry__kind__in=CLOSING_KINDS) | Q(entry__reverses__kind__in=CLOSING_KINDS)
    rows = (
        Posting.objects.filter(
            kinds,
            account__kind__in=RESULT_KINDS,
            day__gte=span.since or EVER,
            day__lte=span.until,
        )
        .order_by()
        .values_list("account", "account__currency", "day")
        .annotate(net=Sum(NET))
    )
    found: dict[int, int] = defaultdict(int)
    for key, currency, day, net in rows:
        last = min(next_month(month_of(day)) - ONE_DAY, span.until)
        found[key] += house.rates.worth(net, currency, last) or 0
    return found


def earned_and_spent(house: House, span: Span) -> dict[int, int]:
    """Debits minus credits of income and expenses in `span`, without what took results to the
    funds, by account; in the books' currency.
    """
    until = accumulated(house, span.until, nets_as_of(span.until))
    before = accumulated(house, span.day_before, nets_as_of(span.day_before)) if span.since else {}
    moved = closings(house, span)
    keys = until.keys() | before.keys() | moved.keys()
    return {key: until.get(key, 0) - before.get(key, 0) - moved.get(key, 0) for key in keys}


def turnover(span: Span, accounts: list[Account]) -> dict[int, tuple[int, int]]:
    """What was debited and credited on each of `accounts` in `span`, in minor units, by key:
    whole months as they are kept, and the days of the months that are not whole.
    """
    since = span.since or EVER
    first = since if since.day == 1 else next_month(since)
    last = month_of(span.until + ONE_DAY)  # the first month that is not whole
    sums = {one.pk: [0, 0] for one in accounts}
    days = Q(day__gte=since, day__lte=span.until)
    if first < last:
        days = Q(day__gte=since, day__lt=first) | Q(day__gte=last, day__lte=span.until)
        months = AccountMonth.objects.filter(
            account__in=accounts, month__gte=first, month__lt=last
        ).order_by()
        for key, debits, credits_ in months.values_list("account").annotate(
            debits=Sum("debits_minor"), credits=Sum("credits_minor")
        ):
            sums[key] = [debits, credits_]
    postings = Posting.objects.filter(days, account__in=accounts).order_by()
    sides = {Posting.Side.DEBIT: 0, Posting.Side.CREDIT: 1}
    for key, side, sum_ in postings.values_list("account", "side").annotate(
        sum=Sum("amount_minor")
    ):
        sums[key][sides[Posting.Side(side)]] += sum_
    return {key: (debits, credits_) for key, (debits, credits_) in sums.items()}
