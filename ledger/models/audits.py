"""What the audit found, and how far an auditor has read the journal."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditRun(models.Model):
    """Once that everything which must always hold was checked: how many rows broke a rule."""

    at = models.DateTimeField(auto_now_add=True)
    checks = models.PositiveSmallIntegerField()
    broken = models.PositiveIntegerField(_("rows that break a rule"))
    # One line for each, as `coop.kit.audit.Finding` keeps it; the first `MOST_LINES` of them.
    findings = models.TextField(blank=True)

    MOST_LINES = 200

    class Meta:
        verbose_name = _("audit")
        verbose_name_plural = _("audits")
        ordering = ["-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}: {self.broken}"


class Reading(models.Model):
    """How far somebody has read the journal: every entry up to `entry`, as she said herself."""

    reader = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", primary_key=True
    )
    entry = models.ForeignKey("ledger.JournalEntry", models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.reader}: {self.entry}"
