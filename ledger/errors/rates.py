"""What is refused of what currencies cost."""

from django.utils.translation import gettext_lazy as _

from ledger.errors.base import LedgerError


class RateMissing(LedgerError):
    message = _(
        "Nobody has written down yet what {currency} costs on {day}. The treasurer does it under"
        " “Books”, “Exchange rates”."
    )


class RateDiffers(LedgerError):
    message = _(
        "The last rate was {previous}: {rate} is more than {percent} % away from it. Look again,"
        " and insist if it is right."
    )


class RateNotPositive(LedgerError):
    message = _("A rate is more than zero, and has at most eight digits before the point.")


class RateAhead(LedgerError):
    message = _("That day is still to come: a rate is written on its day or later.")


class RateOfBooks(LedgerError):
    message = _("The books are kept in {currency}: it needs no rate.")


class UnknownCurrency(LedgerError):
    message = _("“{currency}” is no currency that we know: write three letters such as USD.")


# Rates from a file ----------------------------------------------------------------------------
class RatesFileWrong(LedgerError):
    message = _("Line {line}: {why} Nothing was written.")
