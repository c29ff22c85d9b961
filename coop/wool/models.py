"""Wool by weight: what came, what is in the store, in whose hands, in pieces, lost.

Every lot keeps grams and value (céntimos) in buckets; each movement takes both along, so that
the buckets' values always equal the ledger's accounts. Invariant 4.
"""

from collections.abc import Iterable

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from coop.kit.money import from_minor
from coop.kit.translated import translated


class Yarn(models.Model):
    """A kind of yarn, such as alpaca 2/12."""

    key = models.SlugField(max_length=40, unique=True)
    name_es = models.CharField(_("name (Spanish)"), max_length=80)
    name_en = models.CharField(_("name (English)"), max_length=80)

    name = translated("name")

    class Meta:
        verbose_name = _("yarn")
        verbose_name_plural = _("yarns")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.name


class Colour(models.Model):
    """A dye of the house."""

    key = models.SlugField(max_length=20, unique=True)
    name_es = models.CharField(_("name (Spanish)"), max_length=40)
    name_en = models.CharField(_("name (English)"), max_length=40)
    hex = models.CharField(_("colour on the screen"), max_length=7)

    name = translated("name")

    class Meta:
        verbose_name = _("colour")
        verbose_name_plural = _("colours")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class PurchaseTripQuerySet(models.QuerySet["PurchaseTrip"]):
    """Trips, read like sentences."""

    def under_way(self) -> "PurchaseTripQuerySet":
        """The money is with the carrier, and not all of it is accounted for."""
        return self.filter(payment__status="paid", accounted_minor__lt=F("amount_minor"))

    def waiting(self) -> "PurchaseTripQuerySet":
        """The advance still wants signatures or has not been handed over."""
        return self.filter(payment__status__in=["requested", "signed"])


class PurchaseTrip(models.Model):
    """A member carries the group's money to buy wool: an advance, receipts, the rest back.

    Where it stands follows from its payment and from what is accounted for; nothing else says it.
    """

    class Status(models.TextChoices):
        REQUESTED = "requested", _("waiting for signatures")
        OPEN = "open", _("under way")
        SETTLED = "settled", _("settled")
        CANCELLED = "cancelled", _("cancelled")

    carrier = models.ForeignKey("members.Member", models.PROTECT, related_name="trips")
    destination = models.CharField(_("where to"), max_length=80)
    payment = models.OneToOneField("ledger.Payment", models.PROTECT, related_name="+")
    amount_minor = models.PositiveBigIntegerField()
    # Receipts booked as lots, and money brought back.
    accounted_minor = models.PositiveBigIntegerField(default=0)
    due_on = models.DateField(_("to be settled by"))

    objects = PurchaseTripQuerySet.as_manager()

    class Meta:
        verbose_name = _("wool trip")
        verbose_name_plural = _("wool trips")
        ordering = ["-pk"]
        permissions = [("buy_wool", "May send for wool and book what comes")]
        constraints = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="trip_amount_positive"),
            models.CheckConstraint(
                condition=Q(accounted_minor__lte=F("amount_minor")),
                name="trip_accounts_for_no_more_than_it_got",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.destination} {self.due_on}"

    @property
    def status(self) -> "PurchaseTrip.Status":
        """Where the trip stands (reads its payment)."""
        if self.payment.status == "void":
            return self.Status.CANCELLED
        if self.payment.status != "paid":
            return self.Status.REQUESTED
        if self.accounted_minor < self.amount_minor:
            return self.Status.OPEN
        return self.Status.SETTLED

    @property
    def amount(self) -> Money:
        """The advance."""
        return from_minor(self.amount_minor)

    @property
    def outstanding(self) -> Money:
        """What has still to come as receipts or money."""
        return from_minor(self.amount_minor - self.accounted_minor)


class WoolLotQuerySet(models.QuerySet["WoolLot"]):
    """Lots, read like sentences."""

    def in_store(self) -> "WoolLotQuerySet":
        """Of which something lies in the store."""
        return self.filter(store_g__gt=0)

    def of_wool(self, keys: Iterable[tuple[int, int]]) -> "WoolLotQuerySet":
        """Of one of these yarns and colours, given by their keys."""
        wanted = Q(pk__in=[])
        for yarn_id, colour_id in keys:
            wanted |= Q(yarn_id=yarn_id, colour_id=colour_id)
        return self.filter(wanted)


class WoolLot(models.Model):
    """Yarn of one colour that came together, and what became of it."""

    code = models.CharField(_("lot"), max_length=20, unique=True)
    yarn = models.ForeignKey(Yarn, models.PROTECT, related_name="lots")
    colour = models.ForeignKey(Colour, models.PROTECT, related_name="lots")
    supplier = models.CharField(_("supplier"), max_length=120)
    received_on = models.DateField(_("received on"))
    trip = models.ForeignKey(
        PurchaseTrip, models.PROTECT, related_name="lots", null=True, blank=True
    )
    received_g = models.PositiveIntegerField(_("received (g)"))
    cost_minor = models.PositiveBigIntegerField(_("cost, landed"))
    # Where it is, in grams and in céntimos: in the store, with members, in pieces, lost.
    store_g = models.PositiveIntegerField(_("in the store (g)"))
    store_value_minor = models.PositiveBigIntegerField()
    held_g = models.PositiveIntegerField(_("with members (g)"), default=0)
    held_value_minor = models.PositiveBigIntegerField(default=0)
    used_g = models.PositiveIntegerField(_("in pieces (g)"), default=0)
    used_value_minor = models.PositiveBigIntegerField(default=0)
    lost_g = models.PositiveIntegerField(_("lost (g)"), default=0)
    lost_value_minor = models.PositiveBigIntegerField(default=0)

    objects = WoolLotQuerySet.as_manager()

    class Meta:
        verbose_name = _("wool lot")
        verbose_name_plural = _("wool lots")
        ordering = ["received_on", "pk"]
        permissions = [
            ("issue_wool", "May issue wool and take it back"),
            ("read_all_wool", "May see everyone's wool"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(received_g__gt=0), name="lot_received_positive"),
            # Invariant 4, and the same for its value.
            models.CheckConstraint(
                condition=Q(received_g=F("store_g") + F("held_g") + F("used_g") + F("lost_g")),
                name="lot_grams_conserved",
            ),
            models.CheckConstraint(
                condition=Q(
                    cost_minor=F("store_value_minor")
                    + F("held_value_minor")
                    + F("used_value_minor")
                    + F("lost_value_minor")
                ),
                name="lot_value_conserved",
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{bucket}_g__gt": 0}) | Q(**{f"{bucket}_value_minor": 0}),
                    name=f"lot_{bucket}_no_wool_no_value",
                )
                for bucket in ("store", "held", "used", "lost")
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Custody(models.Model):
    """What a member has in her hands of a lot."""

    lot = models.ForeignKey(WoolLot, models.PROTECT, related_name="custodies")
    member = models.ForeignKey("members.Member", models.PROTECT, related_name="custodies")
    grams = models.PositiveIntegerField(default=0)
    value_minor = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["lot", "member"], name="custody_once"),
            models.CheckConstraint(
                condition=Q(grams__gt=0) | Q(value_minor=0), name="custody_empty_has_no_value"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member.code} {self.lot}: {self.grams} g"


class WoolMovement(models.Model):
    """One movement of wool. Append-only (triggers); its value is in the ledger by `reference`.

    What moved together (wool of several lots for one piece) shares a reference, in parts.
    """

    class Kind(models.TextChoices):
        RECEIVED = "received", _("received")
        ISSUED = "issued", _("issued")
        RETURNED = "returned", _("returned")
        USED = "used", _("in a piece")
        WASTED = "wasted", _("wasted")
        LOST = "lost", _("lost")

    lot = models.ForeignKey(WoolLot, models.PROTECT, related_name="movements")
    member = models.ForeignKey(
        "members.Member", models.PROTECT, related_name="wool_movements", null=True, blank=True
    )
    kind = models.CharField(max_length=8, choices=Kind.choices)
    grams = models.PositiveIntegerField()
    value_minor = models.PositiveBigIntegerField()
    reference = models.CharField(max_length=120)
    part = models.PositiveSmallIntegerField(default=1)
    on = models.DateField()
    actor = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["member", "-id"], name="movement_by_member")]
        constraints = [
            models.UniqueConstraint(fields=["reference", "part"], name="movement_once"),
            models.CheckConstraint(condition=Q(grams__gt=0), name="movement_grams_positive"),
            models.CheckConstraint(
                condition=Q(kind="received", member__isnull=True)
                | (~Q(kind="received") & Q(member__isnull=False))
                | Q(kind="lost"),
                name="movement_has_its_member",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.get_kind_display()} {self.grams} g"
