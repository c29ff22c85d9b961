"""Prices in the currency in which a customer pays: today's, at today's rate."""

from datetime import date

from django.conf import settings
from djmoney.money import Money

from coop.kit.money import books_currency, to_minor
from ledger.queries import convert
from orders.shop.models import ShippingRate
from orders.shop.providers import offers


def priced(amount: Money, currency: str, day: date) -> Money:
    """A price of the catalogue in `currency`. Raises RateMissing."""
    return convert(amount, currency, day)


def priced_minor(amount: Money, currency: str, day: date) -> int:
    """The same in minor units."""
    return to_minor(priced(amount, currency, day))


def currencies_offered() -> list[str]:
    """In which currencies a guest may pay today, the books' own first."""
    others = [one for one in settings.CURRENCIES if one != books_currency()]
    return [books_currency(), *(one for one in others if offers(one))]


def offered_charges(currency: str, day: date) -> list[tuple[str, int]]:
    """What each offered way of shipping costs in `currency`, by its key."""
    return [
        (rate.key, priced_minor(rate.amount, currency, day))
        for rate in ShippingRate.objects.offered()
    ]
