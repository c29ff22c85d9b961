"""A box was counted: by one, and a second who saw the same."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from coop.kit.cash import PIECES
from coop.kit.money import from_minor
from ledger.cash.models.boxes import Box

#: The columns that say how many of each there were, by what one is worth.
COLUMNS = {value: f"of_{value}" for value in PIECES}


def _sum_of_pieces() -> models.expressions.CombinedExpression:
    total = F("other_minor") + 0
    for value, column in COLUMNS.items():
        total = total + value * F(column)
    return total


class Count(models.Model):
    """What lay in a box, note by note, and what the books said at that moment.

    `seq` is the newest posting of the box's account then: as long as it is the newest, the count
    says something about the box. `other_minor` is what is in none of our drawings.
    """

    box = models.ForeignKey(Box, models.PROTECT, related_name="counts")
    on = models.DateField(_("day"))
    counter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="boxes_counted",
        verbose_name=_("counted by"),
    )
    of_20000 = models.PositiveIntegerField(default=0)
    of_10000 = models.PositiveIntegerField(default=0)
    of_5000 = models.PositiveIntegerField(default=0)
    of_2000 = models.PositiveIntegerField(default=0)
    of_1000 = models.PositiveIntegerField(default=0)
    of_500 = models.PositiveIntegerField(default=0)
    of_200 = models.PositiveIntegerField(default=0)
    of_100 = models.PositiveIntegerField(default=0)
    of_50 = models.PositiveIntegerField(default=0)
    of_20 = models.PositiveIntegerField(default=0)
    of_10 = models.PositiveIntegerField(default=0)
    other_minor = models.PositiveBigIntegerField(_("other"), default=0)
    counted_minor = models.PositiveBigIntegerField(_("counted"))
    expected_minor = models.BigIntegerField(_("in the books"))
    seq = models.PositiveBigIntegerField()
    note = models.CharField(_("note"), max_length=300, blank=True)
    reference = models.CharField(_("reference"), max_length=180, unique=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("count of a box")
        verbose_name_plural = _("counts of boxes")
        default_permissions = ()
        ordering = ["-on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(counted_minor=_sum_of_pieces()), name="count_adds_up"
            )
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def counted(self) -> Money:
        """What lay there (reads the account)."""
        return from_minor(self.counted_minor, self.box.account.currency)

    @property
    def expected(self) -> Money:
        """What the books said (reads the account)."""
        return from_minor(self.expected_minor, self.box.account.currency)

    @property
    def difference(self) -> Money:
        """More than in the books; below zero, less."""
        return self.counted - self.expected

    @property
    def missing(self) -> Money:
        """Less than in the books; for a count that is short."""
        return self.expected - self.counted

    @property
    def is_short(self) -> bool:
        """Something is missing."""
        return self.counted_minor < self.expected_minor

    @property
    def pieces(self) -> list[tuple[int, int]]:
        """What one is worth, and how many there were; those of which there were any."""
        found = [(value, getattr(self, column)) for value, column in COLUMNS.items()]
        return [(value, number) for value, number in found if number]


class Proof(models.TextChoices):
    """What shows that it was she: nobody says it for her."""

    SESSION = "session", _("on her own screen")
    PIN = "pin", _("with her own PIN, on another's screen")


class Agreement(models.Model):
    """A second person counted the same: only now the count stands.

    She says so on a screen of her own, or draws her name on that of whoever counted and types her
    PIN. `proof` says which; nothing, where only a drawing was asked for (until version 0.4).
    """

    count = models.OneToOneField(Count, models.PROTECT, related_name="agreement")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="counts_agreed",
        verbose_name=_("and by"),
    )
    drawing = models.TextField(_("signature"), blank=True, default="")
    proof = models.CharField(_("how"), max_length=7, choices=Proof.choices, null=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("second who counted")
        verbose_name_plural = _("seconds who counted")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(person=F("written_by")) | ~Q(drawing=""),
                name="agreement_is_her_own_or_drawn",
            )
        ]

    def __str__(self) -> str:
        return f"{self.count_id} and {self.person_id}"
