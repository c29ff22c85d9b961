"""Vouchers: photographs of the papers behind an entry or a payment."""

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ledger.models.journal import JournalEntry
from ledger.models.payments import Payment


def private_storage() -> Storage:
    """Where files lie that no address of the web leads to."""
    return storages["private"]


class Voucher(models.Model):
    """The photograph of a receipt, an invoice, a slip, as it was cleaned.

    It is uploaded first (so that no mistake in a form loses it), then given once and for all to
    an entry or a payment. Its file never changes: `sha256` says what it was.
    """

    file = models.FileField(upload_to="vouchers/%Y/%m/", storage=private_storage, max_length=160)
    sha256 = models.CharField(max_length=64)
    entry = models.ForeignKey(
        JournalEntry, models.PROTECT, null=True, blank=True, related_name="vouchers"
    )
    payment = models.ForeignKey(
        Payment, models.PROTECT, null=True, blank=True, related_name="vouchers"
    )
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("voucher")
        verbose_name_plural = _("vouchers")
        default_permissions = ()
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(entry__isnull=True) | Q(payment__isnull=True),
                name="voucher_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"voucher {self.pk}"


class VoucherWord(models.Model):
    """Whether every member may look at a photograph: the newest word counts, none means no.

    Who says so has looked: no woman's name, signature or number of an account can be read on it.
    Source: design, "Who sees and does what" (others' names as the assembly decided).
    """

    voucher = models.ForeignKey(Voucher, models.PROTECT, related_name="words")
    is_open = models.BooleanField(_("everybody may see it"))
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.voucher_id}: {'open' if self.is_open else 'closed'}"
