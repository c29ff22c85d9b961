"""Who can knit what, and how many hours she offers each month."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from coop.kit.translated import translated


class Technique(models.Model):
    """A way of knitting that a design asks for: puppets, hats, gloves, shawls, animals."""

    key = models.SlugField(max_length=30, unique=True)
    name_es = models.CharField(_("name (Spanish)"), max_length=60)
    name_en = models.CharField(_("name (English)"), max_length=60)

    name = translated("name")

    class Meta:
        verbose_name = _("technique")
        verbose_name_plural = _("techniques")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.name


class Skill(models.Model):
    """How well a member masters a technique."""

    class Level(models.IntegerChoices):
        LEARNING = 1, _("learning")
        SURE = 2, _("sure")
        MASTER = 3, _("master")

    member = models.ForeignKey("members.Member", models.PROTECT, related_name="skills")
    technique = models.ForeignKey(Technique, models.PROTECT, related_name="skills")
    level = models.PositiveSmallIntegerField(choices=Level.choices)
    since = models.DateField()
    confirmed_by = models.ForeignKey("people.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["member", "technique"]
        permissions = [("set_skill", "May confirm skills and hours")]
        constraints = [
            models.UniqueConstraint(fields=["member", "technique"], name="skill_once"),
            models.CheckConstraint(
                condition=Q(level__gte=1, level__lte=3), name="skill_level_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member.code} {self.technique}: {self.get_level_display()}"


class Capacity(models.Model):
    """The hours a member offers in a month (her quota), and how many are promised. Invariant 5."""

    member = models.ForeignKey("members.Member", models.PROTECT, related_name="capacities")
    month = models.DateField(help_text=_("the first day of the month"))
    offered_minutes = models.PositiveIntegerField()
    promised_minutes = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["month", "member"]
        constraints = [
            models.UniqueConstraint(fields=["member", "month"], name="capacity_once"),
            models.CheckConstraint(
                condition=Q(promised_minutes__lte=F("offered_minutes")),
                name="promised_hours_within_capacity",
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="capacity_month_is_a_first"),
        ]

    def __str__(self) -> str:
        return f"{self.member.code} {self.month:%Y-%m}"

    @property
    def free_minutes(self) -> int:
        """What is offered and not promised."""
        return self.offered_minutes - self.promised_minutes


class QuotaEvent(models.Model):
    """A skill confirmed or hours offered: who said so, when, from what to what. Append-only."""

    class Kind(models.TextChoices):
        SKILL = "skill", _("skill")
        HOURS = "hours", _("hours offered")

    member = models.ForeignKey("members.Member", models.PROTECT, related_name="quota_events")
    kind = models.CharField(max_length=5, choices=Kind.choices)
    technique = models.ForeignKey(
        Technique, models.PROTECT, related_name="+", null=True, blank=True
    )
    month = models.DateField(null=True, blank=True)
    # A level, or minutes; 0 is none.
    before = models.PositiveIntegerField()
    after = models.PositiveIntegerField()
    on = models.DateField()
    actor = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="skill", technique__isnull=False, month__isnull=True)
                | Q(kind="hours", technique__isnull=True, month__isnull=False),
                name="quota_event_is_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.get_kind_display()} {self.before} → {self.after}"


class HoursMonth(models.Model):
    """A month of knitting hours: its row is the lock under which hours are held."""

    month = models.DateField(unique=True)

    class Meta:
        ordering = ["month"]
        constraints = [
            models.CheckConstraint(condition=Q(month__day=1), name="hours_month_is_a_first"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class HoursHold(models.Model):
    """Hours of a month held for a piece that is not ordered yet, while somebody pays for it.

    What was agreed never changes; a hold ends once. Whoever comes back after letting go holds
    again in the next round.
    """

    class Status(models.TextChoices):
        HELD = "held", _("held")
        RELEASED = "released", _("let go")
        CONSUMED = "consumed", _("ordered")

    # What the hours are for, in the words of whoever holds them: "line:34".
    reference = models.CharField(max_length=60)
    round = models.PositiveSmallIntegerField(default=1)
    month = models.DateField()
    minutes = models.PositiveIntegerField()
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.HELD)
    held_on = models.DateField()
    at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["reference", "round", "month"]
        constraints = [
            models.UniqueConstraint(fields=["reference", "round", "month"], name="hours_hold_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="hours_hold_month_is_a_first"),
            models.CheckConstraint(
                condition=Q(minutes__gt=0, round__gt=0), name="hours_hold_of_some_time"
            ),
            models.CheckConstraint(
                condition=Q(status="held", ended_at__isnull=True)
                | Q(status__in=["released", "consumed"], ended_at__isnull=False),
                name="hours_hold_ends_when_it_ends",
            ),
        ]
        indexes = [
            models.Index(fields=["month"], condition=Q(status="held"), name="hours_held_by_month")
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.month:%Y-%m}: {self.minutes} ({self.get_status_display()})"
