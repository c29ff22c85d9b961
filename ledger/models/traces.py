"""What the rows of the books said, each time that they were written."""

from django.db import models
from django.db.models import Q

from ledger.models.seals import Block


class RowTrace(models.Model):
    """What a row said after it was written, changed or deleted; the database writes it itself.

    Entries and postings have their seals; every other table of the books is traced
    (`ledger.traces`). `row` is JSON by column. A block gathers traces as it gathers entries,
    and from then on its root vouches for them. The salt keeps a trace from being guessed.
    """

    class Verb(models.TextChoices):
        INSERT = "insert"
        UPDATE = "update"
        DELETE = "delete"
        # There when the table was first traced, or changed by a migration.
        FOUND = "found"

    table = models.CharField(max_length=64)
    key = models.CharField(max_length=40)
    verb = models.CharField(max_length=6, choices=Verb.choices)
    row = models.TextField()
    salt = models.CharField(max_length=32)
    at = models.DateTimeField()
    block = models.ForeignKey(
        Block, models.PROTECT, null=True, related_name="traces", db_index=False
    )

    class Meta:
        default_permissions = ()
        ordering = ["id"]
        indexes = [
            models.Index(fields=["table", "key", "id"], name="trace_by_row"),
            models.Index(fields=["id"], condition=Q(block=None), name="trace_not_gathered"),
            models.Index(fields=["block", "id"], name="trace_by_block"),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.key}: {self.verb}"
