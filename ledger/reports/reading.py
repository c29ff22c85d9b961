"""How somebody reads the open book: whose pay she sees, and as of which day its sums are hers."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from coop.kit.days import today
from coop.people.models import User
from ledger.models import JournalEntry
from ledger.queries import Month, money_in, newest_months
from ledger.reports.decisions import (
    OthersPay,
    Total,
    others_pay,
    pay_as_read_by,
    published,
    without_single_pay,
)
from ledger.reports.told_pay import ToldPay, last_told_day, told_pay


@dataclass(frozen=True)
class Reading:
    """What is open to one reader.

    Where `hides_pay`, the sums `told` stand in the place of single entries, and figures that
    contain pay are those of `day`, which is None before anything can be told.
    """

    #: None stands for everybody.
    reader: User | None
    pay: OthersPay
    told: list[ToldPay]
    day: date | None

    @property
    def hides_pay(self) -> bool:
        """Others' pay is told in totals only."""
        return self.pay == OthersPay.TOTALS

    @property
    def names(self) -> bool:
        """Women are named."""
        return self.pay == OthersPay.BY_NAME

    @property
    def shown(self) -> frozenset[str]:
        """The totals that are open (`decisions.Total`): all to who reads the book, to everybody
        those that were made public, and none before a day as of which they may be told (a query).
        """
        if self.day is None:
            return frozenset()
        return frozenset(Total.values) if self.reader else published()

    def months(self, many: int) -> list[Month]:
        """What came in and went out month by month, the newest first, where anything moved; where
        pay is told in totals only, of the months of which it is told (two queries).
        """
        spans = (
            [(one.since, one.until) for one in self.told[:many]]
            if self.hides_pay
            else newest_months(many, until=self.day)
        )
        return [one for one in money_in(spans) if one.largest.amount or one.not_counted]

    def of(self, entries: QuerySet[JournalEntry]) -> QuerySet[JournalEntry]:
        """Of `entries` those that are told singly."""
        return without_single_pay(entries) if self.hides_pay else entries

    def opens(self, entry: JournalEntry) -> bool:
        """Whether the reader may look at this one: it is told singly, or is her own pay."""
        if entry.payment and self.reader and entry.payment.payee_id == self.reader.pk:
            return True
        return self.of(JournalEntry.objects.filter(pk=entry.pk)).exists()


def reading_of(reader: User) -> Reading:
    """How `reader` reads it."""
    return _reading(reader, pay_as_read_by(reader))


def reading_to_keep(reader: User) -> Reading:
    """How `reader` reads it where others may look too: as any member, and nobody is named."""
    pay = others_pay()
    return _reading(reader, OthersPay.BY_ORDER if pay == OthersPay.BY_NAME else pay)


def public_reading() -> Reading:
    """How everybody reads what is public: no later than members who see totals only."""
    return _reading(None, others_pay())


def _reading(reader: User | None, pay: OthersPay) -> Reading:
    if pay != OthersPay.TOTALS:
        return Reading(reader, pay, [], today())
    told = told_pay()
    return Reading(reader, pay, told, last_told_day(told))
