"""Accounts, and the balances that are kept beside them so that nobody has to add up postings."""

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coop.kit.money import books_currency
from coop.kit.translated import translated


def _asleep() -> Q:
    return ~Q(currency=books_currency()) & Q(kept_balance__seq=0)


class AccountQuerySet(models.QuerySet["Account"]):
    """Accounts, read like sentences."""

    def money(self) -> "AccountQuerySet":
        """Where the house keeps money: boxes, banks, wallets."""
        return self.filter(is_money=True)

    def with_statements(self) -> "AccountQuerySet":
        """Money that somebody else keeps for us and tells us of: no notes and coins of ours."""
        kept_by_us = Q(role=Account.Role.CASH) | Q(holder__isnull=False)
        return self.money().filter(is_header=False).exclude(kept_by_us)

    def asleep(self) -> "AccountQuerySet":
        """In other currencies than the books', and nothing was ever posted on them."""
        return self.filter(_asleep())

    def awake(self) -> "AccountQuerySet":
        """All the others."""
        return self.exclude(_asleep())

    def in_use_first(self) -> "AccountQuerySet":
        """By code, those that sleep at the end; `is_asleep` says of each whether it does."""
        sleeps = Case(When(_asleep(), then=True), default=False, output_field=models.BooleanField())
        return self.annotate(is_asleep=sleeps).order_by("is_asleep", "code")

    def of_members(self) -> "AccountQuerySet":
        """What the house owes to one person each."""
        return self.filter(parent__role=Account.Role.MEMBERS_PAYABLE)


class Account(models.Model):
    """A place where value is: what we have, owe, earn or spend, in one currency.

    Code, kind, currency and whether it is money never change (a trigger sees to it), since
    sealed entries vouch for them. A header groups other accounts and takes no postings.
    """

    class Kind(models.TextChoices):
        ASSET = "asset", _("Asset")
        LIABILITY = "liability", _("Liability")
        EQUITY = "equity", _("Equity")
        INCOME = "income", _("Income")
        EXPENSE = "expense", _("Expense")

    class Role(models.TextChoices):
        """What the house looks an account up by; a chart (`ledger/charts/`) gives the numbers."""

        BANK = "bank", _("Bank")
        CASH = "cash", _("Cash box")
        WALLET = "wallet", _("Phone wallet")
        STRIPE = "stripe", _("Held by Stripe")
        PARTNER = "partner", _("Held by the partner")
        CUSTOMER_DEPOSITS = "customer_deposits", _("Customers' deposits")
        RECEIVABLE = "receivable", _("Receivable")
        DISPUTED = "disputed", _("Disputed payments")
        FINISHED_PIECES = "finished_pieces", _("Finished pieces")
        WOOL_STORE = "wool_store", _("Wool in store")
        WOOL_MEMBERS = "wool_members", _("Wool with members")
        PIECES_CONSIGNED = "pieces_consigned", _("Pieces on consignment")
        TRIP_ADVANCES = "trip_advances", _("Advances to account for")
        MEMBER_ADVANCES = "member_advances", _("Advances to members")
        SUPPLIER = "supplier", _("Suppliers")
        MEMBERS_PAYABLE = "members_payable", _("Owed to members")
        MEMBER_SHARES = "member_shares", _("Members' shares")
        OPENING_EQUITY = "opening_equity", _("Opening equity")
        COMMON_FUND = "common_fund", _("Common fund")
        SALES = "sales", _("Sales")
        SHIPPING_CHARGED = "shipping_charged", _("Shipping charged")
        SALES_RETURNED = "sales_returned", _("Sales returned")
        COST_OF_SALES = "cost_of_sales", _("Cost of pieces sold")
        WOOL_WASTED = "wool_wasted", _("Wool wasted")
        LOSSES = "losses", _("Losses")
        CASH_SHORT = "cash_short", _("Cash short")
        CASH_OVER = "cash_over", _("Cash over")
        COORDINATION_COST = "coordination_cost", _("Coordination")
        SHIPPING_COST = "shipping_cost", _("Shipping paid")
        RENT = "rent", _("Workshop rent")
        TRANSPORT = "transport", _("Transport")
        PAYMENT_FEES = "payment_fees", _("Payment fees")
        BANK_CHARGES = "bank_charges", _("Bank charges")
        EXCHANGE = "exchange", _("Exchange between currencies")
        EXCHANGE_GAIN = "exchange_gain", _("Exchange gain")
        EXCHANGE_LOSS = "exchange_loss", _("Exchange loss")
        RESULT = "result", _("Result not shared yet")
        WOOL_FUND = "wool_fund", _("Wool fund")
        SOLIDARITY_FUND = "solidarity_fund", _("Solidarity fund")
        RESERVE = "reserve", _("Reserve")
        GRANTS = "grants", _("Restricted grants")
        GRANT_INCOME = "grant_income", _("Grants used")
        TAX_PAYABLE = "tax_payable", _("Tax payable")
        DUES = "dues", _("Dues")
        DONATIONS = "donations", _("Gifts without strings")
        INTEREST = "interest", _("Interest earned")
        MATERIALS = "materials", _("Needles, thread, small material")
        UTILITIES = "utilities", _("Light and water")
        COMMUNICATION = "communication", _("Phone and internet")
        MEALS = "meals", _("Food for meetings and trips")
        TRAINING = "training", _("Trainings")
        REPAIRS = "repairs", _("Repairs")
        ADVERTISING = "advertising", _("Fairs and advertising")
        PAPERWORK = "paperwork", _("Papers, notary, accountant")
        GIFTS = "gifts", _("Help given")
        OTHER_EXPENSES = "other_expenses", _("Other expenses")

    code = models.CharField(_("code"), max_length=32, unique=True)
    name_es = models.CharField(_("name in Spanish"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    kind = models.CharField(_("kind"), max_length=9, choices=Kind.choices)
    currency = models.CharField(_("currency"), max_length=3)
    role = models.CharField(_("role"), max_length=24, blank=True, choices=Role.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="ledger_accounts",
        verbose_name=_("holder"),
        help_text=_("Who keeps this box, or to whom this is owed."),
    )
    is_money = models.BooleanField(_("is money"), default=False)
    is_header = models.BooleanField(_("groups other accounts"), default=False)
    is_open = models.BooleanField(_("open"), default=True)

    name = translated("name")

    objects = AccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        ordering = ["code"]
        default_permissions = ()
        permissions = [
            ("read_books", _("Reads the books")),
            ("write_books", _("Writes the books")),
            ("request_payment", _("Asks for a payment")),
            ("sign_payment", _("Signs payments")),
            ("read_open_book", _("Reads every entry of the open book")),
            ("read_open_book_names", _("Reads names in the open book")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["role", "currency"],
                condition=~Q(role=""),
                name="account_role_once_a_currency",
            ),
            models.CheckConstraint(
                condition=Q(is_money=False) | Q(kind="asset"), name="account_money_is_an_asset"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["asset", "liability", "equity", "income", "expense"]),
                name="account_kind_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(code="") & ~Q(name_es=""), name="account_has_code_and_name"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def is_box(self) -> bool:
        """Notes and coins in somebody's keeping: money of ours with a holder (`ledger.cash`)."""
        return self.is_money and self.holder_id is not None

    @property
    def natural_sign(self) -> int:
        """+1 where a debit raises the balance (what we have, what we spend), else -1."""
        return 1 if self.kind in {self.Kind.ASSET, self.Kind.EXPENSE} else -1


class AccountBalance(models.Model):
    """The balance of an account after its newest posting, and the head of its chain.

    `amount_minor` is debits minus credits. The row is the lock that a writer takes.
    """

    account = models.OneToOneField(
        Account, models.PROTECT, primary_key=True, related_name="kept_balance"
    )
    seq = models.PositiveBigIntegerField(default=0)
    amount_minor = models.BigIntegerField(default=0)
    head = models.CharField(max_length=64, blank=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.account_id}: {self.amount_minor} after {self.seq}"


class AccountMonth(models.Model):
    """What was debited and credited on an account in a month (by the entries' business day).

    The seal of an entry adds to it (a trigger), so that a balance as of any day is a few rows.
    """

    account = models.ForeignKey(Account, models.PROTECT, related_name="months", db_index=False)
    month = models.DateField()
    debits_minor = models.PositiveBigIntegerField(default=0)
    credits_minor = models.PositiveBigIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["account", "month"], name="account_month_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="account_month_first_day"),
            models.CheckConstraint(
                condition=Q(debits_minor__gt=0) | Q(credits_minor__gt=0),
                name="account_month_has_movement",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.month:%Y-%m}: {self.debits_minor} / {self.credits_minor}"


class AccountEvent(models.Model):
    """The trace of an account: who opened, renamed, closed or opened it again, and why."""

    class Verb(models.TextChoices):
        OPENED = "opened", _("has opened it")
        RENAMED = "renamed", _("has renamed it")
        CLOSED = "closed", _("has closed it")
        REOPENED = "reopened", _("has opened it again")

    account = models.ForeignKey(Account, models.PROTECT, related_name="events")
    verb = models.CharField(max_length=8, choices=Verb.choices)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        default_permissions = ()
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.account_id} {self.verb}"


#: Debits minus credits of a month, as an expression.
NET_OF_MONTH = F("debits_minor") - F("credits_minor")
