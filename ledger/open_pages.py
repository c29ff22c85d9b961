"""What the open book's page shows: totals as bars and as a hundred stitches."""

from collections.abc import Container, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from coop.kit.hundred import Kind, Part
from coop.kit.money import format_money, zero
from ledger.models import JournalEntry
from ledger.queries import Flow, OpenBook, Place

Entry = JournalEntry.Kind

_DYES: dict[str, Kind] = {
    Entry.MEMBER_PAID: "maker",
    Entry.ADVANCE_PAID: "wool",
    Entry.SUPPLIER_PAID: "wool",
    Entry.WOOL_BOUGHT: "wool",
    Entry.EXPENSE_PAID: "shipping",
    Entry.FEE: "fees",
    Entry.BANK_CHARGE: "fees",
}
_HEADINGS: dict[Kind, Promise] = {
    "maker": _("Paid to those who knit"),
    "wool": _("Wool, and advances to buy it"),
    "shipping": _("Rent, transport, sending"),
    "fees": _("Fees"),
    "fund": _("Everything else"),
}


@dataclass(frozen=True)
class Bar:
    """An amount beside others: `percent` of the longest."""

    label: str | Promise
    amount: Money
    percent: int


def bars(rows: Iterable[tuple[str | Promise, Money]]) -> list[Bar]:
    """Rows that are not nothing, each with its length."""
    shown = [(label, amount) for label, amount in rows if amount.amount]
    longest = max((abs(amount.amount) for _label, amount in shown), default=1)
    return [
        Bar(label, amount, max(1, int(abs(amount.amount) * 100 / longest)))
        for label, amount in shown
    ]


def held(book: OpenBook, shown: Container[str]) -> list[Bar]:
    """What the house holds: money by place, wool, pieces, what others owe it; of these, what may
    be `shown` ("places", "goods", "owed-to-us").

    Money in another currency is told as it is, and as long as it is worth in the books.
    """
    rows: list[tuple[str | Promise, Money]] = []
    if "places" in shown:
        rows += [(place.name, place.amount) for place in book.places]
        rows += [(_told(place), place.worth) for place in book.other if place.worth is not None]
    if "goods" in shown:
        rows += [
            (_("Wool, in the store and in hands"), book.wool),
            (_("Finished pieces"), book.pieces),
        ]
    if "owed-to-us" in shown:
        rows += [
            (_("Owed to us by customers"), book.receivable),
            (_("Disputed by customers, not decided yet"), book.disputed),
            (_("Advances not yet accounted for"), book.advances),
        ]
    return bars(rows)


def _told(place: Place) -> str:
    return f"{place.name}: {format_money(place.amount)}"


def owed(book: OpenBook, shown: Container[str]) -> list[Bar]:
    """What the house owes; of it, what may be `shown` ("owed-to-members", "owed-to-others")."""
    rows: list[tuple[str | Promise, Money]] = []
    if "owed-to-members" in shown:
        rows.append((_("To those who knit"), book.owed_to_members))
    if "owed-to-others" in shown:
        rows += [
            (_("To customers, who paid in advance"), book.customer_deposits),
            (_("To suppliers"), book.supplier),
        ]
    return bars(rows)


def spent(flows: Iterable[Flow]) -> list[Part]:
    """What went out, in five parts, for the hundred stitches; what came in is left aside."""
    sums: dict[Kind, Money] = {kind: zero() for kind in _HEADINGS}
    for flow in flows:
        if flow.amount.amount < 0:
            sums[_DYES.get(flow.kind, "fund")] -= flow.amount
    return [Part(kind, _HEADINGS[kind], amount) for kind, amount in sums.items() if amount.amount]
