"""What is owed to each member, and what she earned and was paid."""

from django.utils.translation import gettext as _

from coop.kit.money import books_currency, from_minor
from ledger.models import Account
from ledger.queries import nets_as_of
from ledger.reports.asked import Asked
from ledger.reports.papers import Cell, Check, Column, Report, Row
from ledger.reports.spans import Span
from ledger.reports.statements.wording import address_of
from ledger.reports.valuing import House, turnover


def build(asked: Asked) -> Report:
    """Every member's account at the end of a day, with what moved on it since the day before.

    In the books' currency; a member's account in another one is on the trial balance.
    """
    span, other = asked.span, asked.span.compared(asked.compare)
    accounts = of_members(asked.house)
    begin, end = nets_as_of(span.day_before), nets_as_of(span.until)
    past = nets_as_of(other.until) if other else {}
    moved = turnover(span, accounts)
    rows, sums = [], [0] * (5 if other else 4)
    for one in accounts:
        paid, earned = moved[one.pk]
        figures = [-begin.get(one.pk, 0), earned, paid, -end.get(one.pk, 0)]
        if other:
            figures.append(-past.get(one.pk, 0))
        if any(figures):
            rows.append(Row(_cells(_who(one), figures), url=address_of(one)))
            sums = [mine + more for mine, more in zip(sums, figures, strict=True)]
    total = _("All members together")
    return Report(
        key="members",
        title=_("Members' balances"),
        question=_("What do we owe to each member, and what did she earn and receive?"),
        words=span.words,
        columns=[
            Column(_("Member")),
            Column(_("Owed at the beginning"), "money", is_extra=True),
            Column(_("Earned, and other credits"), "money"),
            Column(_("Paid, and other debits"), "money"),
            Column(_("Owed at the end"), "money"),
            *([_owed_on(other)] if other else []),
        ],
        rows=[*rows, Row(_cells(total, sums), "total")],
        checks=[
            Check(
                _("Beginning, earned and paid make the end."),
                sums[0] + sums[1] - sums[2] == sums[3],
            )
        ],
    )


def _owed_on(span: Span) -> Column:
    day = Span(span.until).label
    return Column(_("Owed on %(day)s") % {"day": day}, "money", is_extra=True)


def of_members(house: House) -> list[Account]:
    """The accounts of members in the books' currency."""
    return [
        one
        for one in house.accounts
        if one.parent is not None
        and one.parent.role == Account.Role.MEMBERS_PAYABLE
        and one.currency == books_currency()
    ]


def _cells(label: str, figures: list[int]) -> tuple[Cell, ...]:
    return (label, *map(from_minor, figures))


def _who(account: Account) -> str:
    return f"{account.holder} ({account.code})" if account.holder else account.name
