"""How a line would read in each way that an assembly may choose, so that who decides sees it.

Made from the books where they have such a row; else invented, and marked so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from djmoney.money import Money

from coop.kit.money import books_currency, format_money, zero
from coop.people.models import User
from ledger import open_pages
from ledger.models import JournalEntry
from ledger.queries import Flow, OpenBook, Place, described, entries, open_book_summary
from ledger.queries.words import SENTENCES, category
from ledger.reports.decisions import OthersPay, Total, pay_as_read_by
from ledger.reports.told_pay import ToldPay, told_pay

Kind = JournalEntry.Kind
#: What a woman earned, and what she was paid.
_PAY = (Kind.PIECE_PASSED, Kind.MEMBER_PAID)
#: So many lines of a total are shown.
_MOST = 3


@dataclass(frozen=True)
class Example:
    """Lines as they would be read; `is_invented` where the books have none yet."""

    lines: Sequence[str]
    is_invented: bool = False


def of_pay(reader: User) -> dict[str, Example]:
    """How the pay of others would read in each way (a handful of queries).

    A woman's own name stands there only for who reads names already.
    """
    rows = [one for one in map(_newest, _PAY) if one is not None]
    reads_names = pay_as_read_by(reader) == OthersPay.BY_NAME
    months = told_pay()[:1]
    return {
        OthersPay.BY_ORDER: _singly(rows, names=False),
        OthersPay.BY_NAME: _singly(rows if reads_names else [], names=True),
        OthersPay.TOTALS: Example(_in_totals(months[0])) if months else _invented_totals(),
    }


def _newest(kind: str) -> JournalEntry | None:
    return entries(kind=kind).filter(reversed_by=None).first()


def _singly(rows: Sequence[JournalEntry], *, names: bool) -> Example:
    if not rows:
        return Example([_invented(kind, names=names) for kind in _PAY], is_invented=True)
    told = described(rows, names=names)
    return Example([f"{date_format(one.day, 'DATE_FORMAT')}: {told[one.pk]}" for one in rows])


def _invented(kind: str, *, names: bool) -> str:
    words = SENTENCES[kind].named if names else SENTENCES[kind].plain
    return str(words).format(amount=format_money(_of(40)), name="Juana Quispe")


def _in_totals(one: ToldPay) -> list[str]:
    first, last = (date_format(day, "YEAR_MONTH_FORMAT") for day in (one.since, one.until))
    earned = _("Those who knit earned %(amount)s.") % {"amount": format_money(one.earned)}
    paid = _("Those who knit were paid %(amount)s, what was taken off included.") % {
        "amount": format_money(one.paid)
    }
    return [f"{first if one.is_one else f'{first} – {last}'}: {earned} {paid}"]


def _invented_totals() -> Example:
    month = ToldPay(date(2026, 3, 1), date(2026, 3, 31), _of(1840), 9, _of(1600), 8)
    return Example(_in_totals(month), is_invented=True)


def of_totals() -> dict[str, Example]:
    """How each total would read for everybody, as of today (about six queries)."""
    ours, invented = _lines(open_book_summary()), _lines(_invented_book())
    return {
        one.value: Example(ours[one]) if ours[one] else Example(invented[one], is_invented=True)
        for one in Total
    }


def _lines(book: OpenBook) -> dict[Total, list[str]]:
    bars = {
        Total.PLACES: open_pages.held(book, {Total.PLACES.value}),
        Total.GOODS: open_pages.held(book, {Total.GOODS.value}),
        Total.OWED_TO_US: open_pages.held(book, {Total.OWED_TO_US.value}),
        Total.OWED_TO_MEMBERS: open_pages.owed(book, {Total.OWED_TO_MEMBERS.value}),
        Total.OWED_TO_OTHERS: open_pages.owed(book, {Total.OWED_TO_OTHERS.value}),
    }
    flows = {Total.CAME_IN: book.came_in, Total.WENT_OUT: book.went_out}
    money = [_line(_("Money in the house today"), book.money)] if book.money.amount else []
    return (
        {Total.MONEY: money}
        | {
            key: [_line(one.label, one.amount) for one in rows[:_MOST]]
            for key, rows in bars.items()
        }
        | {key: [_line(one.label, one.size) for one in rows[:_MOST]] for key, rows in flows.items()}
    )


def _line(label: str | Promise, amount: Money) -> str:
    return f"{label}: {format_money(amount)}"


def _of(amount: int) -> Money:
    return Money(amount, books_currency())


def _invented_book() -> OpenBook:
    """Books of which every total has something to tell."""
    return OpenBook(
        day=date(2026, 3, 31),
        since=date(2025, 4, 1),
        places=[Place(_("Cash box"), _of(320)), Place(_("Bank"), _of(4100))],
        other=[],
        other_worth=zero(),
        money=_of(4420),
        owed_to_members=_of(1240),
        members_owed=11,
        customer_deposits=_of(600),
        receivable=_of(980),
        disputed=zero(),
        supplier=_of(150),
        wool=_of(2300),
        pieces=_of(1750),
        advances=_of(250),
        opening=zero(),
        came_in=[Flow(Kind.SALE, category(Kind.DEPOSIT_RECEIVED), _of(9000))],
        went_out=[Flow(Kind.MEMBER_PAID, category(Kind.MEMBER_PAID), _of(-5200))],
        rates=[],
        not_counted=[],
    )
