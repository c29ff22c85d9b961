"""How the assembly shared what a year left over, or who bore its loss."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from coop.kit.money import from_minor
from ledger.models.accounts import Account
from ledger.models.journal import JournalEntry


class SurplusDecision(models.Model):
    """A decision of the assembly about a result: its words, its acta, and its formula.

    `amount_minor` is what was shared; negative where funds bore a loss. `formula` is how the part
    of the members was divided, a key of `ledger.weights`; empty where nothing went to them.
    """

    until = models.DateField(_("result up to"))
    amount_minor = models.BigIntegerField()
    formula = models.CharField(max_length=24, blank=True)
    decided_on = models.DateField(_("decided on"))
    words = models.CharField(_("what was decided"), max_length=500)
    acta = models.CharField(_("number of the acta"), max_length=40)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_on = models.DateField()
    entry = models.OneToOneField(JournalEntry, models.PROTECT, related_name="surplus_decision")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("surplus shared")
        verbose_name_plural = _("surpluses shared")
        default_permissions = ()
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(amount_minor=0) & ~Q(words="") & ~Q(acta=""),
                name="surplus_has_words_and_acta",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.acta}: {self.amount_minor}"

    @property
    def amount(self) -> Money:
        """What was shared; negative where funds bore a loss."""
        return from_minor(self.amount_minor)


class SurplusShare(models.Model):
    """One part: of a fund, or of a member by her weight (hours, value, or 1 for each)."""

    decision = models.ForeignKey(SurplusDecision, models.PROTECT, related_name="shares")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    weight = models.PositiveBigIntegerField(null=True)  # of a member; None for a fund
    amount_minor = models.BigIntegerField()

    class Meta:
        default_permissions = ()
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "account"], name="surplus_share_once_an_account"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.amount_minor}"

    @property
    def amount(self) -> Money:
        """How much."""
        return from_minor(self.amount_minor)
