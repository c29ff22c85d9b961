"""The cooperative's rules as the assembly voted them: versions, clauses, parameters."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from coop.kit.translated import translated


class RuleSet(models.Model):
    """One version of the rules, in force from a day until the next version's.

    Never changed afterwards (triggers): what was decided under it stays decided. The counts close
    the set: no clause or parameter comes after those. The digest is what the minute book prints.
    """

    name = models.CharField(_("name"), max_length=60)
    version = models.PositiveSmallIntegerField(_("version"))
    valid_from = models.DateField(_("in force from"), unique=True)
    decision = models.TextField(_("decision"), help_text=_("Which assembly decided, and how."))
    adopted_on = models.DateField(_("adopted on"))
    clause_count = models.PositiveSmallIntegerField()
    parameter_count = models.PositiveSmallIntegerField()
    digest = models.CharField(_("digest"), max_length=64)
    adopted_by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    adopted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("rule set")
        verbose_name_plural = _("rule sets")
        ordering = ["-valid_from"]
        permissions = [("adopt_ruleset", "May write down rules that the assembly adopted")]
        constraints = [
            models.UniqueConstraint(fields=["name", "version"], name="rule_set_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


class Clause(models.Model):
    """One rule in the women's own words, and how the software reads it."""

    rule_set = models.ForeignKey(RuleSet, models.PROTECT, related_name="clauses")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=40)
    heading_es = models.CharField(max_length=120)
    heading_en = models.CharField(max_length=120)
    # Empty where they left something open and only a reading fills it.
    text_es = models.TextField(blank=True)
    reading_es = models.TextField(blank=True)
    reading_en = models.TextField(blank=True)

    heading = translated("heading")
    reading = translated("reading")

    class Meta:
        ordering = ["rule_set", "position"]
        constraints = [
            models.UniqueConstraint(fields=["rule_set", "code"], name="clause_code_once"),
        ]

    def __str__(self) -> str:
        return f"{self.rule_set}: {self.code}"


class Parameter(models.Model):
    """A number or choice that a clause leaves open, as the assembly set it."""

    rule_set = models.ForeignKey(RuleSet, models.PROTECT, related_name="parameters")
    clause = models.ForeignKey(Clause, models.PROTECT, related_name="parameters")
    key = models.CharField(max_length=60)
    value = models.JSONField()

    class Meta:
        ordering = ["rule_set", "clause__position", "key"]
        constraints = [
            models.UniqueConstraint(fields=["rule_set", "key"], name="parameter_key_once"),
        ]

    def __str__(self) -> str:
        return f"{self.key} = {self.value}"
