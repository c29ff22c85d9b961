"""Aged receivables and payables: who has owed what, and for how long.

What is paid settles the oldest debt first. So the newest debts are what is still open: as much of
them as the balance says. Three sums of the last ninety days are enough, however long the books are.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.db.models import Q, Sum
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from coop.kit.money import from_minor
from ledger import open_items
from ledger.models import Account, Posting
from ledger.queries import nets_as_of
from ledger.reports.asked import Asked
from ledger.reports.papers import Cell, Check, Column, Report, Row
from ledger.reports.statements.wording import address_of

Role, Kind, Side = Account.Role, Account.Kind, Posting.Side
#: Days after which a debt is older: up to 30, to 60, to 90, and more.
AGES = (30, 60, 90)
_TO_US = (Role.RECEIVABLE, Role.DISPUTED, Role.TRIP_ADVANCES, Role.MEMBER_ADVANCES)


def build_receivables(asked: Asked) -> Report:
    """What others owe the house, by age."""
    accounts = [one for one in asked.house.of_kind(Kind.ASSET) if one.role in _TO_US]
    return _report(
        asked,
        accounts,
        key="receivables",
        title=_("Owed to us, by age"),
        question=_("Who owes us money, and since when?"),
    )


def build_payables(asked: Asked) -> Report:
    """What the house owes to members, customers, suppliers, by age."""
    accounts = [
        one
        for one in asked.house.of_kind(Kind.LIABILITY)
        # A grant is owed to its purpose, and has a report of its own.
        if not one.is_header and one.role != Role.GRANTS
    ]
    return _report(
        asked,
        accounts,
        key="payables",
        title=_("Owed by us, by age"),
        question=_("To whom do we owe money, and how long has she been waiting?"),
    )


def _report(
    asked: Asked, accounts: Sequence[Account], *, key: str, title: str, question: str
) -> Report:
    span, other = asked.state, asked.state.compared(asked.compare)
    nets = nets_as_of(span.until)
    past = nets_as_of(other.until) if other else {}
    shown = [one for one in accounts if nets.get(one.pk) or past.get(one.pk)]
    aged = by_age(shown, span.until, nets)
    rows: list[Row] = []
    for currency in asked.house.currencies:
        its = [one for one in shown if one.currency == currency]
        if its:
            rows += _rows(its, aged, past if other else None, currency, span.until)
    return Report(
        key=key,
        title=title,
        question=question,
        words=span.words,
        columns=_columns(other.label if other else None),
        rows=rows,
        notes=[_("What is paid settles the oldest debt first.")],
        checks=[
            Check(
                _("By age it is as much as on the accounts."),
                all(sum(aged[one.pk]) == one.natural_sign * nets.get(one.pk, 0) for one in shown),
            )
        ],
    )


def by_age(
    accounts: Iterable[Account], day: date, nets: dict[int, int]
) -> dict[int, tuple[int, ...]]:
    """What is open on each account at the end of `day`: up to 30 days old, to 60, to 90, older.

    In minor units, positive on the account's natural side. A balance on the other side (she owes
    us what we should owe her) stands whole under the first.
    """
    edges = [day - timedelta(days=age) for age in (0, *AGES)]
    windows = {
        f"of_{place}": Sum(
            "amount_minor",
            filter=Q(day__gt=edges[place + 1], day__lte=edges[place]),
            default=0,
        )
        for place in range(len(AGES))
    }
    chosen = list(accounts)
    grows = Q(account__kind=Kind.ASSET, side=Side.DEBIT) | Q(
        account__kind=Kind.LIABILITY, side=Side.CREDIT
    )
    new = Posting.objects.filter(grows, account__in=chosen, day__gt=edges[-1], day__lte=day)
    rows = new.order_by().values_list("account").annotate(**windows)
    grown = {key: sums for key, *sums in rows}
    found = {}
    for one in chosen:
        rest = one.natural_sign * nets.get(one.pk, 0)
        ages: list[int] = []
        for sum_ in grown.get(one.pk, [0] * len(AGES)):
            open_minor = max(0, min(rest, sum_))
            ages.append(open_minor)
            rest -= open_minor
        if rest < 0:
            ages[0], rest = rest, 0
        found[one.pk] = (*ages, rest)
    return found


def _columns(before: str | None) -> list[Column]:
    return [
        Column(_("Who")),
        Column(pgettext("a debt", "Open"), "money"),
        *([Column(before, "money", is_extra=True)] if before else []),
        Column(_("up to 30 days"), "money"),
        Column(_("31 to 60 days"), "money"),
        Column(_("61 to 90 days"), "money"),
        Column(_("older"), "money"),
    ]


def _rows(
    accounts: Sequence[Account],
    aged: dict[int, tuple[int, ...]],
    past: dict[int, int] | None,
    currency: str,
    day: date,
) -> list[Row]:
    sums = [0] * (len(AGES) + 1)
    before = 0
    rows: list[Row] = []
    for one in accounts:
        ages = aged[one.pk]
        was = one.natural_sign * past.get(one.pk, 0) if past is not None else None
        rows.append(Row(_cells(_who(one), ages, was, currency), url=address_of(one)))
        empty = [None] * (len(rows[-1].cells) - 2)
        rows += [
            Row((item.told, item.amount, *empty), "part", item.url)
            for item in open_items.of(one, day)
        ]
        sums = [mine + more for mine, more in zip(sums, ages, strict=True)]
        before += was or 0
    total = _("Sum in %(currency)s") % {"currency": currency}
    was = before if past is not None else None
    return [*rows, Row(_cells(total, sums, was, currency), "total")]


def _cells(label: str, ages: Sequence[int], before: int | None, currency: str) -> tuple[Cell, ...]:
    figures = [from_minor(sum(ages), currency)]
    if before is not None:
        figures.append(from_minor(before, currency))
    return (label, *figures, *(from_minor(one, currency) if one else None for one in ages))


def _who(account: Account) -> str:
    return str(account.holder) if account.holder else account.name
