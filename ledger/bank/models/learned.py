"""What the house remembers of a bank: its columns, what its words meant, a file half imported."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ledger.bank.models.rows import Match
from ledger.models import Account, JournalEntry

_USER = settings.AUTH_USER_MODEL


class ColumnMap(models.Model):
    """Which column of a bank's table is what: said once, remembered by account and head."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    header = models.CharField(max_length=1000)
    #: Role to column, from zero.
    places = models.JSONField()
    order = models.CharField(max_length=3, blank=True)
    by = models.ForeignKey(_USER, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["account", "header"], name="columns_once_a_bank"),
        ]

    def __str__(self) -> str:
        return self.header


class WhatWasLearned(models.Model):
    """What lines with such words turned out to be: the columns of a rule, known or forgotten."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="+", db_index=False)
    words = models.CharField(max_length=200)
    is_in = models.BooleanField()
    #: A `JournalEntry.Kind`.
    kind = models.CharField(max_length=20)
    other = models.ForeignKey(Account, models.CASCADE, related_name="+")
    times = models.PositiveIntegerField(default=1)
    #: How often somebody confirmed what it had suggested.
    helped = models.PositiveIntegerField(default=0)
    #: The match from which it was learned first; one that is older than this column has none.
    learned_from = models.ForeignKey(Match, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        abstract = True
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.words} = {self.other_id}"

    @property
    def kind_label(self) -> str:
        """What sort of entry it was, in words."""
        return str(JournalEntry.Kind(self.kind).label)


class LearnedRule(WhatWasLearned):
    """What lines with such words turned out to be: learned from what people confirmed."""

    #: Whether the entry was written from the bank's line, so that the next may be, too.
    is_written = models.BooleanField(default=False)
    last_on = models.DateField()

    class Meta(WhatWasLearned.Meta):
        verbose_name = _("learned rule")
        verbose_name_plural = _("learned rules")
        ordering = ["-times", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "words", "is_in", "other"], name="rule_learned_once"
            ),
        ]


class ForgottenRule(WhatWasLearned):
    """A rule that somebody forgot: what it was, who, when and why. Append-only.

    What was forgotten may be learned anew, from whatever is confirmed later.
    """

    by = models.ForeignKey(_USER, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    why = models.CharField(max_length=300, blank=True)

    class Meta(WhatWasLearned.Meta):
        verbose_name = _("forgotten rule")
        verbose_name_plural = _("forgotten rules")
        ordering = ["-pk"]


class Upload(models.Model):
    """A file that waits for its columns to be said; gone once it is imported, or after a day."""

    name = models.CharField(max_length=200)
    content = models.BinaryField()
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    by = models.ForeignKey(_USER, models.CASCADE, related_name="+")
    #: What was typed beside it: balances, the order of days.
    typed = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.name
