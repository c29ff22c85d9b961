"""What the members' screens keep of their own: voices, and questions about pay."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from coop.kit.tokens import secret_token
from coop.portal.audio.phrases import LANGUAGES


def recording_path(recording: "Recording", filename: str) -> str:
    """Where a recording lies: a random name, so that a new one is never taken for the old."""
    ending = filename.rpartition(".")[2].lower()
    return f"audio/{recording.language}/{secret_token()[:16]}.{ending}"


class RecordingQuerySet(models.QuerySet["Recording"]):
    """Recordings, read like sentences."""

    def current(self) -> "RecordingQuerySet":
        """Those that no newer one has replaced."""
        return self.filter(replaced_at__isnull=True)


class Recording(models.Model):
    """A sentence or a word, spoken by somebody of the cooperative.

    `wording` is what the screen said on that day: when the screen says something else, the
    recording is stale and no longer played.
    """

    language = models.CharField(_("language"), max_length=2, choices=list(LANGUAGES.items()))
    key = models.CharField(_("sentence"), max_length=80)
    wording = models.CharField(_("wording"), max_length=240)
    said = models.CharField(
        _("what is said"),
        max_length=240,
        blank=True,
        help_text=_("The words in Quechua or Aymara, as the woman who speaks them writes them."),
    )
    file = models.FileField(_("recording"), upload_to=recording_path)
    recorded_by = models.CharField(_("who speaks"), max_length=80)
    recorded_on = models.DateField(_("recorded on"))
    kept_by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    kept_at = models.DateTimeField(auto_now_add=True)
    replaced_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = RecordingQuerySet.as_manager()

    class Meta:
        verbose_name = _("recording")
        verbose_name_plural = _("recordings")
        ordering = ["language", "key", "pk"]
        default_permissions = ()
        permissions = [("record_sounds", "Can record what the members' screens say")]
        constraints = [
            models.UniqueConstraint(
                fields=["language", "key"],
                condition=models.Q(replaced_at__isnull=True),
                name="recording_is_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(key="") & ~models.Q(wording="") & ~models.Q(recorded_by=""),
                name="recording_says_what_and_who",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.language}: {self.wording}"


class PayQuestion(models.Model):
    """A member says that her pay is wrong; the treasurer looks at it and answers."""

    class What(models.TextChoices):
        TOO_LITTLE = "too_little", _("It is too little")
        PIECE_MISSING = "missing", _("A piece of mine is missing")
        NOT_RECEIVED = "not_got", _("I did not receive it")

    member = models.ForeignKey("members.Member", models.PROTECT, related_name="pay_questions")
    what = models.CharField(_("what is wrong"), max_length=10, choices=What.choices)
    assignment = models.ForeignKey(
        "production.Assignment",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("of which work"),
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    answer = models.CharField(_("answer"), max_length=400, blank=True)
    answered_by = models.ForeignKey(
        "people.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("question about pay")
        verbose_name_plural = _("questions about pay")
        ordering = ["-pk"]
        default_permissions = ()
        permissions = [("answer_pay_question", "Can answer questions about pay")]
        constraints = [
            # Asked again while it waits, it is the same question.
            models.UniqueConstraint(
                fields=["member"],
                condition=models.Q(answered_at__isnull=True),
                name="pay_question_waits_once",
            ),
            models.CheckConstraint(
                condition=models.Q(answered_at__isnull=True, answered_by__isnull=True, answer="")
                | models.Q(answered_at__isnull=False, answered_by__isnull=False)
                & ~models.Q(answer=""),
                name="pay_question_is_answered_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.get_what_display()}"

    @property
    def is_answered(self) -> bool:
        """The treasurer has said something."""
        return self.answered_at is not None
