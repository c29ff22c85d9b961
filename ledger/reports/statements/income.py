"""The income statement: what was earned and spent, and what is left of it."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from coop.kit.money import books_currency
from ledger.models import Account
from ledger.queries import nets_as_of
from ledger.reports.asked import Asked
from ledger.reports.papers import Part, Report, Section, Total, columns_for, rows_of
from ledger.reports.spans import Span
from ledger.reports.statements.wording import lines_of
from ledger.reports.valuing import RESULT_KINDS, House, earned_and_spent

Kind, Role = Account.Kind, Account.Role
_SELLING: set[str] = {Role.SALES, Role.SALES_RETURNED, Role.SHIPPING_CHARGED}
_PIECES: set[str] = {Role.COST_OF_SALES, Role.WOOL_WASTED}


def build(asked: Asked) -> Report:
    """What was earned and spent between two days."""
    span, other = asked.span, asked.span.compared(asked.compare)
    parts = parts_of(asked.house, span)
    before = parts_of(asked.house, other) if other else None
    return Report(
        key="income-statement",
        title=_("Income statement"),
        question=_("Did we earn more than we spent, and on what?"),
        words=span.words,
        columns=columns_for(_("What"), span.label, other.label if other else None),
        rows=rows_of(parts, before),
        notes=[
            _(
                "A sale counts on the day on which it was sent, and what its pieces cost with it,"
                " whenever the money comes."
            ),
            *_unknown(asked.house, span),
        ],
    )


def parts_of(house: House, span: Span) -> list[Part]:
    """The lines and what is left of them."""
    worths = earned_and_spent(house, span)
    earned, spent = house.of_kind(Kind.INCOME), house.of_kind(Kind.EXPENSE)
    sold = _section("sold", _("Sold"), _("Sold together"), _of(earned, _SELLING), worths)
    cost = _section("cost", _("What the pieces cost"), _("Cost"), _of(spent, _PIECES), worths)
    left = sold.minor - cost.minor
    more = _section(
        "more", _("Other income"), _("Other income together"), _but(earned, _SELLING), worths
    )
    running = _section(
        "running", _("Other expenses"), _("Expenses together"), _but(spent, _PIECES), worths
    )
    return [
        sold,
        cost,
        Total("left", _("Left from selling"), left),
        more,
        running,
        Total("result", _("Result"), left + more.minor - running.minor, "total"),
    ]


def result_minor(house: House, span: Span) -> int:
    """What was earned more than spent, in minor units of the books' currency."""
    return -sum(earned_and_spent(house, span).values())


def _of(accounts: list[Account], roles: set[str]) -> list[Account]:
    return [one for one in accounts if one.role in roles]


def _but(accounts: list[Account], roles: set[str]) -> list[Account]:
    return [one for one in accounts if one.role not in roles]


def _section(
    key: str, title: str, sum_label: str, accounts: list[Account], worths: Mapping[int, int]
) -> Section:
    sign = accounts[0].natural_sign if accounts else 1
    return Section(key, title, sum_label, lines_of(accounts, worths, sign))


def _unknown(house: House, span: Span) -> list[str]:
    """Income and expenses in currencies without a rate, which are left out."""
    nets = nets_as_of(span.until)
    names = [
        one.name
        for one in house.of_kind(*RESULT_KINDS)
        if one.currency != books_currency()
        and nets.get(one.pk)
        and house.rates.on(one.currency, span.until) is None
    ]
    told = _("%(name)s is not counted: nobody had written what that currency costs.")
    return [told % {"name": name} for name in names]
