"""Accounts and their balances, now and as of a day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import overload

from django.core.paginator import Paginator
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Sum, Value, When
from djmoney.money import Money

from coop.kit import days
from coop.kit.money import books_currency, from_minor, zero
from ledger.errors import AccountMissing
from ledger.models import Account, AccountBalance, AccountMonth, Payment, Posting
from ledger.models.accounts import NET_OF_MONTH

PAGE_SIZE = 50

_NET = Case(When(side="debit", then=F("amount_minor")), default=Value(0) - F("amount_minor"))


def account(role: str, currency: str | None = None) -> Account:
    """The account that plays `role`, in the books' currency unless named.

    Raises AccountMissing.
    """
    code = currency or books_currency()
    found = Account.objects.filter(role=role, currency=code).first()
    if found is None:
        label = Account.Role(role).label if role in Account.Role.values else role
        raise AccountMissing(role=label, currency=code)
    return found


def _natural(account: Account, amount_minor: int) -> Money:
    return from_minor(account.natural_sign * amount_minor, account.currency)


def balance(account: Account) -> Money:
    """What is on the account now, positive on its natural side."""
    kept = AccountBalance.objects.values_list("amount_minor", flat=True).get(account=account)
    return _natural(account, kept)


def balances(accounts: Iterable[Account]) -> dict[int, Money]:
    """What is on each of these accounts now, by their keys, in the order asked."""
    by_key = {one.pk: one for one in accounts}
    kept = AccountBalance.objects.filter(account__in=by_key)
    amounts = dict(kept.values_list("account_id", "amount_minor"))
    return {key: _natural(one, amounts[key]) for key, one in by_key.items() if key in amounts}


def balance_on(account: Account, day: date) -> Money:
    """What was on the account at the end of `day`, by the entries' business days."""
    return _natural(account, nets_as_of(day, account).get(account.pk, 0))


def nets_as_of(day: date, account: Account | None = None) -> dict[int, int]:
    """Debits minus credits at the end of `day` (of one account, or of all) in minor units of each
    account's currency, by its key: whole months, and the days of one month.
    """
    of_account = Q(account=account) if account else Q()
    month = days.month_of(day)
    months = AccountMonth.objects.filter(of_account)
    ends_month = (day + timedelta(days=1)).day == 1
    whole = months.filter(month__lte=month) if ends_month else months.filter(month__lt=month)
    sums = whole.order_by().values_list("account_id").annotate(net=Sum(NET_OF_MONTH))
    nets: dict[int, int] = dict(sums)
    if not ends_month:
        tail = Posting.objects.filter(of_account, day__gte=month, day__lte=day)
        for key, net in tail.order_by().values_list("account_id").annotate(net=Sum(_NET)):
            nets[key] = nets.get(key, 0) + net
    return nets


@dataclass(frozen=True)
class AccountLine:
    """An account and what is on it, positive on its natural side."""

    account: Account
    balance: Money


def accounts_with_balances(accounts: QuerySet[Account] | None = None) -> list[AccountLine]:
    """Accounts (all, unless given) with what is on them now, by code."""
    chosen = Account.objects.all() if accounts is None else accounts
    rows = chosen.select_related("kept_balance", "holder", "parent").order_by("code")
    return [AccountLine(one, _natural(one, one.kept_balance.amount_minor)) for one in rows]


def member_accounts() -> QuerySet[Account]:
    """The members' accounts, those to whom most is owed first.

    `owed_minor` is what is owed to her, in minor units of the account's currency; negative
    where she owes the house.
    """
    return (
        Account.objects.of_members()
        .select_related("holder", "kept_balance")
        .annotate(owed_minor=Value(0) - F("kept_balance__amount_minor"))
        .order_by("-owed_minor", "code")
    )


def payable_members(currency: str | None = None) -> QuerySet[Account]:
    """The accounts of members who are owed something that was not asked for yet, by code."""
    waiting = Payment.objects.waiting().filter(to_account=OuterRef("pk"))
    return (
        Account.objects.of_members()
        .filter(
            ~Exists(waiting),
            currency=currency or books_currency(),
            holder__isnull=False,
            is_open=True,
            kept_balance__amount_minor__lt=0,
        )
        .select_related("holder", "parent", "kept_balance")
        .order_by("code")
    )


def asked_for(accounts: Iterable[Account]) -> dict[int, Payment]:
    """The newest payment that waits for each of these accounts, by their keys."""
    waiting = Payment.objects.waiting().filter(to_account__in=list(accounts)).order_by("pk")
    return {one.to_account_id: one for one in waiting}


class Statement(Sequence[Posting]):
    """An account's postings in the order of posting, the newest first, entries with them.

    `seq` counts without gaps: its length is the newest one, and any slice is a range of it, so
    that a paginator over ten million rows is as quick as over ten.
    """

    def __init__(self, account: Account) -> None:
        self.account = account
        self.kept = AccountBalance.objects.get(account=account)

    @property
    def balance(self) -> Money:
        """What is on the account now."""
        return _natural(self.account, self.kept.amount_minor)

    def __len__(self) -> int:
        return self.kept.seq

    @overload
    def __getitem__(self, place: int) -> Posting: ...
    @overload
    def __getitem__(self, place: slice) -> list[Posting]: ...
    def __getitem__(self, place: int | slice) -> Posting | list[Posting]:
        if isinstance(place, int):
            return self[place : place + 1][0]
        start, stop, _ = place.indices(len(self))
        newest, oldest = len(self) - start, len(self) - stop
        of_account = Posting.objects.filter(account=self.account, seq__lte=newest, seq__gt=oldest)
        rows = list(of_account.select_related("entry").order_by("-seq"))
        for one in rows:
            one.account = self.account
        return rows


@dataclass(frozen=True)
class StatementPage:
    """A page of an account's postings, the newest first, with the balance after each."""

    account: Account
    rows: list[Posting]
    number: int
    pages: int
    count: int

    @property
    def has_next(self) -> bool:
        """Whether older postings follow."""
        return self.number < self.pages

    @property
    def has_previous(self) -> bool:
        """Whether newer postings come before."""
        return self.number > 1


def statement(account: Account, page: int = 1, size: int = PAGE_SIZE) -> StatementPage:
    """Page `page` of the account's statement; a page beyond the last is the last."""
    paginator = Paginator(Statement(account), size)
    found = paginator.get_page(page)
    rows = list(found.object_list)
    return StatementPage(account, rows, found.number, paginator.num_pages, paginator.count)


@dataclass(frozen=True)
class TrialLine:
    """An account on the trial balance: its balance stands on one side, the other is None."""

    account: Account
    debit: Money | None
    credit: Money | None


@dataclass(frozen=True)
class TrialBalance:
    """Every account that holds something, currency by currency (the books' own first); in each
    of them both sides are equal.
    """

    as_of: date | None
    lines: list[TrialLine]

    @property
    def totals(self) -> list[tuple[str, Money, Money]]:
        """Currency, sum of debits, sum of credits; the books' own first."""
        sums: dict[str, tuple[Money, Money]] = {}
        for line in self.lines:
            code = line.account.currency
            debit, credit = sums.get(code, (zero(code), zero(code)))
            sums[code] = (debit + (line.debit or zero(code)), credit + (line.credit or zero(code)))
        return [(code, *both) for code, both in sums.items()]

    @property
    def is_balanced(self) -> bool:
        """Whether both sides are equal in each currency."""
        return all(debit == credit for _, debit, credit in self.totals)


def trial_balance(as_of: date | None = None) -> TrialBalance:
    """The trial balance at the end of `as_of`, or as it stands now."""
    if as_of is None:
        nets = dict(AccountBalance.objects.values_list("account_id", "amount_minor"))
    else:
        nets = nets_as_of(as_of)
    lines = []
    books = books_currency()
    accounts = sorted(
        Account.objects.select_related("holder").order_by("code"),
        key=lambda one: (one.currency != books, one.currency),
    )
    for one in accounts:
        net = nets.get(one.pk, 0)
        if net:
            amount = from_minor(abs(net), one.currency)
            lines.append(TrialLine(one, amount if net > 0 else None, amount if net < 0 else None))
    return TrialBalance(as_of, lines)
