"""What other currencies cost in the books' currency, day by day."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coop.kit.money import NARROW_SPACE, SYMBOLS, books_currency

#: Digits of a rate after the point; its column counts in the last of them.
RATE_DIGITS = 8


class ExchangeRateQuerySet(models.QuerySet["ExchangeRate"]):
    """Rates, read like sentences."""

    def newest_first(self) -> "ExchangeRateQuerySet":
        """By day, and on a day the newest word about it first."""
        return self.order_by("-day", "-version")


class ExchangeRate(models.Model):
    """What one unit of `currency` costs in the books' currency from `day` on, until a newer one.

    The column holds whole hundred-millionths, since SQLite keeps fractions as floats. A row is
    never changed: a correction is the day's next `version`, and the newest holds.
    """

    currency = models.CharField(_("currency"), max_length=3)
    day = models.DateField(_("day"))
    version = models.PositiveSmallIntegerField(default=1)
    rate_e8 = models.PositiveBigIntegerField()
    source = models.CharField(
        _("source"), max_length=80, blank=True, help_text=_("A bank, a newspaper, a provider.")
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("written by"),
        help_text=_("Empty when the house itself wrote it, told by a provider."),
    )
    at = models.DateTimeField(_("written at"), default=timezone.now)

    objects = ExchangeRateQuerySet.as_manager()

    class Meta:
        verbose_name = _("exchange rate")
        verbose_name_plural = _("exchange rates")
        default_permissions = ()
        ordering = ["-day", "currency", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["currency", "day", "version"], name="rate_version_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(rate_e8__gt=0, rate_e8__lt=10**16), name="rate_is_sensible"
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="rate_version_counts_up"),
            models.CheckConstraint(
                condition=Q(entered_by__isnull=False) | ~Q(source=""), name="rate_has_an_origin"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.currency} {self.day:%Y-%m-%d}: {plain(self.rate)}"

    @property
    def rate(self) -> Decimal:
        """Units of the books' currency for one unit of `currency`."""
        return Decimal(self.rate_e8).scaleb(-RATE_DIGITS)

    @property
    def told(self) -> str:
        """The rate as people write it here: S/ 3.75, with more digits where it has them."""
        return f"{SYMBOLS.get(books_currency(), books_currency())}{NARROW_SPACE}{plain(self.rate)}"


def plain(rate: Decimal) -> str:
    """A rate without idle zeros, but with two digits after the point."""
    digits = max(2, -int(rate.normalize().as_tuple().exponent))
    return f"{rate:,.{digits}f}"
