"""The journal: entries and their postings, written once."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from coop.kit.money import from_minor
from ledger.models.accounts import Account


class SealedIdField(models.BigAutoField):
    """A primary key that the database accepts at commit only if the row was sealed.

    The column refers to `ledger_seal`, deferred to the commit. SQLite takes such a reference
    only inside CREATE TABLE, and again whenever Django remakes the table: so it belongs to the
    column's type. On PostgreSQL a migration adds the constraint when both tables exist.
    """

    def db_type_suffix(self, connection: BaseDatabaseWrapper) -> str | None:
        suffix = super().db_type_suffix(connection)
        if connection.vendor != "sqlite":
            return suffix
        return f'{suffix} REFERENCES "ledger_seal" ("entry_id") DEFERRABLE INITIALLY DEFERRED'


class JournalEntry(models.Model):
    """One event in debits and credits, of one business day.

    It cannot be committed without its seal, nor changed or deleted after; a correction is a
    reversal. `number` is without gaps and comes when a block gathers the entry; until then its
    day and kind are its name. Memos are sealed: they hold member codes, never names.
    """

    class Kind(models.TextChoices):
        OPENING = "opening", _("Opening")
        SHARES = "shares", _("Shares and dues")
        GRANT = "grant", _("Grant")
        DEPOSIT_RECEIVED = "deposit_received", _("Paid in advance")
        SALE = "sale", _("Sale")
        COST_OF_SALE = "cost_of_sale", _("Cost of a sale")
        RECEIVABLE_SETTLED = "receivable_settled", _("Paid on terms")
        SALE_RETURNED = "sale_returned", _("Sale returned")
        REFUND = "refund", _("Refund")
        FEE = "fee", _("Fee of a provider")
        DISPUTE = "dispute", _("Dispute")
        PAYOUT = "payout", _("Payout of a provider")
        WOOL_BOUGHT = "wool_bought", _("Wool bought")
        WOOL_ISSUED = "wool_issued", _("Wool issued")
        WOOL_RETURNED = "wool_returned", _("Wool returned")
        WOOL_WASTED = "wool_wasted", _("Wool wasted")
        PIECE_PASSED = "piece_passed", _("Piece passed")
        PREMIUM = "premium", _("Premium or deduction")
        MEMBER_PAID = "member_paid", _("Member paid")
        ADVANCE_PAID = "advance_paid", _("Advance paid")
        SUPPLIER_PAID = "supplier_paid", _("Supplier paid")
        EXPENSE_PAID = "expense_paid", _("Expense paid")
        ADVANCE_SETTLED = "advance_settled", _("Advance accounted for")
        ADVANCE_RETURNED = "advance_returned", _("Rest of an advance returned")
        TRANSFER = "transfer", _("Transfer between our accounts")
        EXCHANGE = "exchange", _("Exchange between currencies")
        BANK_CHARGE = "bank_charge", _("Bank charge")
        CASH_COUNTED = "cash_counted", _("Cash count differs")
        LOSS = "loss", _("Loss")
        RECEIVED = "received", _("Other money received")
        BILL = "bill", _("Bill to be paid later")
        GRANT_USED = "grant_used", _("Grant used")
        REVALUATION = "revaluation", _("Other currencies revalued")
        RESULT = "result", _("Result of the year")
        SURPLUS = "surplus", _("Surplus shared")
        REVERSAL = "reversal", _("Reversal")
        HAND = "hand", _("Entry by hand")

    id = SealedIdField(primary_key=True)
    number = models.PositiveBigIntegerField(_("number"), null=True, unique=True, editable=False)
    day = models.DateField(_("day"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    memo = models.CharField(_("memo"), max_length=500, blank=True)
    reference = models.CharField(_("reference"), max_length=200, unique=True)
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="reversed_by"
    )
    payment = models.OneToOneField(
        "ledger.Payment", models.PROTECT, null=True, blank=True, related_name="entry"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        help_text=_("Empty when the house itself wrote it, told by a provider."),
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal entries")
        default_permissions = ()
        ordering = ["-day", "-id"]
        indexes = [
            models.Index(fields=["day", "id"], name="entry_by_day"),
            models.Index(fields=["kind", "day", "id"], name="entry_by_kind"),
            models.Index(fields=["id"], condition=Q(number=None), name="entry_not_gathered"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=(Q(kind="reversal") & Q(reverses__isnull=False))
                | (~Q(kind="reversal") & Q(reverses__isnull=True)),
                name="entry_reversal_names_its_entry",
            ),
            models.CheckConstraint(condition=~Q(reference=""), name="entry_has_reference"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """How people call it: its number; until it has one, its day and what it is."""
        if self.number:
            return str(self.number)
        facts = {"day": date_format(self.day, "DATE_FORMAT"), "kind": self.get_kind_display()}
        return gettext("of %(day)s (%(kind)s)") % facts


class Posting(models.Model):
    """One side of a journal entry: a positive amount, debited or credited.

    `seq` counts the postings of the account in the order of posting, without gaps;
    `balance_after` is the account's debits minus credits after this one. The day is the entry's.
    """

    class Side(models.TextChoices):
        DEBIT = "debit", _("Debit")
        CREDIT = "credit", _("Credit")

    entry = models.ForeignKey(JournalEntry, models.PROTECT, related_name="postings", db_index=False)
    position = models.PositiveSmallIntegerField()
    account = models.ForeignKey(Account, models.PROTECT, related_name="postings", db_index=False)
    day = models.DateField()
    side = models.CharField(max_length=6, choices=Side.choices)
    amount_minor = models.PositiveBigIntegerField()  # in the account's currency
    seq = models.PositiveBigIntegerField()
    balance_after = models.BigIntegerField()

    class Meta:
        verbose_name = _("posting")
        verbose_name_plural = _("postings")
        default_permissions = ()
        indexes = [models.Index(fields=["account", "day"], name="posting_by_account_and_day")]
        constraints = [
            models.UniqueConstraint(fields=["entry", "position"], name="posting_position_once"),
            models.UniqueConstraint(fields=["account", "seq"], name="posting_seq_once"),
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="posting_amount_positive"),
            models.CheckConstraint(
                condition=Q(side__in=["debit", "credit"]), name="posting_side_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.side} {self.account_id}: {self.amount_minor}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Postings are written by `ledger.services.post_entry` alone."""
        raise NotImplementedError("Post with ledger.services.post_entry.")

    @property
    def signed_minor(self) -> int:
        """The amount as it changes debits minus credits."""
        return self.amount_minor if self.side == self.Side.DEBIT else -self.amount_minor

    @property
    def amount(self) -> Money:
        """The amount as Money (reads the account: select it with the posting)."""
        return from_minor(self.amount_minor, self.account.currency)

    @property
    def balance(self) -> Money:
        """The account's balance after this posting, positive on its natural side."""
        return from_minor(self.account.natural_sign * self.balance_after, self.account.currency)
