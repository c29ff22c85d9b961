"""How a payment reached who receives it: in cash, by transfer, by the wallet of a phone."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ledger.models.payments import Payment


class Handing(models.Model):
    """The money was handed over: how, and what shows that it arrived. Written once, with it.

    Cash is confirmed in one of three ways: by the code that her own phone showed her, by her
    name drawn on the screen, or by somebody who saw it, and says so with her own PIN. The PIN of
    who receives is never asked for.
    """

    class Means(models.TextChoices):
        CASH = "cash", _("In cash")
        TRANSFER = "transfer", _("By bank transfer")
        WALLET = "wallet", _("By phone wallet")

    class Proof(models.TextChoices):
        """What confirms that cash arrived."""

        CODE = "code", _("her one-time code")
        SIGNATURE = "signature", _("her signature on the screen")
        WITNESS = "witness", _("a witness")

    class WitnessProof(models.TextChoices):
        """What shows that the witness says it herself."""

        PIN = "pin", _("with her own PIN")

    class Wallet(models.TextChoices):
        YAPE = "yape", "Yape"
        PLIN = "plin", "Plin"
        OTHER = "other", _("Another wallet")

    payment = models.OneToOneField(Payment, models.PROTECT, related_name="handing")
    means = models.CharField(_("how it was paid"), max_length=8, choices=Means.choices)
    proof = models.CharField(
        _("confirmed by"), max_length=9, choices=Proof.choices, blank=True, default=""
    )
    witness = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who saw it"),
    )
    # How she said so herself; nothing in rows of before, where whoever paid named her.
    witness_proof = models.CharField(
        _("how"), max_length=7, choices=WitnessProof.choices, null=True, blank=True
    )
    # Strokes as `coop.kit.strokes` reads them: what was drawn, and nothing about the hand.
    drawing = models.TextField(_("signature"), blank=True, default="")
    wallet = models.CharField(
        _("wallet"), max_length=5, choices=Wallet.choices, blank=True, default=""
    )
    wallet_number = models.CharField(_("phone number"), max_length=20, blank=True, default="")
    operation = models.CharField(_("operation number"), max_length=40, blank=True, default="")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("handing over of a payment")
        verbose_name_plural = _("handings over of payments")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(means="cash", proof__in=["code", "signature", "witness"], operation="")
                    & Q(wallet="", wallet_number="")
                )
                | (Q(means="transfer", proof="", wallet="", wallet_number="") & ~Q(operation=""))
                | (
                    Q(means="wallet", proof="", wallet__in=["yape", "plin", "other"])
                    & ~Q(operation="")
                    & ~Q(wallet_number="")
                ),
                name="handing_tells_how",
            ),
            models.CheckConstraint(
                condition=(Q(proof="signature") & ~Q(drawing=""))
                | (~Q(proof="signature") & Q(drawing="")),
                name="handing_signature_is_drawn",
            ),
            models.CheckConstraint(
                condition=Q(proof="witness", witness__isnull=False)
                | (~Q(proof="witness") & Q(witness__isnull=True)),
                name="handing_witness_is_named",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payment_id} {self.means}"


class CodeTry(models.Model):
    """A code that was typed for a payment and was wrong: after a few, codes of it count no more."""

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="code_tries")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.payment_id} by {self.by_id}"
