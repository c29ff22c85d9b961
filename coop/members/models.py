"""The women of the cooperative: where they live, what they are, which office they hold."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Settlement(models.Model):
    """A place around the lake from which members come."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    centre = models.CharField(
        _("belongs to"),
        max_length=80,
        blank=True,
        help_text=_("The centro poblado it belongs to, if it is not one itself."),
    )

    class Meta:
        verbose_name = _("settlement")
        verbose_name_plural = _("settlements")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class MemberQuerySet(models.QuerySet["Member"]):
    """Sentences of the statutes."""

    def active(self) -> "MemberQuerySet":
        """In the cooperative today, and not suspended."""
        return self.filter(status=Member.Status.ACTIVE)

    def knitters(self) -> "MemberQuerySet":
        """Those who knit and earn; honorary members do not."""
        return self.filter(kind=Member.Kind.FULL)


class Member(models.Model):
    """A member. Her code stands in sealed texts; her name only here, where it can be erased."""

    class Kind(models.TextChoices):
        FULL = "full", _("member")
        HONORARY = "honorary", _("honorary member")

    class Status(models.TextChoices):
        ACTIVE = "active", _("active")
        SUSPENDED = "suspended", _("suspended")
        LEFT = "left", _("left")

    code = models.CharField(_("code"), max_length=8, unique=True)
    user = models.OneToOneField("people.User", models.PROTECT, related_name="member")
    name = models.CharField(_("name"), max_length=120)
    settlement = models.ForeignKey(Settlement, models.PROTECT, related_name="members")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.FULL)
    status = models.CharField(
        _("status"), max_length=9, choices=Status.choices, default=Status.ACTIVE
    )
    joined_on = models.DateField(_("joined on"))
    rule_set = models.ForeignKey("rules.RuleSet", models.PROTECT, related_name="+")
    # What the house owes her. An honorary member earns nothing, so she has none.
    account = models.OneToOneField(
        "ledger.Account", models.PROTECT, related_name="member", null=True, blank=True
    )
    may_show_name = models.BooleanField(_("her name may be shown in public"), default=False)
    may_show_settlement = models.BooleanField(_("her village may be shown"), default=False)

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        ordering = ["code"]
        permissions = [("enrol_member", "May enrol members and change their standing")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="full", account__isnull=False)
                | Q(kind="honorary", account__isnull=True),
                name="member_earns_unless_honorary",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Office(models.Model):
    """A post in the Junta (or storekeeper, checker), from a day until a day."""

    class Post(models.TextChoices):
        PRESIDENT = "president", _("president")
        SECRETARY = "secretary", _("secretary")
        TREASURER = "treasurer", _("treasurer")
        VOCAL = "vocal", _("vocal")
        STOREKEEPER = "storekeeper", _("storekeeper")
        CHECKER = "checker", _("checker")

    member = models.ForeignKey(Member, models.PROTECT, related_name="offices")
    post = models.CharField(max_length=12, choices=Post.choices)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    appointed_by = models.ForeignKey("people.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["from_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["post"],
                condition=Q(until_on__isnull=True)
                & Q(post__in=["president", "secretary", "treasurer", "vocal"]),
                name="junta_post_held_once",
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=models.F("from_on")),
                name="office_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_post_display()}: {self.member}"


class MemberEvent(models.Model):
    """What happened to a membership: who did it, when, why. Append-only."""

    class Kind(models.TextChoices):
        ENROLLED = "enrolled", _("enrolled")
        APPOINTED = "appointed", _("appointed")
        OFFICE_ENDED = "office_ended", _("office ended")
        SUSPENDED = "suspended", _("suspended")
        REINSTATED = "reinstated", _("reinstated")
        LEFT = "left", _("left")
        CONSENT = "consent", _("consent changed")

    member = models.ForeignKey(Member, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    note = models.CharField(max_length=200, blank=True)
    on = models.DateField()
    actor = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.on} {self.get_kind_display()}"

    @property
    def detail(self) -> str:
        """The note as people read it: an office is called by its name."""
        posts = dict(Office.Post.choices)
        return str(posts.get(self.note, self.note))
