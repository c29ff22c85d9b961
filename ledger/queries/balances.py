"""Accounts and their balances, now and as of a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Sum, Value, When
from djmoney.money import Money

from coop.kit import days
from coop.kit.money import books_currency, from_minor
from coop.kit.prepared import prepared_cursor
from ledger.errors import AccountMissing
from ledger.models import Account, AccountBalance, AccountMonth, Payment, Posting
from ledger.models.accounts import NET_OF_MONTH

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


def natural(account: Account, amount_minor: int) -> Money:
    return from_minor(account.natural_sign * amount_minor, account.currency)


#: Plain SQL: no question is asked of the books more often.
_KEPT = "SELECT seq, amount_minor FROM ledger_accountbalance WHERE account_id = {mark}"


def kept_of(account: Account) -> tuple[int, int]:
    """How many postings the account has, and its debits minus credits in minor units.

    Raises AccountBalance.DoesNotExist for an account that is in no database.
    """
    with prepared_cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_KEPT.format(mark="%s::bigint"), [str(account.pk)])
        else:
            cursor.execute(_KEPT.format(mark="%s"), [account.pk])
        found = cursor.fetchone()
    if found is None:
        raise AccountBalance.DoesNotExist
    return found[0], found[1]


def balance(account: Account) -> Money:
    """What is on the account now, positive on its natural side."""
    return natural(account, kept_of(account)[1])


def balances(accounts: Iterable[Account]) -> dict[int, Money]:
    """What is on each of these accounts now, by their keys, in the order asked."""
    by_key = {one.pk: one for one in accounts}
    kept = AccountBalance.objects.filter(account__in=by_key)
    amounts = dict(kept.values_list("account_id", "amount_minor"))
    return {key: natural(one, amounts[key]) for key, one in by_key.items() if key in amounts}


def balance_on(account: Account, day: date) -> Money:
    """What was on the account at the end of `day`, by the entries' business days."""
    return natural(account, nets_as_of(day, account).get(account.pk, 0))


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
    return [AccountLine(one, natural(one, one.kept_balance.amount_minor)) for one in rows]


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
