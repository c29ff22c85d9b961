"""Closing days: asked for by one, signed by two, and done with the second signature."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from coop.kit.money import from_minor
from ledger.models.journal import JournalEntry

#: Two people close days. Source: the issue, "itself approved by two".
SIGNATURES_TO_CLOSE = 2


class Closing(models.Model):
    """A wish to close every day up to `last_day`, as the books stood when it was asked for.

    `entries` counts the entries of the days that would be closed: since entries are only ever
    added, the same count is the same books. `gain_minor` is what revaluing other currencies books
    (a loss is negative), `result_minor` what a year earned; both in the books' currency.
    """

    class Scope(models.TextChoices):
        DAYS = "days", _("Days")
        MONTH = "month", _("Month")
        YEAR = "year", _("Year")

    class Status(models.TextChoices):
        ASKED = "asked", _("Waits for signatures")
        CLOSED = "closed", _("Closed")
        VOID = "void", _("Called off")

    status = models.CharField(
        _("status"), max_length=6, choices=Status.choices, default=Status.ASKED
    )
    scope = models.CharField(max_length=5, choices=Scope.choices)
    last_day = models.DateField(_("last day"))
    entries = models.PositiveBigIntegerField()
    gain_minor = models.BigIntegerField()
    result_minor = models.BigIntegerField()
    note = models.CharField(_("note"), max_length=200, blank=True)
    why_void = models.CharField(max_length=200, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked for by")
    )
    requested_on = models.DateField(_("asked for on"))
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("closing")
        verbose_name_plural = _("closings")
        default_permissions = ()
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["status"], condition=Q(status="asked"), name="closing_asked_one_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["last_day"], condition=Q(status="closed"), name="closing_done_once"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["asked", "closed", "void"]), name="closing_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(scope="year") | Q(result_minor=0), name="closing_result_is_a_years"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.last_day:%Y-%m-%d}"

    @property
    def gain(self) -> Money:
        """What revaluing other currencies books; negative for a loss."""
        return from_minor(self.gain_minor)

    @property
    def result(self) -> Money:
        """What the year earned; negative for a loss."""
        return from_minor(self.result_minor)


class ClosingSignature(models.Model):
    """One person's signature under what she saw: it holds a copy of what would be closed."""

    closing = models.ForeignKey(Closing, models.PROTECT, related_name="signatures", db_index=False)
    signer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    scope = models.CharField(max_length=5, choices=Closing.Scope.choices)
    last_day = models.DateField()
    entries = models.PositiveBigIntegerField()
    gain_minor = models.BigIntegerField()
    result_minor = models.BigIntegerField()
    signed_on = models.DateField(_("signed on"))
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["closing", "signer"], name="closing_signed_once_a_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.closing_id} by {self.signer_id}"


class ClosingEntry(models.Model):
    """An entry that a closing made: a revaluation, or the result of a year."""

    closing = models.ForeignKey(Closing, models.PROTECT, related_name="made")
    entry = models.OneToOneField(JournalEntry, models.PROTECT, related_name="closing_entry")

    class Meta:
        default_permissions = ()
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.closing_id}: {self.entry_id}"
