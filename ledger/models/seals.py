"""What proves that nothing was altered: seals, blocks of seals, closed periods."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ledger.models.journal import JournalEntry


class Seal(models.Model):
    """The hash of an entry and all its postings, over a random salt (`ledger.canonical`).

    Inserting it makes the database check the entry; after it the entry is closed for ever.
    """

    entry = models.OneToOneField(
        JournalEntry, models.PROTECT, primary_key=True, related_name="seal"
    )
    version = models.PositiveSmallIntegerField()
    salt = models.CharField(max_length=32)
    leaf = models.CharField(max_length=64)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.leaf


class Block(models.Model):
    """Sealed entries gathered into a Merkle tree.

    Its first leaf is the header (`ledger.canonical.block_header`), which holds the root before it.
    """

    number = models.PositiveBigIntegerField(_("number"), unique=True)
    previous = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="next", editable=False
    )
    day = models.DateField(_("day"))
    first_number = models.PositiveBigIntegerField()
    last_number = models.PositiveBigIntegerField()
    closed_until = models.DateField(null=True)  # the last closed day when it was gathered
    root = models.CharField(max_length=64)
    # The Merkle root of the traces of rows that it gathers, and how many; null in blocks of the
    # first form, which knew of none.
    trace_count = models.PositiveBigIntegerField(null=True)
    trace_root = models.CharField(max_length=64, null=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_number__gte=models.F("first_number")), name="block_is_not_empty"
            ),
            models.CheckConstraint(
                condition=Q(number=1, previous=None, first_number=1)
                | Q(number__gt=1, previous__isnull=False),
                name="block_has_a_previous",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.root}"


class BlockItem(models.Model):
    """An entry's place in a block, and with it the entry's number."""

    entry = models.OneToOneField(
        JournalEntry, models.PROTECT, primary_key=True, related_name="block_item"
    )
    block = models.ForeignKey(Block, models.PROTECT, related_name="items")
    number = models.PositiveBigIntegerField(unique=True)

    class Meta:
        default_permissions = ()
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number} in block {self.block_id}"


class Period(models.Model):
    """Days that are closed: every day up to `last_day` takes no entry any more."""

    last_day = models.DateField(_("last closed day"), unique=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("closed by")
    )
    closed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("closed period")
        verbose_name_plural = _("closed periods")
        default_permissions = ()
        ordering = ["-last_day"]

    def __str__(self) -> str:
        return f"{self.last_day:%Y-%m-%d}"
