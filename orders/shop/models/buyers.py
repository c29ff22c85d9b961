"""Who buys on account."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Buyer(models.Model):
    """A hotel or museum shop: its own prices and terms, no vote."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    user = models.OneToOneField("people.User", models.PROTECT, related_name="buyer")
    terms_days = models.PositiveSmallIntegerField(_("days to pay"), default=30)
    address = models.TextField(_("address"), blank=True)

    class Meta:
        verbose_name = _("buyer")
        verbose_name_plural = _("buyers")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
