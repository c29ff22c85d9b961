"""A pay day as it was asked for: the list that was seen, and the rule that made it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from coop.kit.money import from_minor
from ledger.cash.pay_rule import Rule
from ledger.models import Account, Payment


class PayDay(models.Model):
    """Once that everybody's pay was asked for, out of one place."""

    on = models.DateField(_("day"))
    from_account = models.ForeignKey(
        Account, models.PROTECT, related_name="+", verbose_name=_("out of")
    )
    rule = models.CharField(_("rule"), max_length=12, choices=Rule.choices)
    # Where the rule is written, as it was called then.
    rule_source = models.CharField(max_length=120, blank=True)
    available_minor = models.PositiveBigIntegerField()
    purpose = models.CharField(_("what for"), max_length=300)
    reference = models.CharField(_("reference"), max_length=120, unique=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("pay day")
        verbose_name_plural = _("pay days")
        default_permissions = ()
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.purpose

    @property
    def available(self) -> Money:
        """What there was to be given out (reads the account)."""
        return from_minor(self.available_minor, self.from_account.currency)


class PayDayLine(models.Model):
    """What a member was owed on that day, and the payment that was asked for; none: she waits."""

    pay_day = models.ForeignKey(PayDay, models.PROTECT, related_name="lines")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    owed_minor = models.PositiveBigIntegerField()
    gets_minor = models.PositiveBigIntegerField()
    payment = models.OneToOneField(Payment, models.PROTECT, null=True, related_name="pay_day_line")

    class Meta:
        default_permissions = ()
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["pay_day", "account"], name="pay_day_line_once"),
            models.CheckConstraint(
                condition=Q(gets_minor__lte=F("owed_minor")), name="pay_day_line_not_above_owed"
            ),
            models.CheckConstraint(
                condition=Q(gets_minor=0, payment=None)
                | Q(gets_minor__gt=0, payment__isnull=False),
                name="pay_day_line_has_payment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pay_day_id} {self.account_id}"

    @property
    def owed(self) -> Money:
        """What she was owed (reads the account)."""
        return from_minor(self.owed_minor, self.account.currency)

    @property
    def gets(self) -> Money:
        """What was asked for (reads the account)."""
        return from_minor(self.gets_minor, self.account.currency)

    @property
    def stays(self) -> Money:
        """What stayed owed (reads the account)."""
        return self.owed - self.gets
