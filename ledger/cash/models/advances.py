"""Money that somebody took along, to account for by a day."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from coop.kit.money import from_minor
from ledger.models import JournalEntry, Payment


class AdvanceQuerySet(models.QuerySet["Advance"]):
    """Advances, read like sentences."""

    def with_settled(self) -> "AdvanceQuerySet":
        """With `settled_minor`: receipts and money brought back, but what was undone since."""
        stands = Q(parts__entry__reversed_by=None)
        return self.annotate(settled_minor=Coalesce(Sum("parts__minor", filter=stands), 0))

    def out(self) -> "AdvanceQuerySet":
        """The money is out, and not all of it is accounted for."""
        rows = self.with_settled().filter(
            payment__status=Payment.Status.PAID, payment__entry__reversed_by=None
        )
        # An annotation, which the type of the rows does not tell.
        return rows.filter(settled_minor__lt=F("payment__amount_minor"))  # type: ignore[misc]

    def overdue(self, today: date) -> "AdvanceQuerySet":
        """Their day has passed."""
        return self.out().filter(due_on__lt=today)


class Advance(models.Model):
    """What a payment of kind "advance" was for: who accounts for it, and by when.

    Who, how much and what for are its payment's, which two have signed.
    """

    payment = models.OneToOneField(Payment, models.PROTECT, related_name="advance")
    due_on = models.DateField(_("to account for by"))
    created_at = models.DateTimeField(default=timezone.now)

    objects = AdvanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("advance")
        verbose_name_plural = _("advances")
        default_permissions = ()
        ordering = ["due_on", "id"]

    def __str__(self) -> str:
        return self.payment.purpose

    @property
    def settled(self) -> Money:
        """Receipts and money brought back so far (one query)."""
        stands = self.parts.filter(entry__reversed_by=None)
        minor = stands.aggregate(minor=Sum("minor", default=0))["minor"]
        return from_minor(minor, self.payment.currency)

    @property
    def outstanding(self) -> Money:
        """What has still to come, as receipts or as money (one query)."""
        return self.payment.amount - self.settled

    @property
    def is_out(self) -> bool:
        """Money is out that is not accounted for (two queries)."""
        paid = Payment.objects.filter(
            pk=self.payment_id, status=Payment.Status.PAID, entry__reversed_by=None
        )
        return self.outstanding.amount > 0 and paid.exists()


class AdvancePart(models.Model):
    """A receipt, or money brought back: with its entry, which has the photograph."""

    advance = models.ForeignKey(Advance, models.PROTECT, related_name="parts")
    entry = models.OneToOneField(JournalEntry, models.PROTECT, related_name="advance_part")
    minor = models.PositiveBigIntegerField()
    what = models.CharField(_("what it was for"), max_length=200, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("part of an advance")
        verbose_name_plural = _("parts of advances")
        default_permissions = ()
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(minor__gt=0), name="advance_part_positive")
        ]

    def __str__(self) -> str:
        return f"{self.advance_id}: {self.minor}"

    @property
    def amount(self) -> Money:
        """How much it was (reads the advance and its payment)."""
        return from_minor(self.minor, self.advance.payment.currency)
