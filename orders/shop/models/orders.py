"""An order, its lines, the pieces that stand ready for it, and what happened to it."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from djmoney.money import Money
from phonenumber_field.modelfields import PhoneNumberField

from coop.kit.money import from_minor
from coop.kit.tokens import secret_token
from coop.kit.translated import translated
from orders.shop.models.buyers import Buyer
from orders.shop.models.terms import ShippingRate


class Order(models.Model):
    """A customer's or a hotel's order. Its status changes only through `services`."""

    class Kind(models.TextChoices):
        RETAIL = "retail", _("shop")
        WHOLESALE = "wholesale", _("wholesale")

    class Status(models.TextChoices):
        PLACED = "placed", _("waiting for payment")
        CONFIRMED = "confirmed", _("being made ready")
        READY = "ready", _("ready")
        SHIPPED = "shipped", _("sent or handed over")
        CANCELLED = "cancelled", _("cancelled")
        # By card, and not paid while its pieces were held, or let go by the customer herself.
        # Money that comes late is looked at.
        EXPIRED = "expired", pgettext_lazy("an order", "not paid")

    class Method(models.TextChoices):
        CARD = "card", _("card")
        TRANSFER = "transfer", _("bank transfer")
        WALLET = "wallet", _("phone wallet")
        PICK_UP = "pick_up", _("pay at pick-up")
        TERMS = "terms", _("on account")

    number = models.PositiveIntegerField(_("number"), unique=True)
    token = models.CharField(max_length=64, unique=True, default=secret_token)
    # The form's own key: sent twice, it is one order.
    reference = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=9, choices=Kind.choices, default=Kind.RETAIL)
    status = models.CharField(max_length=9, choices=Status.choices, default=Status.PLACED)
    method = models.CharField(_("way to pay"), max_length=8, choices=Method.choices)
    buyer = models.ForeignKey(Buyer, models.PROTECT, related_name="orders", null=True, blank=True)
    customer_name = models.CharField(_("name"), max_length=120)
    customer_email = models.EmailField(_("e-mail"))
    customer_phone = PhoneNumberField(_("phone"), blank=True)
    # None: agreed with the buyer.
    delivery = models.ForeignKey(
        ShippingRate, models.PROTECT, related_name="orders", null=True, blank=True
    )
    address = models.TextField(_("address"), blank=True)
    note = models.TextField(_("note"), blank=True)
    language = models.CharField(max_length=5, default="es")
    currency = models.CharField(max_length=3, default="PEN")
    shipping_minor = models.PositiveBigIntegerField(default=0)
    total_minor = models.PositiveBigIntegerField()
    # What it became less: pieces not made or come back, goodwill.
    reduced_minor = models.PositiveBigIntegerField(default=0)
    # What came in, less what was promised back.
    paid_minor = models.PositiveBigIntegerField(default=0)
    placed_on = models.DateField()
    wanted_on = models.DateField(_("wanted for"), null=True, blank=True)
    promised_on = models.DateField(_("promised for"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        ordering = ["-number"]
        permissions = [
            ("manage_orders", "May ship orders and cancel them"),
            ("record_payments", "May record what was paid for orders"),
            ("read_orders", "May see all orders"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(paid_minor__lte=F("total_minor") - F("reduced_minor"))
                & Q(reduced_minor__lte=F("total_minor")),
                name="order_not_overpaid",
            ),
            models.CheckConstraint(
                condition=Q(kind="retail", buyer__isnull=True)
                | Q(kind="wholesale", buyer__isnull=False),
                name="order_wholesale_has_its_buyer",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.number}"

    def get_absolute_url(self) -> str:
        """The customer's page, in the order's language: a secret link."""
        with translation.override(self.language):
            return reverse("order", args=[self.token])

    @property
    def is_pick_up(self) -> bool:
        """Whether the customer comes for it."""
        return self.delivery is not None and self.delivery.is_pick_up

    @property
    def send_to(self) -> list[str]:
        """The lines of the address, with the name above them unless it stands there already."""
        lines = [line for line in self.address.splitlines() if line.strip()]
        has_name = lines and lines[0].strip().casefold() == self.customer_name.strip().casefold()
        return lines if has_name else [self.customer_name, *lines]

    @property
    def total(self) -> Money:
        """Pieces and shipping."""
        return from_minor(self.total_minor, self.currency)

    @property
    def shipping(self) -> Money:
        """What is charged for sending it."""
        return from_minor(self.shipping_minor, self.currency)

    @property
    def paid(self) -> Money:
        """What has come in for it."""
        return from_minor(self.paid_minor, self.currency)

    @property
    def due_minor(self) -> int:
        """What it costs now: the total, less what it became less."""
        return self.total_minor - self.reduced_minor

    @property
    def reduced(self) -> Money:
        """What it became less."""
        return from_minor(self.reduced_minor, self.currency)

    @property
    def outstanding(self) -> Money:
        """What has still to be paid."""
        return from_minor(self.due_minor - self.paid_minor, self.currency)


class OrderLine(models.Model):
    """So many of a variant, at the price of that day."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="lines")
    variant = models.ForeignKey("catalog.Variant", models.PROTECT, related_name="order_lines")
    quantity = models.PositiveIntegerField(_("pieces"))
    # Pieces that stand ready for this line; never more than it asks for.
    allocated = models.PositiveIntegerField(default=0)
    # Pieces that are not made after all, and pieces that came back.
    cancelled = models.PositiveIntegerField(default=0)
    returned = models.PositiveIntegerField(default=0)
    unit_price_minor = models.PositiveBigIntegerField()
    description_es = models.CharField(max_length=160)
    description_en = models.CharField(max_length=160)
    # A wholesale order may want each design on another day.
    wanted_on = models.DateField(_("wanted for"), null=True, blank=True)

    description = translated("description")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    quantity__gt=0,
                    quantity__gte=F("allocated") + F("cancelled") + F("returned"),
                ),
                name="order_line_counts_fit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.variant}"

    @property
    def key(self) -> str:
        """How lower floors name this line: "line:34"."""
        return f"line:{self.pk}"

    @property
    def missing(self) -> int:
        """How many pieces are still to come."""
        return self.quantity - self.cancelled - self.returned - self.allocated

    @property
    def unit_price(self) -> Money:
        """The price of one, as ordered."""
        return from_minor(self.unit_price_minor, self.order.currency)

    @property
    def amount(self) -> Money:
        """The whole line."""
        return self.unit_price * self.quantity


class Allocation(models.Model):
    """This piece is for that line: at most one line for a piece, whoever asks at once."""

    piece = models.OneToOneField("catalog.Piece", models.PROTECT, related_name="allocation")
    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="allocations")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.piece} → {self.line_id}"


class OrderEvent(models.Model):
    """What happened to an order: who, when, why. Append-only. No actor: the customer."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="events")
    from_status = models.CharField(max_length=9, blank=True)
    to_status = models.CharField(max_length=9, choices=Order.Status.choices)
    why = models.CharField(max_length=200, blank=True)
    on = models.DateField()
    actor = models.ForeignKey("people.User", models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.order}: {self.to_status}"
