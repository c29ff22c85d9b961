"""What phones told the house, so that it is heard once."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Told(models.Model):
    """Something a member told the house from her phone, perhaps hours before there was signal.

    Its key was made on the phone when she pressed; a phone that never hears the answer asks
    again with the same key and gets the same answer. Old rows are forgotten
    (`services.forget_told`), later than the phone's right to send them ends.
    """

    class Outcome(models.TextChoices):
        DONE = "done", _("done")
        REFUSED = "refused", _("refused")

    key = models.UUIDField(unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="told")
    act = models.CharField(max_length=20)
    number = models.PositiveBigIntegerField(help_text="the key of what she answered")
    # Of act, number and the proof of what she saw: the same key never means something else.
    fingerprint = models.CharField(max_length=64)
    outcome = models.CharField(max_length=7, choices=Outcome.choices, default=Outcome.DONE)
    sentence = models.CharField(max_length=400, blank=True)
    told_at = models.DateTimeField(help_text="by the phone's clock, which may be wrong")
    heard_at = models.DateTimeField(auto_now_add=True, db_index=True)
    # What was answered while she was away waits for her on her screens.
    is_read = models.BooleanField(default=True)

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["user"], condition=models.Q(is_read=False), name="told_waits_for_her"
            )
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.number}: {self.get_outcome_display()}"

    @property
    def was_refused(self) -> bool:
        """The house did not do it; the sentence says why."""
        return self.outcome == self.Outcome.REFUSED
