"""What came in for an order, what was given back, what left the house."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from coop.kit.money import from_minor
from orders.shop.models.orders import Order, OrderLine

#: Cash without a number is told apart by its form's key, and a line of the bank without one by its
#: own: those say nothing to anybody.
CASH_KEY, BANK_KEY = "cash:", "bank:"


class ReceivedPayment(models.Model):
    """Money that came in for an order: recorded by the office, or told by the card provider.

    A surplus is money that came for an order that had no need of it any more (paid twice): it
    goes back by itself, and counts for nothing.
    """

    class Method(models.TextChoices):
        TRANSFER = "transfer", _("bank transfer")
        CASH = "cash", _("cash")
        WALLET = "wallet", _("phone wallet")
        CARD = "card", _("card")

    order = models.ForeignKey(Order, models.PROTECT, related_name="payments")
    method = models.CharField(_("how it came"), max_length=8, choices=Method.choices)
    amount_minor = models.PositiveBigIntegerField()
    reference = models.CharField(_("operation number"), max_length=80, unique=True)
    on = models.DateField(_("day"))
    is_surplus = models.BooleanField(default=False)
    # Nobody: the card provider told us.
    actor = models.ForeignKey("people.User", models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="received_positive"),
            models.CheckConstraint(
                condition=Q(method="card") | Q(actor__isnull=False),
                name="received_by_somebody_or_by_card",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order}: {self.amount_minor}"

    @property
    def operation(self) -> str:
        """The operation's number as people know it; nothing where there was none."""
        return "" if self.reference.startswith((CASH_KEY, BANK_KEY)) else self.reference

    @property
    def amount(self) -> Money:
        """What came in."""
        return from_minor(self.amount_minor, self.order.currency)


class RefundQuerySet(models.QuerySet["Refund"]):
    """Refunds, read like sentences."""

    def standing(self) -> "RefundQuerySet":
        """Those that count: all but the ones that came back."""
        return self.exclude(status="failed")

    def reducing(self) -> "RefundQuerySet":
        """Those by which an order became smaller, and not only less paid."""
        return self.standing().filter(reason__in=Refund.REDUCING)


class Refund(models.Model):
    """Money given back the way it came, whole or in part. Never more than came (a trigger).

    Asked for in one step, carried out in another: by hand at once, by card when the provider
    says so. `key` is the provider's idempotency key too. After shipping it is a credit note with
    its gapless number.
    """

    class Reason(models.TextChoices):
        CANCELLED = "cancelled", _("the order is cancelled")
        FEWER = "fewer", _("fewer pieces than ordered")
        RETURNED = "returned", _("pieces came back")
        GOODWILL = "goodwill", _("goodwill")
        GONE = "gone", _("paid too late, the piece was gone")
        TWICE = "twice", _("paid twice")

    class Status(models.TextChoices):
        WAITING = "waiting", _("asked for")
        SENT = "sent", _("on its way")
        DONE = "done", _("given back")
        FAILED = "failed", _("came back")

    #: The reasons for which an order costs less afterwards.
    REDUCING = (Reason.FEWER, Reason.RETURNED, Reason.GOODWILL)

    payment = models.ForeignKey(ReceivedPayment, models.PROTECT, related_name="refunds")
    key = models.CharField(max_length=80, unique=True)
    goods_minor = models.PositiveBigIntegerField(default=0)
    shipping_minor = models.PositiveBigIntegerField(default=0)
    amount_minor = models.PositiveBigIntegerField()
    reason = models.CharField(_("reason"), max_length=9, choices=Reason.choices)
    why = models.CharField(_("why"), max_length=200, blank=True)
    is_after_shipping = models.BooleanField(default=False)
    credit_note = models.PositiveIntegerField(null=True, unique=True, blank=True)
    status = models.CharField(max_length=7, choices=Status.choices, default=Status.WAITING)
    provider_id = models.CharField(max_length=120, unique=True, null=True, blank=True)
    problem = models.CharField(max_length=300, blank=True)
    on = models.DateField(_("day"))
    done_on = models.DateField(null=True, blank=True)
    # Nobody: the house itself gives back what came too late.
    actor = models.ForeignKey("people.User", models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField(auto_now_add=True)

    objects = RefundQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_minor__gt=0)
                & Q(amount_minor=F("goods_minor") + F("shipping_minor")),
                name="refund_is_goods_and_shipping",
            ),
            models.CheckConstraint(
                condition=Q(is_after_shipping=False, credit_note__isnull=True)
                | Q(is_after_shipping=True, credit_note__isnull=False),
                name="refund_after_shipping_is_a_credit_note",
            ),
            models.CheckConstraint(
                condition=~Q(status="done") | Q(done_on__isnull=False),
                name="refund_done_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return f"refund of {self.payment}"

    @property
    def amount(self) -> Money:
        """What goes back."""
        return from_minor(self.amount_minor, self.payment.order.currency)


class RefundLine(models.Model):
    """So many pieces of a line that a refund pays back: not made, or come back."""

    refund = models.ForeignKey(Refund, models.PROTECT, related_name="lines")
    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="refund_lines")
    quantity = models.PositiveIntegerField()
    # After shipping: how many of them lie in the store again.
    came_back = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["refund", "line"], name="refund_line_once"),
            models.CheckConstraint(
                condition=Q(quantity__gt=0, came_back__lte=F("quantity")),
                name="refund_line_counts_fit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.line}"


class PaymentClaim(models.Model):
    """A customer says that she paid by phone wallet or transfer, and with which operation.

    Only a hint for the treasurer, who looks at the money itself.
    """

    order = models.ForeignKey(Order, models.PROTECT, related_name="claims")
    operation = models.CharField(_("operation number"), max_length=40)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["order", "operation"], name="claim_once"),
        ]

    def __str__(self) -> str:
        return f"{self.order}: {self.operation}"


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
