"""Who gets what on a pay day: everything that is owed, or, with too little cash, by the rule.

Nothing is written here. Amounts are whole minor units, and what is given out is exactly what
there is, to the cent.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from djmoney.money import Money

from coop.kit.money import from_minor, to_minor
from ledger import queries
from ledger.cash.pay_rule import PayRule, Rule, rule_on
from ledger.models import Account, Payment, Posting


@dataclass(frozen=True, order=True)
class Debt:
    """A part of what is owed to somebody, since a day; `order` tells those of a day apart."""

    day: date
    order: int
    account_id: int
    minor: int


def oldest_first(debts: Iterable[Debt], available: int) -> dict[int, int]:
    """Pay debt after debt, the oldest first, until there is no more: amounts by account."""
    paid: dict[int, int] = {}
    left = max(0, available)
    for debt in sorted(debts):
        part = min(debt.minor, left)
        if part:
            paid[debt.account_id] = paid.get(debt.account_id, 0) + part
        left -= part
    return paid


def pro_rata(owed: Mapping[int, int], available: int) -> dict[int, int]:
    """To each the same part of what she is owed; the cents that are left go to the largest rests.

    Among equal rests the smaller key comes first, so that the same question has one answer.
    """
    total = sum(owed.values())
    share = min(max(0, available), total)
    if not total:
        return {}
    paid = {key: minor * share // total for key, minor in owed.items()}
    rests = sorted(owed, key=lambda key: (-(owed[key] * share % total), key))
    for key in rests[: share - sum(paid.values())]:
        paid[key] += 1
    return paid


@dataclass(frozen=True)
class PayLine:
    """A member on the list of a pay day."""

    account: Account
    owed: Money
    gets: Money

    @property
    def stays(self) -> Money:
        """What she is owed after it."""
        return self.owed - self.gets


@dataclass(frozen=True)
class PayPlan:
    """The list of a pay day, before anybody asks for it."""

    from_account: Account
    rule: PayRule
    held: Money
    promised: Money
    #: What stays in the place, for rent or wool.
    keep: Money
    lines: list[PayLine]

    @property
    def available(self) -> Money:
        """What is there, not asked for already and not kept; never below nothing."""
        return max(self.held - self.promised - self.keep, self.held * 0)

    @property
    def owed(self) -> Money:
        """What all are owed."""
        return sum((one.owed for one in self.lines), self.held * 0)

    @property
    def gets(self) -> Money:
        """What all get."""
        return sum((one.gets for one in self.lines), self.held * 0)

    @property
    def stays(self) -> Money:
        """What stays owed."""
        return self.owed - self.gets

    @property
    def is_short(self) -> bool:
        """There is too little for all."""
        return self.available < self.owed

    @property
    def rule_label(self) -> str:
        """The rule, in words."""
        return str(Rule(self.rule.key).label)

    @property
    def digest(self) -> str:
        """What tells this list from another: asked for is what was seen."""
        told = ";".join(f"{one.account.pk}:{one.owed}:{one.gets}" for one in self.lines)
        whole = f"{self.from_account.pk}|{self.rule.key}|{told}"
        return hashlib.sha256(whole.encode()).hexdigest()[:16]


def pay_plan(from_account: Account, day: date, *, keep: Money | None = None) -> PayPlan:
    """Who gets what out of `from_account` on `day`, by the rule in force then; `keep` stays."""
    accounts = list(queries.payable_members(from_account.currency))
    owed = {one.pk: -one.kept_balance.amount_minor for one in accounts}
    held, promised = queries.balance(from_account), promised_from(from_account)
    code, rule = from_account.currency, rule_on(day)
    kept = keep if keep is not None else held * 0
    paid = given_by_rule(rule.key, owed, max(0, to_minor(held - promised - kept)))
    lines = [
        PayLine(one, from_minor(owed[one.pk], code), from_minor(paid.get(one.pk, 0), code))
        for one in accounts
    ]
    return PayPlan(from_account, rule, held, promised, kept, lines)


def given_by_rule(
    rule: str, owed: Mapping[int, int], available: int, *, until: Mapping[int, int] | None = None
) -> dict[int, int]:
    """What each account gets of `available`, by the key of a rule.

    For a pay day that is past, `until` says up to which posting of each account it was made.
    """
    if available >= sum(owed.values()):
        return dict(owed)
    if rule == Rule.PRO_RATA:
        return pro_rata(owed, available)
    return oldest_first(_debts(owed, until or {}), available)


def promised_from(account: Account) -> Money:
    """What is asked for out of `account` and not yet paid."""
    waiting = Payment.objects.waiting().filter(from_account=account)
    return from_minor(sum(waiting.values_list("amount_minor", flat=True)), account.currency)


def _debts(owed: Mapping[int, int], until: Mapping[int, int]) -> list[Debt]:
    """What of each account is not paid yet: its newest earnings, as paying pays the oldest."""
    found = []
    for key, minor in owed.items():
        left = minor
        earned = Posting.objects.filter(account=key, side=Posting.Side.CREDIT).order_by("-seq")
        if key in until:
            earned = earned.filter(seq__lte=until[key])
        rows = earned.values_list("day", "pk", "amount_minor")
        for day, order, amount in rows.iterator(chunk_size=100):
            part = min(left, amount)
            found.append(Debt(day, order, key, part))
            left -= part
            if not left:
                break
    return found
