"""A box goes from one to another: a count, and the signatures of both."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from ledger.cash.models.counts import Count, Proof

#: Why the giver does not sign, where nobody said more; read in the reader's language.
NOT_HERE = gettext_noop("She is not here.")
#: The same in rows of before, as the screen of whoever asked said it.
_NOT_HERE_BEFORE = "No está aquí."


class HandingOver(models.Model):
    """Who gives the box to whom, with what was counted in it.

    Where the giver is not there (she left, she is ill) `absence` says why, and two others sign
    in her place, neither of them the receiver. Source: rules, "the president left".
    """

    count = models.OneToOneField(Count, models.PROTECT, related_name="handing_over")
    giver = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("gives it")
    )
    receiver = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("receives it")
    )
    absence = models.CharField(_("why she is not there"), max_length=200, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    on = models.DateField(_("day"))
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("handing over of a box")
        verbose_name_plural = _("handings over of boxes")
        default_permissions = ()
        ordering = ["-on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(giver=F("receiver")), name="handing_over_to_another"
            )
        ]

    def __str__(self) -> str:
        return f"{self.giver_id} → {self.receiver_id}"

    @property
    def is_without_giver(self) -> bool:
        """Others sign in the giver's place: she is away, and has not signed after all (a query)."""
        return bool(self.absence) and not self.signs.filter(person=self.giver_id).exists()

    @property
    def absence_said(self) -> str:
        """Why the giver is not there, in the reader's language where it is our own sentence."""
        is_ours = self.absence in {NOT_HERE, _NOT_HERE_BEFORE}
        return gettext(NOT_HERE) if is_ours else self.absence


class HandingSign(models.Model):
    """A signature under a handing over: by her own log-in, or drawn on another's screen with her PIN.

    `proof` says which; nothing, where only a drawing was asked for (until version 0.4).
    """

    handing_over = models.ForeignKey(
        HandingOver, models.PROTECT, related_name="signs", db_index=False
    )
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    drawing = models.TextField(_("signature"), blank=True, default="")
    proof = models.CharField(_("how"), max_length=7, choices=Proof.choices, null=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        default_permissions = ()
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["handing_over", "person"], name="handing_sign_once_a_person"
            ),
            models.CheckConstraint(
                condition=Q(person=F("written_by")) | ~Q(drawing=""),
                name="handing_sign_is_her_own_or_drawn",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.handing_over_id} by {self.person_id}"


class HandingEnd(models.Model):
    """A handing over that was called off before its last signature: by whom, and why."""

    handing_over = models.OneToOneField(HandingOver, models.PROTECT, related_name="end")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    note = models.CharField(_("why"), max_length=200, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("end of a handing over")
        verbose_name_plural = _("ends of handings over")
        default_permissions = ()
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.handing_over_id} by {self.actor_id}"


class HandingHeard(models.Model):
    """Whoever had a box that went to another while she was away has read so."""

    handing_over = models.OneToOneField(HandingOver, models.PROTECT, related_name="heard")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("reading of a handing over")
        verbose_name_plural = _("readings of handings over")
        default_permissions = ()
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.handing_over_id} by {self.person_id}"
