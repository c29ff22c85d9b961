"""Opening and closing accounts."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import get_language

from coop.kit.money import books_currency, format_money, from_minor
from coop.people.models import User
from ledger.errors import (
    AccountIsNeeded,
    AccountMissing,
    AccountNotEmpty,
    AccountOutOfPlan,
    AccountParentDiffers,
    AccountRoleTaken,
    AccountTaken,
    NameMissing,
    UnknownChart,
)
from ledger.models import Account, AccountBalance, AccountEvent

Verb = AccountEvent.Verb

CHARTS = Path(__file__).resolve().parent.parent / "charts"


@transaction.atomic
def open_account(
    *,
    code: str,
    name_es: str,
    name_en: str,
    kind: str,
    currency: str,
    role: str = "",
    holder: User | None = None,
    is_money: bool = False,
    is_header: bool = False,
    parent: Account | None = None,
) -> Account:
    """Open an account with a balance of zero.

    Without `parent`, a code with a dot hangs under the code before it ("4419.T-07" under
    "4419"), and what is owed to a person (a liability with a holder) under "owed to members".
    Raises AccountTaken if the code, or the role in this currency, is taken.
    """
    taken = Account.objects.filter(code=code).first()
    if taken is not None:
        raise AccountTaken(code=code, name=taken.name)
    plays = Account.objects.filter(role=role, currency=currency).first() if role else None
    if plays is not None:
        raise AccountRoleTaken(code=plays.code, name=plays.name, currency=currency)
    account = Account.objects.create(
        code=code,
        name_es=name_es,
        name_en=name_en,
        kind=kind,
        currency=currency,
        role=role,
        holder=holder,
        is_money=is_money,
        is_header=is_header,
        parent=parent or _parent_for(code, kind, holder),
    )
    AccountBalance.objects.create(account=account)
    return account


def _parent_for(code: str, kind: str, holder: User | None) -> Account | None:
    above, dot, _last = code.rpartition(".")
    if dot:
        found = Account.objects.filter(code=above, kind=kind).first()
        if found:
            return found
    if holder is not None and kind == Account.Kind.LIABILITY:
        return Account.objects.filter(role=Account.Role.MEMBERS_PAYABLE).first()
    return None


@transaction.atomic
def open_member_account(*, member_code: str, holder: User | None, currency: str = "PEN") -> Account:
    """The account of what is owed to one member: "4419.T-07", named by her code.

    Her name is her user's and is read there, so that it can be erased. The same code again
    gives the account that is there. Raises AccountMissing without a chart.
    """
    header = Account.objects.filter(role=Account.Role.MEMBERS_PAYABLE).first()
    if header is None:
        raise AccountMissing(role=Account.Role.MEMBERS_PAYABLE.label, currency=currency)
    code = f"{header.code}.{member_code}"
    there = Account.objects.filter(code=code).first()
    return there or open_account(
        code=code,
        name_es=f"Socia {member_code}",
        name_en=f"Member {member_code}",
        kind=Account.Kind.LIABILITY,
        currency=currency,
        holder=holder,
        parent=header,
    )


@transaction.atomic
def add_account(
    *,
    code: str,
    name_es: str,
    name_en: str,
    kind: str,
    currency: str,
    is_money: bool = False,
    parent: Account | None = None,
    actor: User,
) -> Account:
    """Open an account by hand. Its number must lie in a group of the chart that is of its kind.

    Raises AccountTaken, NameMissing, AccountOutOfPlan, AccountParentDiffers.
    """
    check_new_account(code=code, name_es=name_es, kind=kind, currency=currency, parent=parent)
    account = open_account(
        code=code,
        name_es=name_es.strip(),
        name_en=name_en.strip(),
        kind=kind,
        currency=currency,
        is_money=is_money,
        parent=parent,
    )
    _trace(account, Verb.OPENED, actor)
    return account


def check_new_account(
    *, code: str, name_es: str, kind: str, currency: str, parent: Account | None = None
) -> None:
    """Whether such an account could be opened by hand; nothing is written.

    Raises AccountTaken, NameMissing, AccountOutOfPlan, AccountParentDiffers.
    """
    if not name_es.strip():
        raise NameMissing
    taken = Account.objects.filter(code=code).first()
    if taken is not None:
        raise AccountTaken(code=code, name=taken.name)
    _check_group(code, kind)
    if parent is not None and (
        not parent.is_header or (parent.kind, parent.currency) != (kind, currency)
    ):
        raise AccountParentDiffers(parent=parent.code)


def _check_group(code: str, kind: str) -> None:
    """Raises AccountOutOfPlan where the chart knows no such numbers, or as another kind."""
    chart = chart_of(Account.objects.exclude(role="").values_list("code", "role"))
    if chart is None:
        return
    group = group_of(code, chart)
    if group is None or group.kind != kind:
        fit = [one.code for one in read_groups(chart) if one.kind == kind]
        raise AccountOutOfPlan(code=code, kind=Account.Kind(kind).label, fit=", ".join(fit))


@transaction.atomic
def rename_account(*, account: Account, name_es: str, name_en: str, actor: User) -> Account:
    """Give an account other names; entries keep its code. Raises NameMissing."""
    account = Account.objects.select_for_update().get(pk=account.pk)
    if not name_es.strip():
        raise NameMissing
    before = f"{account.name_es} / {account.name_en}"
    if (account.name_es, account.name_en) == (name_es.strip(), name_en.strip()):
        return account
    account.name_es, account.name_en = name_es.strip(), name_en.strip()
    account.save(update_fields=["name_es", "name_en"])
    _trace(account, Verb.RENAMED, actor, before)
    return account


@transaction.atomic
def close_account(*, account: Account, actor: User) -> Account:
    """Take no more postings on `account`; closed again, it stays closed.

    Raises AccountNotEmpty unless its balance is zero, AccountIsNeeded if the house itself writes
    on it or it groups others.
    """
    kept = AccountBalance.objects.select_for_update().get(account=account)
    account = Account.objects.get(pk=account.pk)
    is_needed = account.role and not account.is_money
    if is_needed or account.children.filter(is_open=True).exists():
        label = account.get_role_display() or account.name
        raise AccountIsNeeded(account=account.code, role=label)
    if kept.amount_minor:
        held = from_minor(account.natural_sign * kept.amount_minor, account.currency)
        raise AccountNotEmpty(account=account.code, balance=format_money(held))
    if account.is_open:
        account.is_open = False
        account.save(update_fields=["is_open"])
        _trace(account, Verb.CLOSED, actor)
    return account


@transaction.atomic
def reopen_account(*, account: Account, actor: User) -> Account:
    """Take postings on a closed account again."""
    account = Account.objects.select_for_update().get(pk=account.pk)
    if not account.is_open:
        account.is_open = True
        account.save(update_fields=["is_open"])
        _trace(account, Verb.REOPENED, actor)
    return account


def _trace(account: Account, verb: AccountEvent.Verb, actor: User, note: str = "") -> None:
    AccountEvent.objects.create(account=account, verb=verb, actor=actor, note=note[:300])


@dataclass(frozen=True)
class Group:
    """A group of a chart: what numbers that begin with its code are."""

    code: str
    kind: str
    name_es: str
    name_en: str

    @property
    def name(self) -> str:
        """Its name in the reader's language."""
        return self.name_en if (get_language() or "").startswith("en") else self.name_es


@cache
def read_groups(chart: str) -> tuple[Group, ...]:
    """The groups of a chart, by code. Raises UnknownChart."""
    return tuple(Group(**row) for row in _read(chart)["group"])


def group_of(code: str, chart: str) -> Group | None:
    """The group in which a number lies: the longest with which it begins."""
    found = [one for one in read_groups(chart) if code.startswith(one.code)]
    return max(found, key=lambda one: len(one.code), default=None)


def read_chart(chart: str) -> list[dict[str, Any]]:
    """The accounts of a chart in `ledger/charts/`, parents first.

    Raises UnknownChart.
    """
    return _read(chart)["account"]


def _read(chart: str) -> dict[str, list[dict[str, Any]]]:
    file = CHARTS / f"{chart}.toml"
    if not chart.isidentifier() or not file.is_file():
        raise UnknownChart(chart=chart)
    return tomllib.loads(file.read_text(encoding="utf-8"))


def charts() -> list[str]:
    """The charts that there are."""
    return sorted(file.stem for file in CHARTS.glob("*.toml"))


def chart_of(accounts: Iterable[tuple[str, str]]) -> str | None:
    """The chart from which accounts come, told by codes and roles; None for none of ours."""
    there = set(accounts)
    known = {one: {(row["code"], row["role"]) for row in read_chart(one)} for one in charts()}
    best = max(known, key=lambda one: len(known[one] & there))
    return best if known[best] & there else None


def rows_to_open(
    chart: str, currency: str, *, is_first: bool, there: Iterable[tuple[str, str]]
) -> list[dict[str, Any]]:
    """The accounts of a chart in a currency, as fields, but those whose role is in `there`.

    `there` holds code and role of every account in that currency and of every other code: where
    somebody has taken a chart's number for an account of her own, ours gets a letter behind it.
    """
    taken = set(there)
    codes = {code for code, _role in taken}
    roles = {role for _code, role in taken}
    rows = []
    for row in read_chart(chart):
        if row["role"] in roles or not (is_first or row.get("every_currency")):
            continue
        code = row["code"] if is_first else f"{row['code']}-{currency}"
        while code in codes:
            code = f"{code}a"
        codes.add(code)
        rows.append(
            {
                "code": code,
                "name_es": row["name_es"] if is_first else f"{row['name_es']} ({currency})",
                "name_en": row["name_en"] if is_first else f"{row['name_en']} ({currency})",
                "kind": row["kind"],
                "currency": currency,
                "role": row["role"],
                "is_money": row.get("is_money", False),
                "is_header": row.get("is_header", False),
            }
        )
    return rows


@transaction.atomic
def install_chart(*, chart: str = "pe", currency: str = "PEN") -> None:
    """Open the accounts of a chart that are not open yet; those that are stay as they are.

    A second currency gets the accounts that cross borders (`every_currency` in the chart), with
    the currency behind their code. Raises UnknownChart.
    """
    first = Account.objects.exclude(role="").order_by("pk").first()
    there = [
        (code, role if its_currency == currency else "")
        for code, role, its_currency in Account.objects.values_list("code", "role", "currency")
    ]
    is_first = first is None or first.currency == currency
    accounts = Account.objects.bulk_create(
        Account(**row) for row in rows_to_open(chart, currency, is_first=is_first, there=there)
    )
    AccountBalance.objects.bulk_create(AccountBalance(account=one) for one in accounts)


def open_currency(*, currency: str) -> None:
    """Open the accounts of a further currency, by the chart that the house has.

    Again it changes nothing. Raises AccountMissing before a chart is installed.
    """
    chart = chart_of(Account.objects.filter(currency=books_currency()).values_list("code", "role"))
    if chart is None:
        raise AccountMissing(role=Account.Role.EXCHANGE.label, currency=books_currency())
    install_chart(chart=chart, currency=currency)
