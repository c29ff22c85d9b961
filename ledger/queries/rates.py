"""What other currencies are worth in the books' currency, on any day. Never a float.

Amounts are rounded to the smallest unit, half away from zero, as banks do by hand.
"""

from bisect import bisect_right
from collections import defaultdict
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext

from django.db.models import OuterRef, Subquery
from django.utils.formats import date_format
from djmoney.money import Money

from coop.kit import days
from coop.kit.money import books_currency, minor_digits
from ledger.errors import RateMissing
from ledger.models import ExchangeRate

#: Digits to reckon with: the largest amount times the longest rate fits without rounding.
_DIGITS = 60


def newest_rate(currency: str, day: date | None = None) -> ExchangeRate | None:
    """The newest word about `currency` on `day` (today) or before, if there is any."""
    known = ExchangeRate.objects.filter(currency=currency, day__lte=day or days.today())
    return known.newest_first().select_related("entered_by").first()


def rate_on(currency: str, day: date) -> Decimal:
    """What one unit of `currency` costs in the books' currency: the newest on `day` or before.

    Raises RateMissing.
    """
    if currency == books_currency():
        return Decimal(1)
    found = newest_rate(currency, day)
    if found is None:
        raise RateMissing(currency=currency, day=date_format(day, "DATE_FORMAT"))
    return found.rate


def rate_age_days(currency: str, day: date | None = None) -> int:
    """How many days old the rate is that counts on `day` (today). Raises RateMissing."""
    on = day or days.today()
    if currency == books_currency():
        return 0
    found = newest_rate(currency, on)
    if found is None:
        raise RateMissing(currency=currency, day=date_format(on, "DATE_FORMAT"))
    return (on - found.day).days


def newest_rates(day: date | None = None) -> dict[str, ExchangeRate]:
    """The rate of each currency that counts on `day` (today), by currency, in one query."""
    known = ExchangeRate.objects.filter(day__lte=day or days.today())
    newest = known.filter(currency=OuterRef("currency")).newest_first().values("pk")[:1]
    rows = known.filter(pk=Subquery(newest)).select_related("entered_by").order_by("currency")
    return {one.currency: one for one in rows}


class RatesBetween:
    """What other currencies cost on each day between two days (two queries)."""

    def __init__(self, since: date, until: date) -> None:
        self._known: dict[str, list[tuple[date, Decimal]]] = defaultdict(list)
        for code, one in newest_rates(since - timedelta(days=1)).items():
            self._known[code].append((one.day, one.rate))
        later = ExchangeRate.objects.filter(day__gte=since, day__lte=until)
        for one in later.order_by("day", "version"):
            self._known[one.currency].append((one.day, one.rate))

    def worth(self, amount: Money, day: date) -> Money | None:
        """What `amount` was worth in the books' currency on `day`; None where nobody knew."""
        if amount.currency.code == books_currency():
            return amount
        known = self._known.get(amount.currency.code, [])
        place = bisect_right(known, day, key=lambda one: one[0])
        return at_rate(amount, known[place - 1][1]) if place else None


def at_rate(amount: Money, rate: Decimal, to: str | None = None) -> Money:
    """`amount` times `rate` in the currency `to` (the books'), rounded to its smallest unit."""
    code = to or books_currency()
    with localcontext() as exact:
        exact.prec = _DIGITS
        return Money(_rounded(amount.amount * rate, code), code)


def value_in_books(amount: Money, day: date) -> Money:
    """What `amount` is worth in the books' currency on `day`. Raises RateMissing."""
    return at_rate(amount, rate_on(amount.currency.code, day))


def convert(amount: Money, to: str, day: date) -> Money:
    """What `amount` is worth in the currency `to` on `day`, rounded once. Raises RateMissing."""
    code = amount.currency.code
    if code == to:
        return amount
    with localcontext() as exact:
        exact.prec = _DIGITS
        worth = amount.amount * rate_on(code, day) / rate_on(to, day)
        return Money(_rounded(worth, to), to)


def _rounded(amount: Decimal, currency: str) -> Decimal:
    return amount.quantize(Decimal(1).scaleb(-minor_digits(currency)), rounding=ROUND_HALF_UP)
