"""Money that leaves the house: asked for, signed by two, paid."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from coop.kit.money import from_minor
from ledger.models.accounts import Account
from ledger.models.journal import JournalEntry

Kind = JournalEntry.Kind

#: Two people sign a payment. Source: design, what must always hold, 3.
SIGNATURES_NEEDED = 2


class PaymentQuerySet(models.QuerySet["Payment"]):
    """Payments, read like sentences."""

    def waiting(self) -> "PaymentQuerySet":
        """Asked for or signed, and not yet paid."""
        return self.filter(status__in=[Payment.Status.REQUESTED, Payment.Status.SIGNED])


class Payment(models.Model):
    """A wish to pay somebody an amount out of one of our money accounts.

    Who receives, from where, to which account, how much and what for never change: another
    amount is another payment. Only the status moves, by the named functions of `ledger.services`.
    `payee_name` is for someone without an account of her own here (a supplier, a landlord).
    """

    class Status(models.TextChoices):
        REQUESTED = "requested", _("Waits for signatures")
        SIGNED = "signed", _("Signed by two")
        PAID = "paid", _("Paid")
        VOID = "void", _("Not paid")

    #: The kinds of journal entry that need a payment when they take money out.
    KINDS = (
        Kind.MEMBER_PAID,
        Kind.ADVANCE_PAID,
        Kind.SUPPLIER_PAID,
        Kind.EXPENSE_PAID,
        Kind.SHARES,
        Kind.WOOL_BOUGHT,
        Kind.LOSS,
        Kind.HAND,
    )

    status = models.CharField(
        _("status"), max_length=9, choices=Status.choices, default=Status.REQUESTED
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    from_account = models.ForeignKey(
        Account, models.PROTECT, related_name="payments_out", verbose_name=_("out of")
    )
    to_account = models.ForeignKey(
        Account, models.PROTECT, related_name="payments_in", verbose_name=_("for the account")
    )
    payee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="payments_received",
        verbose_name=_("receives"),
    )
    payee_name = models.CharField(_("receives (name)"), max_length=160, blank=True)
    amount_minor = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3)
    purpose = models.CharField(_("what for"), max_length=300)
    reference = models.CharField(_("reference"), max_length=180, unique=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="payments_requested",
        verbose_name=_("asked for by"),
    )
    requested_on = models.DateField(_("asked for on"))
    created_at = models.DateTimeField(default=timezone.now)

    objects = PaymentQuerySet.as_manager()

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        default_permissions = ()
        ordering = ["-requested_on", "-id"]
        indexes = [models.Index(fields=["status", "id"], name="payment_by_status")]
        constraints = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="payment_amount_positive"),
            models.CheckConstraint(
                condition=Q(status__in=["requested", "signed", "paid", "void"]),
                name="payment_status_is_known",
            ),
            models.CheckConstraint(
                condition=(Q(payee__isnull=False) & Q(payee_name=""))
                | (Q(payee__isnull=True) & ~Q(payee_name="")),
                name="payment_has_one_payee",
            ),
            models.CheckConstraint(
                condition=~Q(from_account=models.F("to_account")),
                name="payment_leaves_its_account",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def amount(self) -> Money:
        """What is paid."""
        return from_minor(self.amount_minor, self.currency)

    @property
    def payee_label(self) -> str:
        """Who receives, for people who may read names (reads the payee)."""
        return str(self.payee) if self.payee_id else self.payee_name


class Approval(models.Model):
    """One person's signature under what she saw: who receives, from where, to where, how much, what for.

    Her signature holds a copy of it, so that nothing can be slipped under it afterwards.
    """

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="approvals", db_index=False)
    signer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="payments_signed"
    )
    from_account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    to_account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    payee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    payee_name = models.CharField(max_length=160, blank=True)
    amount_minor = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3)
    purpose = models.CharField(max_length=300)
    signed_on = models.DateField(_("signed on"))
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        default_permissions = ()
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["payment", "signer"], name="approval_once_a_person"),
            models.CheckConstraint(
                condition=Q(payee__isnull=True) | ~Q(payee=models.F("signer")),
                name="approval_not_by_the_payee",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payment_id} by {self.signer_id}"


class PaymentEvent(models.Model):
    """The trace of a payment: who did what, when."""

    class Verb(models.TextChoices):
        REQUESTED = "requested", _("has asked for it")
        SIGNED = "signed", _("has signed it")
        PAID = "paid", _("has paid it")
        VOIDED = "voided", _("has called it off")
        REFUSED = "refused", _("has refused it")
        HEARD = "heard", _("has read why it was refused")

    class Why(models.TextChoices):
        """Why it was refused: what can be said with a picture."""

        AMOUNT = "amount", _("The amount is not right")
        RECEIVER = "receiver", _("It is for somebody else")
        PURPOSE = "purpose", _("I do not know what it is for")
        TWICE = "twice", _("It was paid already")

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="events")
    verb = models.CharField(max_length=9, choices=Verb.choices)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    on = models.DateField()
    note = models.CharField(max_length=300, blank=True)
    # Of a refusal only, and nothing where she wrote her reason.
    why = models.CharField(max_length=8, choices=Why.choices, null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.payment_id} {self.verb}"

    @property
    def reason(self) -> str:
        """Why, in the reader's language where it was chosen, else as it was written."""
        return self.get_why_display() or self.note
