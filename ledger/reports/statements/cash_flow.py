"""The cash flow: how much money there was, what came and went, and how much there is."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from coop.kit.money import books_currency, format_money, from_minor
from ledger.models import JournalEntry
from ledger.queries import nets_as_of
from ledger.queries.words import category
from ledger.reports.asked import Asked
from ledger.reports.flows import Flow, flows
from ledger.reports.papers import (
    Check,
    Line,
    Part,
    Report,
    Row,
    Section,
    Total,
    columns_for,
    has_figures,
    rows_of,
)
from ledger.reports.spans import Span
from ledger.reports.statements.wording import address_of
from ledger.reports.valuing import House

Kind = JournalEntry.Kind
#: Under which heading money of a kind comes or goes; what stands nowhere is "other".
_WHERE: dict[str, tuple[str, ...]] = {
    "1-selling": (
        Kind.DEPOSIT_RECEIVED,
        Kind.RECEIVABLE_SETTLED,
        Kind.SALE,
        Kind.SALE_RETURNED,
        Kind.REFUND,
        Kind.FEE,
        Kind.DISPUTE,
        Kind.PAYOUT,
    ),
    "2-work": (
        Kind.MEMBER_PAID,
        Kind.ADVANCE_PAID,
        Kind.ADVANCE_SETTLED,
        Kind.ADVANCE_RETURNED,
        Kind.SUPPLIER_PAID,
        Kind.WOOL_BOUGHT,
    ),
    "3-running": (Kind.EXPENSE_PAID, Kind.BANK_CHARGE, Kind.HAND, Kind.LOSS),
    "4-funds": (Kind.OPENING, Kind.SHARES, Kind.GRANT, Kind.GRANT_USED, Kind.SURPLUS),
}
_PLACES = {kind: key for key, kinds in _WHERE.items() for kind in kinds}


def build(asked: Asked) -> Report:
    """What came and went between two days, in each currency by itself."""
    span, other = asked.span, asked.span.compared(asked.compare)
    now = parts_of(asked.house, span)
    past = parts_of(asked.house, other) if other else None
    rows: list[Row] = []
    for currency, parts in now.items():
        before = past.get(currency, []) if past is not None else None
        found = rows_of(parts, before, currency)
        if currency == books_currency() or has_figures(found):
            if rows:
                empty = [None] * (len(found[0].cells) - 1)
                rows.append(Row((currency, *empty), "heading"))
            rows += found
    return Report(
        key="cash-flow",
        title=_("Cash flow"),
        question=_("Where did our money come from, and where did it go?"),
        words=span.words,
        columns=columns_for(_("What"), span.label, other.label if other else None),
        rows=rows,
        notes=[
            _("Only money that moved: what was sold and is not paid yet is not here."),
            _("What moved between two of our own places in one currency is left out."),
        ],
        checks=[
            Check(
                _("The end is what our places of money hold: %(held)s.")
                % {"held": format_money(from_minor(_end(parts), currency))},
                _end(parts) == held_minor(asked.house, span.until, currency),
            )
            for currency, parts in now.items()
            if currency == books_currency() or _end(parts)
        ],
    )


def parts_of(house: House, span: Span) -> dict[str, list[Part]]:
    """For each currency: the money before, what came and went, the money after."""
    by_currency: dict[str, list[Flow]] = defaultdict(list)
    for flow in flows(span):
        by_currency[flow.currency].append(flow)
    return {
        code: _parts(house, span, code, by_currency[code])
        for code in house.currencies
        if any(one.is_money and one.currency == code for one in house.accounts)
    }


def _parts(house: House, span: Span, currency: str, found: Sequence[Flow]) -> list[Part]:
    begin = held_minor(house, span.day_before, currency)
    moved = sum(one.net_minor for one in found)
    titles = {
        "1-selling": (_("From selling"), _("From selling together")),
        "2-work": (_("For work and wool"), _("For work and wool together")),
        "3-running": (_("For running the house"), _("For running the house together")),
        "4-funds": (
            _("Shares, grants, and what was taken over"),
            _("Shares, grants and the like together"),
        ),
        "5-other": (_("Between currencies, and other"), _("Between currencies and other together")),
    }
    lines: dict[str, list[Line]] = {key: [] for key in titles}
    accounts = {one.pk: one for one in house.accounts}
    for one in sorted(found, key=lambda flow: (flow.kind, flow.other or 0)):
        other = accounts.get(one.other) if one.other else None
        label, url = (other.name, address_of(other)) if other else (category(one.kind), "")
        key = f"{one.kind}:{other.code if other else ''}"
        lines[_PLACES.get(one.kind, "5-other")].append(Line(key, label, one.net_minor, url))
    return [
        Total("begin", _("Money at the beginning"), begin),
        *(Section(key, *words, lines[key]) for key, words in titles.items()),
        Total("moved", _("More or less money"), moved),
        Total("end", _("Money at the end"), begin + moved, "total"),
    ]


def _end(parts: Sequence[Part]) -> int:
    return parts[-1].minor


def held_minor(house: House, day: date, currency: str) -> int:
    """What the places of money hold in a currency at the end of a day, by their kept months."""
    nets = nets_as_of(day)
    return sum(
        nets.get(one.pk, 0) for one in house.accounts if one.is_money and one.currency == currency
    )
