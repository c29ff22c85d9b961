"""What the card provider (Stripe) told us, as rows: sessions, movements, payouts, disputes, events.

Nothing here is believed because it was sent to us: each row is written from an object that was
fetched from the provider (`orders.shop.providers.stripe.gateway`).
"""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from djmoney.money import Money

from coop.kit.money import from_minor
from orders.shop.models.money import ReceivedPayment, Refund
from orders.shop.models.orders import Order


class CardSession(models.Model):
    """One visit to the provider's payment page for an order; its pieces are held meanwhile.

    `key` is the idempotency key and `body` exactly what was sent with it, so that a lost answer
    is asked for again without opening a second session.
    """

    class Status(models.TextChoices):
        CREATING = "creating", _("being opened")
        OPEN = "open", _("open")
        COMPLETE = "complete", _("paid")
        EXPIRED = "expired", pgettext_lazy("a card page", "closed, not paid")
        FAILED = "failed", _("never opened")

    order = models.ForeignKey(Order, models.PROTECT, related_name="card_sessions")
    attempt = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=80, unique=True)
    body = models.JSONField()
    stripe_id = models.CharField(max_length=120, unique=True, null=True, blank=True)
    url = models.URLField(max_length=1000, blank=True)
    amount_minor = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.CREATING)
    expires_at = models.DateTimeField()
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["order", "attempt"], name="card_session_attempt_once"),
            # Two open pages would let somebody pay twice.
            models.UniqueConstraint(
                fields=["order"],
                condition=Q(status__in=["creating", "open"]),
                name="card_session_one_open",
            ),
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="card_session_positive"),
            models.CheckConstraint(
                condition=Q(status__in=["creating", "failed"]) | Q(stripe_id__isnull=False),
                name="card_session_opened_has_its_id",
            ),
        ]

    def __str__(self) -> str:
        return self.stripe_id or self.key

    @property
    def amount(self) -> Money:
        """What it asks for."""
        return from_minor(self.amount_minor, self.currency)

    @property
    def is_under_way(self) -> bool:
        """Whether money may still come through it."""
        return self.status in {self.Status.CREATING, self.Status.OPEN}


class ProviderEvent(models.Model):
    """A message of the provider: that something happened, never what. Kept until it is handled."""

    event_id = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=80)
    object_kind = models.CharField(max_length=40)
    object_id = models.CharField(max_length=120)
    received_at = models.DateTimeField(default=timezone.now)
    handled_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["id"], condition=Q(handled_at=None), name="provider_event_not_handled"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.event_id}"


class Payout(models.Model):
    """Money that the provider sends on: to our bank, or to the partner who holds the account."""

    class Status(models.TextChoices):
        PENDING = "pending", _("announced")
        IN_TRANSIT = "in_transit", _("on its way")
        PAID = "paid", _("arrived")
        FAILED = "failed", _("came back")
        CANCELED = "canceled", _("called off")

    stripe_id = models.CharField(max_length=120, unique=True)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    status = models.CharField(max_length=10, choices=Status.choices)
    created_at = models.DateTimeField()
    arrives_on = models.DateField()
    # Its movements are all known, and add up to it.
    is_explained = models.BooleanField(default=False)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.stripe_id

    @property
    def amount(self) -> Money:
        """What is sent on."""
        return from_minor(self.amount_minor, self.currency)


class Dispute(models.Model):
    """A customer took a payment back through her bank; the bank decides who keeps the money."""

    class Outcome(models.TextChoices):
        OPEN = "open", _("under way")
        WON = "won", _("won")
        LOST = "lost", _("lost")

    stripe_id = models.CharField(max_length=120, unique=True)
    payment = models.ForeignKey(ReceivedPayment, models.PROTECT, related_name="disputes")
    amount_minor = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3)
    reason = models.CharField(max_length=60, blank=True)
    provider_status = models.CharField(max_length=40)
    outcome = models.CharField(max_length=4, choices=Outcome.choices, default=Outcome.OPEN)
    # Lost before the order left: what was paid for it is gone, and it is unpaid again.
    took_deposit = models.BooleanField(default=False)
    answer_by = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField()
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="open", closed_on__isnull=True)
                | (~Q(outcome="open") & Q(closed_on__isnull=False)),
                name="dispute_closed_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return self.stripe_id

    @property
    def amount(self) -> Money:
        """What is argued about, as it was paid."""
        return from_minor(self.amount_minor, self.currency)


class BalanceMovement(models.Model):
    """One line of the provider's own account of our money (a balance transaction), booked once.

    Signed amounts in the account's currency: `net` = `amount` − `fee`. Append-only, but for the
    payout in which it leaves.
    """

    class Kind(models.TextChoices):
        PAYMENT = "payment", _("payment")
        REFUND = "refund", _("refund")
        REFUND_FAILED = "refund_failed", _("refund that came back")
        DISPUTE = "dispute", _("dispute")
        PAYOUT = "payout", _("payout")
        FEE = "fee", _("fee")
        OTHER = "other", _("something else")

    stripe_id = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=13, choices=Kind.choices)
    # The provider's own words for it: "payment_refund", "adjustment", …
    provider_kind = models.CharField(max_length=60)
    source_id = models.CharField(max_length=120, blank=True, db_index=True)
    amount_minor = models.BigIntegerField()
    fee_minor = models.BigIntegerField(default=0)
    net_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    created_at = models.DateTimeField()
    booked_on = models.DateField()
    payment = models.ForeignKey(
        ReceivedPayment, models.PROTECT, related_name="movements", null=True, blank=True
    )
    refund = models.ForeignKey(
        Refund, models.PROTECT, related_name="movements", null=True, blank=True
    )
    dispute = models.ForeignKey(
        Dispute, models.PROTECT, related_name="movements", null=True, blank=True
    )
    # The payout that it is (kind payout), and the one in which it leaves (all others).
    is_payout = models.ForeignKey(
        Payout, models.PROTECT, related_name="own_movements", null=True, blank=True
    )
    payout = models.ForeignKey(
        Payout, models.PROTECT, related_name="movements", null=True, blank=True
    )

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(net_minor=F("amount_minor") - F("fee_minor")),
                name="movement_net_is_amount_less_fee",
            ),
        ]

    def __str__(self) -> str:
        return self.stripe_id

    @property
    def amount(self) -> Money:
        """Before the fee."""
        return from_minor(self.amount_minor, self.currency)

    @property
    def fee(self) -> Money:
        """What the provider kept."""
        return from_minor(self.fee_minor, self.currency)

    @property
    def net(self) -> Money:
        """What it changed in our balance."""
        return from_minor(self.net_minor, self.currency)


class PartnerForward(models.Model):
    """The partner who holds the provider's account sent money on to the cooperative's bank."""

    amount_minor = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3)
    reference = models.CharField(_("operation number"), max_length=80, unique=True)
    on = models.DateField(_("day"))
    actor = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="forward_positive"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def amount(self) -> Money:
        """What came."""
        return from_minor(self.amount_minor, self.currency)


class CardComparison(models.Model):
    """The books held against the provider: when, and what was found."""

    at = models.DateTimeField(default=timezone.now)
    booked = models.PositiveIntegerField(default=0)
    is_equal = models.BooleanField()
    # One line for each thing that does not agree.
    findings = models.TextField(blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
