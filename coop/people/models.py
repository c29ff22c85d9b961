"""Everyone who can come in: one user model, e-mail for some, picture and PIN for others."""

from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from coop.kit.tokens import card_token, readable_tag, secret_token


def new_username() -> str:
    """A name for the database only: nobody types it and it says nothing."""
    return f"u-{readable_tag(12).lower()}"


class PeopleManager(UserManager["User"]):
    """Finds people by e-mail whatever its capitals."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username=username)

    def with_email(self, email: str) -> "User | None":
        """The person who comes in with this e-mail address, if any."""
        return self.filter(email__iexact=email).first() if email else None


class User(AbstractUser):
    """A person who can come in. Members often have no e-mail address; then it is null."""

    class Language(models.TextChoices):
        SPANISH = "es", _("Spanish")
        ENGLISH = "en", _("English")

    # Wagtail's pages for people want to be able to show this field, so it stays editable.
    username = models.CharField(_("user name"), max_length=40, unique=True, default=new_username)
    email = models.EmailField(_("e-mail"), unique=True, null=True, blank=True)  # type: ignore[assignment]
    language = models.CharField(
        _("language"), max_length=5, choices=Language.choices, default=Language.SPANISH
    )
    # The language in which she listens; empty is that of the words on the screen.
    voice = models.CharField(_("spoken language"), max_length=5, blank=True)
    is_demo = models.BooleanField(
        _("demo log-in"),
        default=False,
        editable=False,
        help_text=_("Works only while the house shows the demo."),
    )

    # Part of every session's proof: with a new stamp all her sessions end (a phone was lost).
    session_stamp = models.CharField(max_length=64, default=secret_token, editable=False)

    objects: ClassVar[PeopleManager] = PeopleManager()

    REQUIRED_FIELDS = ["email"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once")]

    def __str__(self) -> str:
        return self.get_full_name() or self.email or self.username

    def save(self, *args: Any, **kwargs: Any) -> None:
        # Forms send an empty text where there is no address; two of those would collide.
        self.email = self.email.lower() if self.email else None
        super().save(*args, **kwargs)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        proof = f"{self.password}:{self.session_stamp}"
        return salted_hmac("people.session", proof, secret=secret, algorithm="sha256").hexdigest()

    def has_role(self, *roles: str) -> bool:
        """Whether this person has one of the roles of `coop.people.roles`."""
        if not hasattr(self, "_role_names"):
            self._role_names = set(self.groups.values_list("name", flat=True))
        return not self._role_names.isdisjoint(roles)


class PinCard(models.Model):
    """How a member comes in on `/m/`: her picture, then her PIN (hashed, never stored)."""

    user = models.OneToOneField(User, models.CASCADE, related_name="pin_card")
    motif = models.CharField(max_length=40)
    colour = models.CharField(max_length=20)
    pin_hash = models.CharField(max_length=160)
    # Somebody else typed it, or saw it typed, and from now on it would sign for money: she signs
    # with it only when she has chosen another herself.
    is_known = models.BooleanField(default=False)
    # Tries since the last time she came in or the card was locked; locks in a row.
    failures = models.PositiveSmallIntegerField(default=0)
    lockouts = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["motif", "colour"], name="pin_card_picture_once")
        ]

    def __str__(self) -> str:
        return f"{self.motif} {self.colour}"

    def is_locked(self, now: datetime | None = None) -> bool:
        """Whether too many wrong PINs closed this card for a while."""
        return self.locked_until is not None and self.locked_until > (now or timezone.now())


class Card(models.Model):
    """A printed card: its code finds her picture, her PIN still opens the door.

    A lost card is ended and another takes its place; the rows stay as a trace.
    """

    class Why(models.TextChoices):
        LOST = "lost", _("lost")
        WORN = "worn", _("worn out")
        LEFT = "left", _("no longer needed")

    user = models.ForeignKey(User, models.CASCADE, related_name="cards")
    token = models.CharField(max_length=64, unique=True, default=card_token)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    why_ended = models.CharField(max_length=5, choices=Why.choices, blank=True)

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(ended_at__isnull=True),
                name="card_works_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, ended_by__isnull=True, why_ended="")
                | models.Q(ended_at__isnull=False, ended_by__isnull=False)
                & ~models.Q(why_ended=""),
                name="card_is_ended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_why_ended_display() or _('works')}"


class PinRequest(models.Model):
    """A new PIN for somebody who signs for the house's money: one of the Junta asks, another
    confirms, and only then it opens anything. Decided requests stay as a trace, without the PIN.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("waiting for a second person")
        CONFIRMED = "confirmed", _("confirmed")
        WITHDRAWN = "withdrawn", _("called off")

    user = models.ForeignKey(User, models.PROTECT, related_name="pin_requests")
    motif = models.CharField(max_length=40)
    colour = models.CharField(max_length=20)
    pin_hash = models.CharField(max_length=160, blank=True)
    status = models.CharField(max_length=9, choices=Status.choices, default=Status.WAITING)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        default_permissions = ()
        permissions = [("confirm_pin", "Can confirm a new PIN of somebody who signs")]
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(status="confirmed")
                | ~models.Q(decided_by=models.F("asked_by"))
                & ~models.Q(decided_by=models.F("user")),
                name="pin_request_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    status="waiting", decided_by__isnull=True, decided_at__isnull=True
                )
                & ~models.Q(pin_hash="")
                | ~models.Q(status="waiting")
                & models.Q(decided_by__isnull=False, decided_at__isnull=False, pin_hash=""),
                name="pin_request_is_decided_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(status="waiting"),
                name="pin_request_waits_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.get_status_display()}"


class PinEvent(models.Model):
    """That a PIN is known to others, and that she chose her own: who, when. Never the PIN."""

    class Kind(models.TextChoices):
        KNOWN = "known", _("has to choose a PIN of her own")
        CHOSEN = "chosen", _("chose a PIN of her own")

    user = models.ForeignKey(User, models.PROTECT, related_name="pin_events")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    actor = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        default_permissions = ()
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.user} {self.get_kind_display()}"


class SecondStepRule(models.Model):
    """What the house asks of a role besides the password; the newest row of a role holds."""

    class Level(models.TextChoices):
        REQUIRED = "required", _("asked of her")
        ADVISED = "advised", _("recommended")
        FREE = "free", _("as she likes")

    role = models.CharField(max_length=40)
    level = models.CharField(max_length=8, choices=Level.choices)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        default_permissions = ()
        permissions = [("decide_second_step", "Can decide who needs a second step")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.role}: {self.get_level_display()}"


class PinAddress(models.Model):
    """How often a PIN was tried from an address since a moment; old rows are swept away."""

    address_hash = models.CharField(max_length=64, unique=True)
    tries = models.PositiveIntegerField(default=0)
    since = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.tries} since {self.since:%Y-%m-%d %H:%M}"


class Installation(models.Model):
    """The one row that says whether this house shows the demo or serves a real cooperative."""

    class Mode(models.TextChoices):
        EMPTY = "empty", _("not set up yet")
        DEMO = "demo", _("demo")
        REAL = "real", _("a real cooperative")

    mode = models.CharField(max_length=5, choices=Mode.choices, default=Mode.EMPTY)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="installation_is_one_row")
        ]

    def __str__(self) -> str:
        return self.get_mode_display()
