"""The trial balance: every account that holds something, on the side on which it stands."""

from django.utils.translation import gettext as _
from djmoney.money import Money

from coop.kit.money import from_minor
from ledger.models import Account
from ledger.queries import nets_as_of
from ledger.reports.asked import Asked
from ledger.reports.papers import Cell, Check, Column, Report, Row
from ledger.reports.statements.wording import address_of


def build(asked: Asked) -> Report:
    """Both sides of every account at the end of a day; in each currency they are equal."""
    span, other = asked.state, asked.state.compared(asked.compare)
    nets = [nets_as_of(span.until), *([nets_as_of(other.until)] if other else [])]
    rows: list[Row] = []
    even = True
    for currency in asked.house.currencies:
        lines = [
            Row((one.code, _name(one), *_sides(one, nets)), url=address_of(one))
            for one in asked.house.accounts
            if one.currency == currency and any(of_day.get(one.pk) for of_day in nets)
        ]
        if lines:
            sums = _sums(asked.house.accounts, nets, currency)
            even = even and sums[::2] == sums[1::2]
            total = _("Sum in %(currency)s") % {"currency": currency}
            rows += [*lines, Row(("", total, *sums), "total")]
    return Report(
        key="trial-balance",
        title=_("Trial balance"),
        question=_("What stands on each account, and are both sides equal?"),
        words=span.words,
        columns=_columns([one.label for one in (span, other) if one]),
        rows=rows,
        checks=[Check(_("Debits and credits are equal in each currency."), even)],
        name=1,
    )


def _columns(labels: list[str]) -> list[Column]:
    columns = [Column(_("Code")), Column(_("Account"))]
    if len(labels) == 1:
        return [*columns, Column(_("Debit"), "money"), Column(_("Credit"), "money")]
    for label in labels:
        columns += [
            Column(f"{_('Debit')} {label}", "money"),
            Column(f"{_('Credit')} {label}", "money"),
        ]
    return columns


def _name(account: Account) -> str:
    return f"{account.name} ({account.holder})" if account.holder else account.name


def _sides(account: Account, nets: list[dict[int, int]]) -> list[Cell]:
    cells: list[Cell] = []
    for of_day in nets:
        net = of_day.get(account.pk, 0)
        amount = from_minor(abs(net), account.currency)
        cells += [amount if net > 0 else None, amount if net < 0 else None]
    return cells


def _sums(accounts: list[Account], nets: list[dict[int, int]], currency: str) -> list[Money]:
    found = []
    for of_day in nets:
        its = [of_day.get(one.pk, 0) for one in accounts if one.currency == currency]
        found += [
            from_minor(sum(net for net in its if net > 0), currency),
            from_minor(-sum(net for net in its if net < 0), currency),
        ]
    return found
