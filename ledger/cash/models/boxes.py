"""Cash boxes, and who holds each."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ledger.models import Account


class Box(models.Model):
    """A money account whose money lies somewhere, in notes and coins, in somebody's keeping."""

    account = models.OneToOneField(Account, models.PROTECT, primary_key=True, related_name="box")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("cash box")
        verbose_name_plural = _("cash boxes")
        default_permissions = ()
        ordering = ["account__code"]
        permissions = [("count_box", _("Counts cash boxes and hands them over"))]

    def __str__(self) -> str:
        return self.account.name


class Holding(models.Model):
    """From a day on somebody has the box, until the next one: the newest is its holder.

    The first is named when the box is opened; every other has it by a handing over. The account's
    own `holder` follows (a trigger), so that whoever reads accounts reads the same.
    """

    box = models.ForeignKey(Box, models.PROTECT, related_name="holdings", db_index=False)
    number = models.PositiveIntegerField()
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="boxes_held",
        verbose_name=_("holder"),
    )
    since = models.DateField(_("since"))
    handing_over = models.OneToOneField(
        "cash.HandingOver", models.PROTECT, null=True, related_name="holding"
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("holder of a box")
        verbose_name_plural = _("holders of boxes")
        default_permissions = ()
        ordering = ["box", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["box", "number"], name="holding_number_once"),
            models.CheckConstraint(
                condition=models.Q(number=1, handing_over=None)
                | models.Q(number__gt=1, handing_over__isnull=False),
                name="holding_by_handing_over",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.box_id} {self.number}: {self.holder_id}"
