"""What came in for an order, what was given back, what left the house."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from coop.kit.money import from_minor
from orders.shop.models.orders import Order


class ReceivedPayment(models.Model):
    """Money that came in for an order, as the office recorded it."""

    class Method(models.TextChoices):
        TRANSFER = "transfer", _("bank transfer")
        CASH = "cash", _("cash")

    order = models.ForeignKey(Order, models.PROTECT, related_name="payments")
    method = models.CharField(_("how it came"), max_length=8, choices=Method.choices)
    amount_minor = models.PositiveBigIntegerField()
    reference = models.CharField(_("operation number"), max_length=80, unique=True)
    on = models.DateField(_("day"))
    actor = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="received_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.order}: {self.amount_minor}"

    @property
    def amount(self) -> Money:
        """What came in."""
        return from_minor(self.amount_minor, self.order.currency)


class Refund(models.Model):
    """A payment given back whole, the way it came, because its order was cancelled."""

    payment = models.OneToOneField(ReceivedPayment, models.PROTECT, related_name="refund")
    on = models.DateField(_("day"))
    actor = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"refund of {self.payment}"


class Shipment(models.Model):
    """The parcel that left, or the hand-over; with its gapless receipt number."""

    order = models.OneToOneField(Order, models.PROTECT, related_name="shipment")
    receipt_number = models.PositiveIntegerField(_("receipt number"), unique=True)
    carrier = models.CharField(_("carrier"), max_length=80, blank=True)
    tracking = models.CharField(_("tracking number"), max_length=80, blank=True)
    on = models.DateField(_("day"))
    actor = models.ForeignKey("people.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["receipt_number"]

    def __str__(self) -> str:
        return f"{self.receipt_number}"


class NumberSeries(models.Model):
    """The last number given of each gapless series; locked while the next one is given."""

    key = models.CharField(max_length=20, unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.key}: {self.last}"
