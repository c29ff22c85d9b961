"""Money between the apps (django-money) and the integers in which it is stored and added up.

Amounts are stored in the currency's minor unit (céntimos), because sums of integers are exact
and fast on both databases. A float never appears.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import Decimal
from functools import cache

from django.conf import settings
from djmoney.money import Money
from moneyed import get_currency

# What people write before a price. Peru writes 1,240.00 in both of our languages.
SYMBOLS = {"PEN": "S/", "BOB": "Bs", "USD": "US$", "EUR": "€", "GBP": "£"}
NARROW_SPACE = "\u00a0"
#: Stands for an amount that is not shown.
HIDDEN = "•••"

_hidden: ContextVar[bool] = ContextVar("amounts_are_hidden", default=False)


class PartialMinorUnit(ValueError):
    """An amount that is not a whole number of its currency's minor unit."""


def books_currency() -> str:
    """The currency in which the cooperative keeps its books (`BOOKS_CURRENCY`)."""
    return str(settings.DEFAULT_CURRENCY)


@cache
def minor_digits(currency: str) -> int:
    """How many digits the minor unit has: 2 for PEN, 0 for CLP, 3 for KWD."""
    return len(str(get_currency(currency).sub_unit)) - 1


def to_minor(amount: Money) -> int:
    """`amount` as a whole number of minor units.

    Raises PartialMinorUnit if it has a fraction of one.
    """
    scaled = amount.amount.scaleb(minor_digits(amount.currency.code))
    whole = int(scaled)
    if whole != scaled:
        raise PartialMinorUnit(f"{amount.amount} {amount.currency.code}")
    return whole


def from_minor(amount_minor: int, currency: str | None = None) -> Money:
    """The Money of `amount_minor` minor units, in the books' currency unless named."""
    code = currency or books_currency()
    return Money(Decimal(amount_minor).scaleb(-minor_digits(code)), code)


def zero(currency: str | None = None) -> Money:
    """No money, in the books' currency unless named."""
    return from_minor(0, currency)


def total(amounts: Iterable[Money], currency: str | None = None) -> Money:
    """The sum of `amounts`, all of one currency."""
    return sum(amounts, zero(currency))


def format_money(amount: Money) -> str:
    """`amount` as people write it here: S/ 1,240.00 (with a space that does not break)."""
    if amounts_are_hidden():
        return HIDDEN
    code = amount.currency.code
    digits = f"{abs(amount.amount):,.{minor_digits(code)}f}"
    sign = "−" if amount.amount < 0 else ""
    return f"{sign}{SYMBOLS.get(code, code)}{NARROW_SPACE}{digits}"


def amounts_are_hidden() -> bool:
    """Whether what is being written must show no amount."""
    return _hidden.get()


@contextmanager
def hiding_amounts() -> Iterator[None]:
    """Inside, no amount is written for people: what is made will lie where others may look."""
    token = _hidden.set(True)
    try:
        yield
    finally:
        _hidden.reset(token)
