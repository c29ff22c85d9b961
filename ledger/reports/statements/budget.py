"""Budget against actual: what was meant, what came of it."""

from collections import defaultdict

from django.utils.translation import gettext as _

from coop.kit.days import month_of, next_month
from coop.kit.money import books_currency, from_minor
from ledger.models import Account
from ledger.reports.asked import Asked
from ledger.reports.models import BudgetLine
from ledger.reports.papers import Cell, Column, Report, Row
from ledger.reports.spans import Span
from ledger.reports.statements.wording import address_of
from ledger.reports.valuing import House, earned_and_spent

Kind = Account.Kind


def build(asked: Asked) -> Report:
    """For each account of income and expense: meant, come of it, and how far from it."""
    span, other = asked.span, asked.span.compared(asked.compare)
    meant, actual = planned(asked.house, span), earned_and_spent(asked.house, span)
    past = earned_and_spent(asked.house, other) if other else None
    rows: list[Row] = []
    results = [0, 0, 0]
    for kind, title, sum_label in (
        (Kind.INCOME, _("Income"), _("Income together")),
        (Kind.EXPENSE, _("Expenses"), _("Expenses together")),
    ):
        found, sums = _lines(asked.house, kind, meant, actual, past)
        if found:
            total = Row(_cells(sum_label, sums, has_past=bool(other)), "sum")
            empty = [None] * (len(total.cells) - 1)
            rows += [Row((title, *empty), "heading"), *found, total]
        sign = 1 if kind == Kind.INCOME else -1
        results = [mine + sign * more for mine, more in zip(results, sums, strict=True)]
    if rows:
        rows.append(Row(_cells(_("Result"), results, has_past=bool(other)), "total"))
    return Report(
        key="budget",
        title=_("Budget and what came of it"),
        question=_("Did we earn and spend as we had meant to?"),
        words=span.words,
        columns=[
            Column(_("What")),
            Column(_("Meant"), "money"),
            Column(_("Came of it"), "money"),
            Column(_("More or less than meant"), "money"),
            Column(_("Of what was meant"), is_extra=True),
            *([Column(other.label, "money", is_extra=True)] if other else []),
        ],
        rows=rows,
        notes=[
            _("A month that has begun counts whole; of a year's amount each month has a twelfth.")
        ],
    )


def planned(house: House, span: Span) -> dict[int, int]:
    """What was meant for the months of `span`, by account, in minor units of the books' currency.

    The twelfths of a year's amount make the whole again: each is what the months up to it have,
    less what those before it had.
    """
    months = [month_of(span.since or span.until)]
    while next_month(months[-1]) <= span.until:
        months.append(next_month(months[-1]))
    wanted = {(one.year, one.month) for one in months}
    kinds = {one.pk: one for one in house.of_kind(Kind.INCOME, Kind.EXPENSE)}
    lines = BudgetLine.objects.filter(
        year__gte=months[0].year, year__lte=months[-1].year, account__currency=books_currency()
    )
    found: dict[int, int] = defaultdict(int)
    for line in lines:
        if line.account_id not in kinds:
            continue
        if line.month:
            found[line.account_id] += line.amount_minor if (line.year, line.month) in wanted else 0
            continue
        for year, month in wanted:
            if year == line.year:
                found[line.account_id] += _up_to(line, month) - _up_to(line, month - 1)
    return dict(found)


def _up_to(line: BudgetLine, months: int) -> int:
    return line.amount_minor * months // 12


def _lines(
    house: House,
    kind: str,
    meant: dict[int, int],
    actual: dict[int, int],
    past: dict[int, int] | None,
) -> tuple[list[Row], list[int]]:
    rows, sums = [], [0, 0, 0]
    for one in house.of_kind(kind):
        figures = [
            meant.get(one.pk, 0),
            one.natural_sign * actual.get(one.pk, 0),
            one.natural_sign * (past or {}).get(one.pk, 0),
        ]
        if any(figures):
            cells = _cells(one.name, figures, has_past=past is not None)
            rows.append(Row(cells, url=address_of(one)))
            sums = [mine + more for mine, more in zip(sums, figures, strict=True)]
    return rows, sums


def _cells(label: str, figures: list[int], *, has_past: bool) -> tuple[Cell, ...]:
    meant, came, past = figures
    share = f"{came * 100 // meant} %" if meant > 0 else ""
    cells: list[Cell] = [label, *(from_minor(one) for one in (meant, came, came - meant)), share]
    return (*cells, from_minor(past)) if has_past else tuple(cells)
