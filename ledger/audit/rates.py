"""Rates stay as written, and what crosses currencies does so at the rate of its day. Invariant 1."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby, product
from operator import itemgetter

from django.utils.translation import gettext_lazy

from coop.kit.audit import finding, invariant
from coop.kit.money import books_currency, from_minor, zero
from ledger import sql
from ledger.audit.entries import _entries_where
from ledger.audit.read import name
from ledger.models import Account, ExchangeRate, Posting
from ledger.queries import at_rate

#: Currency, debits minus credits: one exchange line of an entry.
Crossing = tuple[str, int]


@invariant(
    1, gettext_lazy("A rate is more than zero, and corrected only by the next word about its day.")
)
def rates_stay_as_written() -> Iterator[str]:
    """Names rates that could not have been written so, and words about a day that are missing."""
    rows = ExchangeRate.objects.order_by("currency", "day", "version")
    for (currency, day), words in groupby(rows, key=lambda one: (one.currency, one.day)):
        before: datetime | None = None
        for expected, one in enumerate(words, start=1):
            named = finding(
                "rate {key} of {currency} on {day}", key=one.pk, currency=currency, day=day
            )
            if one.version != expected:
                yield finding(
                    "{named} is word {version} where {expected} follows",
                    named=named,
                    version=one.version,
                    expected=expected,
                )
            if one.rate_e8 <= 0 or currency == books_currency():
                yield finding("{named} cannot be", named=named)
            if before is not None and one.at < before:
                yield finding("{named} was written before the word that it corrects", named=named)
            before = one.at


@invariant(1, gettext_lazy("A gain or loss of exchange stands only in an entry that exchanges."))
def differences_stand_beside_exchanges() -> Iterator[str]:
    """Names entries that touch gains or losses of exchange, and no exchange account."""
    for one in _entries_where(sql.DIFFERENCE_WITHOUT_EXCHANGE):
        yield finding("{entry} has a gain or loss of exchange, and exchanges nothing", entry=one)


@invariant(
    1,
    gettext_lazy(
        "What crosses currencies crosses at the rate of its day; the rest is gain or loss."
    ),
)
def crossings_come_to_nothing() -> Iterator[str]:
    """Names entries whose exchange lines, valued at the rates known then, leave something.

    A reversal mirrors its entry, whatever rates are now. Money that passes one exchange account
    alone waits there for its other half, at whatever rate it will have.
    """
    rates = _Rates()
    rows = (
        Posting.objects.filter(account__role=Account.Role.EXCHANGE, entry__reverses=None)
        .order_by("entry_id", "position")
        .values_list(
            "entry_id",
            "entry__reference",
            "entry__number",
            "entry__day",
            "entry__created_at",
            "account__currency",
            "side",
            "amount_minor",
        )
    )
    for (*named, day, written_at), group in groupby(
        rows.iterator(chunk_size=2000), key=itemgetter(0, 1, 2, 3, 4)
    ):
        lines = [_crossing(*row[5:]) for row in group]
        if len({currency for currency, _ in lines}) < 2:
            continue
        missing = [one for one, _ in lines if not rates.known(one, day, written_at)]
        if missing:
            yield finding(
                "{entry} crosses from or to {currency}, of which no rate was known",
                entry=name(*named),
                currency=missing[0],
            )
        elif not rates.come_to_nothing(lines, day, written_at):
            yield finding(
                "{entry} crosses currencies at another rate than that of its day",
                entry=name(*named),
            )


def _crossing(currency: str, side: str, amount_minor: int) -> Crossing:
    return currency, amount_minor if side == Posting.Side.DEBIT else -amount_minor


class _Rates:
    """Every rate, to ask what was known of a day when an entry was written."""

    def __init__(self) -> None:
        rows = ExchangeRate.objects.order_by("currency", "day", "version")
        self.by_currency: dict[str, list[ExchangeRate]] = {
            currency: list(group) for currency, group in groupby(rows, key=lambda one: one.currency)
        }

    def known(self, currency: str, day: date, written_at: datetime) -> list[Decimal]:
        """What somebody who wrote then could hold for the day's rate.

        All words about the newest day: one may have come while the entry was being written.
        """
        if currency == books_currency():
            return [Decimal(1)]
        rows = [
            one
            for one in self.by_currency.get(currency, [])
            if one.day <= day and one.at <= written_at
        ]
        return [one.rate for one in rows if one.day == rows[-1].day]

    def come_to_nothing(self, lines: Iterable[Crossing], day: date, written_at: datetime) -> bool:
        """Whether the lines, each valued at a rate known then, add up to zero."""
        lines = list(lines)
        currencies = sorted({currency for currency, _ in lines})
        choices = [self.known(one, day, written_at) for one in currencies]
        for rates in product(*choices):
            rate = dict(zip(currencies, rates, strict=True))
            worths = (at_rate(from_minor(net, one), rate[one]) for one, net in lines)
            if sum(worths, zero()) == zero():
                return True
        return False
