"""In which currencies a customer may pay by card."""

from django.conf import settings

from coop.kit.days import today
from coop.kit.money import books_currency
from ledger.errors import RateMissing
from ledger.queries import rate_age_days

#: A rate older than this is not one to sell at.
OLDEST_RATE_DAYS = 30


def takes(currency: str) -> bool:
    """Whether cards are charged in `currency` today: ours, or one with a fresh rate."""
    if currency == books_currency():
        return True
    if currency not in settings.CURRENCIES:
        return False
    try:
        return rate_age_days(currency, today()) <= OLDEST_RATE_DAYS
    except RateMissing:
        return False
