"""What closing days would do, and where it stands: read, never written."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Q, QuerySet
from djmoney.money import Money

from coop.kit import days
from coop.kit.money import books_currency, from_minor, to_minor, zero
from ledger.errors import RateMissing
from ledger.models import Account, Closing, JournalEntry, Posting
from ledger.queries.balances import nets_as_of
from ledger.queries.places import closed_until, first_day
from ledger.queries.rates import at_rate, rate_on

Role, Scope = Account.Role, Closing.Scope


@dataclass(frozen=True)
class Revalued:
    """Money of another currency that we hold (or owe: negative), at the rate of the last day."""

    held: Money
    rate: Decimal
    worth: Money


@dataclass(frozen=True)
class ClosingPlan:
    """What closing every day from `first` to `last_day` means, as the books stand now."""

    first: date | None
    last_day: date
    scope: str
    entries: int
    revalued: list[Revalued]
    booked: Money  # what the books say that all of `revalued` is worth
    gain: Money
    income: Money
    expenses: Money
    result: Money

    @property
    def is_year(self) -> bool:
        """Whether a year's result is made."""
        return self.scope == Scope.YEAR


def scope_of(last_day: date) -> str:
    """A year ends on 31 December, a month on its last day; anything else is days."""
    if (last_day.month, last_day.day) == (12, 31):
        return Scope.YEAR
    return Scope.MONTH if (last_day + timedelta(days=1)).day == 1 else Scope.DAYS


def plan_closing(last_day: date) -> ClosingPlan:
    """What closing up to `last_day` would do. Raises RateMissing."""
    closed, scope = closed_until(), scope_of(last_day)
    entries = JournalEntry.objects.filter(day__lte=last_day)
    if closed is not None:
        entries = entries.filter(day__gt=closed)
    nets = nets_as_of(last_day)
    accounts = list(Account.objects.filter(pk__in=nets))
    revalued, booked = _revalued(accounts, nets, last_day)
    gain = sum((one.worth for one in revalued), zero()) - booked
    income, expenses = (
        _earned(accounts, nets, last_day) if scope == Scope.YEAR else (zero(), zero())
    )
    if scope == Scope.YEAR:
        income += max(gain, zero())
        expenses += max(-gain, zero())
    return ClosingPlan(
        first=closed + timedelta(days=1) if closed else first_day(),
        last_day=last_day,
        scope=scope,
        entries=entries.count(),
        revalued=revalued,
        booked=booked,
        gain=gain,
        income=income,
        expenses=expenses,
        result=income - expenses,
    )


def _revalued(
    accounts: list[Account], nets: dict[int, int], day: date
) -> tuple[list[Revalued], Money]:
    """What other currencies passed into our hands through exchange, and what the books gave for it.

    The exchange accounts of a currency hold, with the other sign, what we have of it; that of the
    books' currency holds what it cost, less what was revalued before.
    """
    through: dict[str, int] = defaultdict(int)
    for one in accounts:
        if one.role == Role.EXCHANGE:
            through[one.currency] += nets[one.pk]
    booked = from_minor(through.pop(books_currency(), 0))
    revalued = []
    for currency in sorted(through):
        held = from_minor(-through[currency], currency)
        if held.amount:
            rate = rate_on(currency, day)
            revalued.append(Revalued(held, rate, at_rate(held, rate)))
    return revalued, booked


def results_by_currency(last_day: date) -> dict[str, list[tuple[Account, int]]]:
    """Accounts of income and expense that hold something at the end of `last_day`, by currency.

    With each, its debits minus credits.
    """
    nets = nets_as_of(last_day)
    kinds = (Account.Kind.INCOME, Account.Kind.EXPENSE)
    found: dict[str, list[tuple[Account, int]]] = defaultdict(list)
    for one in Account.objects.filter(pk__in=nets, kind__in=kinds).order_by("code"):
        if nets[one.pk]:
            found[one.currency].append((one, nets[one.pk]))
    return found


def _earned(accounts: list[Account], nets: dict[int, int], day: date) -> tuple[Money, Money]:
    """Income and expenses since the last result, in the books' currency.

    Another currency's are worth what they come to together, as the closing's entry books them.
    """
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for one in accounts:
        if one.kind in {Account.Kind.INCOME, Account.Kind.EXPENSE}:
            sums[one.currency, one.kind] += nets[one.pk]
    books = books_currency()
    income = from_minor(-sums[books, Account.Kind.INCOME])
    expenses = from_minor(sums[books, Account.Kind.EXPENSE])
    for currency in sorted({code for code, _kind in sums} - {books}):
        both = -sums[currency, Account.Kind.INCOME] - sums[currency, Account.Kind.EXPENSE]
        worth = at_rate(from_minor(both, currency), rate_on(currency, day)) if both else zero()
        income += max(worth, zero())
        expenses += max(-worth, zero())
    return income, expenses


def is_as_asked(closing: Closing, plan: ClosingPlan) -> bool:
    """Whether the books still are what the closing, and those who signed it, say."""
    return (plan.scope, plan.entries, to_minor(plan.gain), to_minor(plan.result)) == (
        closing.scope,
        closing.entries,
        closing.gain_minor,
        closing.result_minor,
    )


def is_stale(closing: Closing) -> bool:
    """Whether a closing that waits can no longer be signed: its days are not what they were.

    While a rate is missing nobody can tell.
    """
    if closing.status != Closing.Status.ASKED:
        return False
    try:
        return not is_as_asked(closing, plan_closing(closing.last_day))
    except RateMissing:
        return False


def next_last_days(most: int = 18) -> list[date]:
    """The ends of months that can be closed now, the oldest first; a year's end stops the list."""
    closed, first = closed_until(), first_day()
    begins = closed + timedelta(days=1) if closed else first
    if begins is None:
        return []
    ends: list[date] = []
    month = days.month_of(begins)
    while len(ends) < most:
        end = days.next_month(month) - timedelta(days=1)
        if end >= days.today():
            break
        ends.append(end)
        if end.month == 12:
            break
        month = days.next_month(month)
    return ends


def closing_waiting() -> Closing | None:
    """The closing that waits for signatures, if there is one."""
    return Closing.objects.filter(status=Closing.Status.ASKED).first()


def closings() -> QuerySet[Closing]:
    """All that were ever asked for, the newest first, with who asked and who signed."""
    return Closing.objects.select_related("requested_by").prefetch_related("signatures__signer")


def results_taken(accounts: Q, since: date, before: date) -> dict[tuple[int, date], int]:
    """What closing years took from `accounts`, by account and month: debits minus credits.

    The closing of a year brings income and expenses to zero on its last day. Whoever tells what
    was earned in some days takes this away again; it is one entry a year.
    """
    rows = Posting.objects.filter(
        accounts, entry__kind=JournalEntry.Kind.RESULT, day__gte=since, day__lt=before
    )
    nets: dict[tuple[int, date], int] = defaultdict(int)
    for one in rows:
        nets[one.account_id, days.month_of(one.day)] += one.signed_minor
    return nets
