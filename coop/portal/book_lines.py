"""What happened, day by day: entries told, alike ones of a day together, and sums of months where
the pay of others is told in totals only.
"""

import re
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext
from djmoney.money import Money

from coop.kit.money import format_money, total
from coop.kit.words import says
from coop.portal.book_wishes import Wishes
from coop.portal.by_day import Days, Group, Place, grouped
from ledger import queries as ledger
from ledger.models import JournalEntry
from ledger.reports.reading import Reading
from ledger.reports.told_pay import ToldPay

Kind = JournalEntry.Kind
#: So many sums of months stand on a page at most: those of two years.
MOST_SUMS = 24

#: The picture of each kind of entry: (icon, dye). Everything else is a coin.
_PICTURES: dict[str, tuple[str, str]] = {
    Kind.PIECE_PASSED: ("knit", "pink"),
    Kind.PREMIUM: ("knit", "qolle"),
    Kind.SALE: ("bundle", "chilca"),
    Kind.COST_OF_SALE: ("bundle", "fawn"),
    Kind.SALE_RETURNED: ("bundle", "none"),
    Kind.REFUND: ("bundle", "pink"),
    Kind.DEPOSIT_RECEIVED: ("coins", "chilca"),
    Kind.RECEIVABLE_SETTLED: ("coins", "chilca"),
    Kind.GRANT: ("two", "chilca"),
    Kind.GRANT_USED: ("two", "fawn"),
    Kind.SHARES: ("two", "qolle"),
    Kind.FEE: ("less", "pink"),
    Kind.BANK_CHARGE: ("less", "pink"),
    Kind.WOOL_BOUGHT: ("wool", "lake"),
    Kind.WOOL_ISSUED: ("wool", "pink"),
    Kind.WOOL_RETURNED: ("wool", "chilca"),
    Kind.WOOL_WASTED: ("wool", "none"),
    Kind.MEMBER_PAID: ("give", "qolle"),
    Kind.ADVANCE_PAID: ("give", "lake"),
    Kind.ADVANCE_SETTLED: ("tag", "lake"),
    Kind.ADVANCE_RETURNED: ("coins", "lake"),
    Kind.SUPPLIER_PAID: ("give", "fawn"),
    Kind.EXPENSE_PAID: ("tag", "fawn"),
    Kind.CASH_COUNTED: ("eye", "qolle"),
    Kind.REVERSAL: ("rub", "none"),
    Kind.OPENING: ("book", "qolle"),
}


def picture_of(kind: str) -> tuple[str, str]:
    """The picture of a kind of entry, and its dye."""
    return _PICTURES.get(kind, ("coins", "qolle"))


@dataclass(frozen=True)
class Row:
    """An entry, told; `headline` where others may be like it."""

    entry: JournalEntry
    sentence: str
    headline: ledger.Headline | None
    #: Whom and what the sentence names, beside what can be recorded of it.
    who_and_what: str = ""
    #: She may look at the photograph of its receipt.
    has_paper: bool = False


@dataclass(frozen=True)
class Line:
    """One or several alike entries of a day."""

    rows: list[Row]
    picture: str
    dye: str

    @property
    def count(self) -> int:
        """How many."""
        return len(self.rows)

    @property
    def first(self) -> Row:
        """The newest, which stands for all."""
        return self.rows[0]

    @property
    def total(self) -> Money:
        """What they moved together."""
        amounts = [row.headline.amount for row in self.rows if row.headline]
        return total(amounts, amounts[0].currency.code if amounts else None)


@dataclass(frozen=True)
class SumLine:
    """What those who knit earned, or were paid, in one month or several, in a sum."""

    told: ToldPay
    is_pay: bool

    @property
    def amount(self) -> Money:
        """The sum."""
        return self.told.paid if self.is_pay else self.told.earned

    @property
    def picture(self) -> str:
        """Its icon."""
        return picture_of(Kind.MEMBER_PAID if self.is_pay else Kind.PIECE_PASSED)[0]

    @property
    def dye(self) -> str:
        """Of its icon."""
        return picture_of(Kind.MEMBER_PAID if self.is_pay else Kind.PIECE_PASSED)[1]

    @property
    def sentence(self) -> str:
        """In a sentence."""
        words = (
            gettext("Those who knit were paid %(amount)s, what was taken off included.")
            if self.is_pay
            else gettext("Those who knit earned %(amount)s.")
        )
        return words % {"amount": format_money(self.amount)}


@dataclass(frozen=True)
class Section:
    """What happened on a day; or the sums of months that ended with it (`told`)."""

    day: date
    lines: Sequence[Line] = ()
    told: ToldPay | None = None
    sums: Sequence[SumLine] = ()


def sections(
    page: Days[JournalEntry], place: Place | None, wishes: Wishes, reading: Reading
) -> list[Section]:
    """A page of the book, the newest day first, alike entries of a day together.

    The sums of months stand above the last day of them, on the page on which that day would be.
    """
    told = ledger.told_of(page.rows, names=reading.names)
    papers = ledger.papers_of(page.rows, reading.reader) if reading.reader else {}
    rows = [
        Row(
            entry,
            told[entry.pk].sentence,
            ledger.headline(entry),
            told[entry.pk].who_and_what,
            entry.pk in papers,
        )
        for entry in page.rows
    ]
    days = grouped(rows, day=lambda row: row.entry.day, alike=_alike)
    found = [Section(day, [_line(group) for group in groups]) for day, groups in days]
    found += [
        Section(one.until, told=one, sums=sums)
        for one in reading.told
        if _stands_on(page, place, _day_of(one, wishes)) and (sums := _sums(one, wishes))
    ][:MOST_SUMS]
    return sorted(found, key=lambda one: (one.day, one.told is not None), reverse=True)


def _day_of(told: ToldPay, wishes: Wishes) -> date:
    """The day at which its sums stand: its last, or that of the month that is wished for."""
    if wishes.month and told.overlaps(wishes.month):
        return min(told.until, ledger.whole_month(wishes.month)[1])
    return told.until


def _stands_on(page: Days[JournalEntry], place: Place | None, day: date) -> bool:
    is_below_top = place is None or day < place.day or (day == place.day and place.after is None)
    end = page.next
    is_above_end = end is None or day > end.day or (day == end.day and end.after is not None)
    return is_below_top and is_above_end


def _sums(told: ToldPay, wishes: Wishes) -> list[SumLine]:
    """The sums of those months that answer what is wished for."""
    if wishes.order or (wishes.month and not told.overlaps(wishes.month)):
        return []
    if wishes.year and not told.since.year <= wishes.year.year <= told.until.year:
        return []
    both = [SumLine(told, is_pay=False), SumLine(told, is_pay=True)]
    return [one for one in both if one.amount.amount and _is_wished(one, wishes)]


def _is_wished(one: SumLine, wishes: Wishes) -> bool:
    if wishes.sort and wishes.sort.name != ("out" if one.is_pay else "work"):
        return False
    return all(_says(one, word) for word in wishes.words.split())


def _says(line: SumLine, word: str) -> bool:
    """Whether its sentence has a word, or its amount as people write it."""
    if any(one.isdigit() for one in word):
        number = re.sub(r"^(S/|Bs)|,", "", word)
        written = f"{line.amount.amount}"
        return number in {written, written.removesuffix(".00")}
    return says(line.sentence, word)


def _alike(row: Row) -> Hashable:
    """Entries with the same headline and currency; those without one stand alone."""
    told = row.headline
    if told is None:
        return row.entry.pk
    return (told.kind, told.is_undone, told.amount.currency.code)


def _line(group: Group[Row]) -> Line:
    return Line(group.rows, *picture_of(group.first.entry.kind))
