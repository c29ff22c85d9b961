"""Writing down what other currencies cost."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db import transaction
from moneyed import CurrencyDoesNotExist, get_currency

from coop.kit import days
from coop.kit.money import books_currency
from coop.people.models import User
from ledger import queries
from ledger.errors import (
    RateAhead,
    RateDiffers,
    RateNotPositive,
    RateOfBooks,
    UnknownCurrency,
)
from ledger.models import ExchangeRate
from ledger.models.rates import RATE_DIGITS
from ledger.services.accounts import open_currency
from ledger.services.blocks import RATES, one_at_a_time

#: A rate this much away from the one before is written only if somebody insists.
MOST_CHANGE = Decimal("0.20")


@transaction.atomic
def record_rate(
    *,
    currency: str,
    day: date,
    rate: Decimal,
    actor: User | None,
    source: str = "",
    insisted: bool = False,
) -> ExchangeRate:
    """Write down that one unit of `currency` costs `rate` of the books' currency from `day` on.

    The first rate of a currency opens its accounts. The same rate again is the row that is
    there; another rate for the same day corrects it, and both stay. A rate is kept to eight
    digits after the point. `source` is empty for what somebody knows herself; `actor` is None when
    a provider, named in `source`, told it.

    Raises UnknownCurrency, RateOfBooks, RateAhead, RateNotPositive, AccountMissing without a
    chart, or RateDiffers if it is more than a fifth away from the one before (or, before all
    others, from the one after) unless `insisted`.
    """
    _check_currency(currency)
    if day > days.today():
        raise RateAhead
    rate_e8 = _in_column(rate)
    # Two who write at once wait for each other here: the second sees what the first wrote.
    one_at_a_time(RATES)
    open_currency(currency=currency)
    there = ExchangeRate.objects.filter(currency=currency, day=day).order_by("-version").first()
    if there is not None and there.rate_e8 == rate_e8:
        return there
    if not insisted:
        _check_change(currency, day, rate_e8)
    return ExchangeRate.objects.create(
        currency=currency,
        day=day,
        version=there.version + 1 if there else 1,
        rate_e8=rate_e8,
        source=source.strip(),
        entered_by=actor,
    )


def _check_currency(currency: str) -> None:
    if currency == books_currency():
        raise RateOfBooks(currency=currency)
    try:
        get_currency(currency)
    except CurrencyDoesNotExist as unknown:
        raise UnknownCurrency(currency=currency) from unknown


def _in_column(rate: Decimal) -> int:
    if not rate.is_finite() or rate <= 0 or rate.adjusted() >= RATE_DIGITS:
        raise RateNotPositive
    exact = rate.quantize(Decimal(1).scaleb(-RATE_DIGITS), rounding=ROUND_HALF_UP)
    rate_e8 = int(exact.scaleb(RATE_DIGITS))
    if rate_e8 == 0 or rate_e8 >= 10 ** (2 * RATE_DIGITS):
        raise RateNotPositive
    return rate_e8


def _check_change(currency: str, day: date, rate_e8: int) -> None:
    before = queries.newest_rate(currency, day) or (
        ExchangeRate.objects.filter(currency=currency, day__gt=day)
        .order_by("day", "-version")
        .first()
    )
    if before is None:
        return
    if abs(rate_e8 - before.rate_e8) > before.rate_e8 * MOST_CHANGE:
        rate = Decimal(rate_e8).scaleb(-RATE_DIGITS)
        digits = max(2, *(-int(one.normalize().as_tuple().exponent) for one in (before.rate, rate)))
        raise RateDiffers(
            previous=f"{before.rate:,.{digits}f}",
            rate=f"{rate:,.{digits}f}",
            percent=int(MOST_CHANGE * 100),
        )
