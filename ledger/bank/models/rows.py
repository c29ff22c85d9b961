"""Statements of banks, their lines, and which lines of the books they are."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Abs, Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from djmoney.money import Money

from coop.kit.money import from_minor
from ledger.models import Account, Posting

_USER = settings.AUTH_USER_MODEL


class StatementQuerySet(models.QuerySet["Statement"]):
    """Statements, read like sentences."""

    def standing(self) -> "StatementQuerySet":
        """Those that were not withdrawn."""
        return self.filter(withdrawn_at=None)


class Statement(models.Model):
    """What a bank says about one of our money accounts: an opening, lines, a closing.

    `number` is without gaps. Balances are in minor units of the account's currency; where the
    bank's file says none they are reckoned from what was known before, until somebody types them.
    """

    class Source(models.TextChoices):
        FILE = "file", _("the bank's file says it")
        OPENING_RECKONED = (
            "opening",
            _("the file says the closing balance; the opening is reckoned"),
        )
        TYPED = "typed", _("typed from the bank's paper")
        RECKONED = "reckoned", _("the file says no balance: reckoned")

    FORMATS = {
        "ofx": "OFX",
        "qif": "QIF",
        "camt": "CAMT.053",
        "mt940": "MT940",
        "csv": "CSV",
        "xlsx": "XLSX",
    }

    number = models.PositiveIntegerField(_("number"), unique=True)
    account = models.ForeignKey(Account, models.PROTECT, related_name="bank_statements")
    format = models.CharField(_("format"), max_length=5)
    file_name = models.CharField(_("file"), max_length=200)
    file_sha256 = models.CharField(max_length=64)
    bank_number = models.CharField(_("account at the bank"), max_length=80, blank=True)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    opening_minor = models.BigIntegerField()
    closing_minor = models.BigIntegerField()
    balances = models.CharField(max_length=8, choices=Source.choices)
    #: How it was read: keys and facts of `ledger.bank.remarks`.
    remarks = models.JSONField(default=list, blank=True)
    imported_by = models.ForeignKey(_USER, models.PROTECT, null=True, blank=True, related_name="+")
    imported_at = models.DateTimeField(default=timezone.now)
    digest = models.CharField(max_length=64)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(_USER, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_why = models.CharField(max_length=300, blank=True)

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("bank statement")
        verbose_name_plural = _("bank statements")
        default_permissions = ()
        ordering = ["-last_day", "-number"]
        indexes = [models.Index(fields=["account", "last_day"], name="statement_by_account_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="statement_days_in_order"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawn_why="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_why="")),
                name="statement_withdrawn_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return (
            f"{self.number}: {self.account_id} {self.first_day:%Y-%m-%d} {self.last_day:%Y-%m-%d}"
        )

    @property
    def format_label(self) -> str:
        """The format as people call it."""
        return self.FORMATS.get(self.format, self.format)

    @property
    def opening(self) -> Money:
        """What the bank had of ours before the first line (reads the account)."""
        return from_minor(self.opening_minor, self.account.currency)

    @property
    def closing(self) -> Money:
        """What the bank had of ours after the last line (reads the account)."""
        return from_minor(self.closing_minor, self.account.currency)


class BankLineQuerySet(models.QuerySet["BankLine"]):
    """Lines of the bank, read like sentences."""

    def standing(self) -> "BankLineQuerySet":
        """Those in a statement that was not withdrawn."""
        mentions = Mention.objects.filter(line=OuterRef("pk"), statement__withdrawn_at=None)
        return self.filter(Exists(mentions))

    def with_open(self) -> "BankLineQuerySet":
        """Each with `open_minor`: how much of it is matched with nothing, signed as it is.

        Of a line that is said to be another, nothing: that one counts.
        """
        same = Exists(SaidSame.objects.standing().filter(line=OuterRef("pk")))
        rest = F("amount_minor") - _matched("line")
        return self.annotate(open_minor=Case(When(same, then=Value(0)), default=rest))

    def counting(self) -> "BankLineQuerySet":
        """Those that nobody says to be another."""
        return self.exclude(Exists(SaidSame.objects.standing().filter(line=OuterRef("pk"))))

    def still_open(self) -> "BankLineQuerySet":
        """Those of which something is matched with nothing."""
        rows: Any = self.with_open()
        found: BankLineQuerySet = rows.exclude(open_minor=0)
        return found


class BankLine(models.Model):
    """One movement as the bank told it, once, in however many files it stands.

    `amount_minor` is positive for money that came in. `key` is the bank's own id in this account,
    or else a hash of account, day, amount, text and which of the alike of that day it is: two
    equal lines of a day can both be real.
    """

    account = models.ForeignKey(Account, models.PROTECT, related_name="bank_lines", db_index=False)
    day = models.DateField(_("day"))
    amount_minor = models.BigIntegerField()
    text = models.CharField(_("text"), max_length=500, blank=True)
    counterparty = models.CharField(_("who"), max_length=200, blank=True)
    reference = models.CharField(_("operation number"), max_length=200, blank=True)
    bank_id = models.CharField(max_length=255, blank=True)
    occurrence = models.PositiveSmallIntegerField(default=1)
    key = models.CharField(max_length=64, unique=True)
    digest = models.CharField(max_length=64)

    objects = BankLineQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("of a bank", "line")
        verbose_name_plural = pgettext_lazy("of a bank", "lines")
        default_permissions = ()
        ordering = ["day", "pk"]
        indexes = [models.Index(fields=["account", "day"], name="bank_line_by_account_and_day")]
        constraints = [
            models.CheckConstraint(condition=~Q(amount_minor=0), name="bank_line_moves_something"),
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.amount_minor} {self.text}"

    @property
    def amount(self) -> Money:
        """What moved, negative where it left (reads the account)."""
        return from_minor(self.amount_minor, self.account.currency)

    @property
    def is_in(self) -> bool:
        """Whether money came."""
        return self.amount_minor > 0


class LineDetail(models.Model):
    """One of the payments that a bank gathered into a line: a batch keeps what each of it was.

    `amount_minor` is signed as the line is; nothing where the bank does not say it.
    """

    line = models.ForeignKey(BankLine, models.PROTECT, related_name="details", db_index=False)
    position = models.PositiveSmallIntegerField()
    amount_minor = models.BigIntegerField(null=True, blank=True)
    text = models.CharField(max_length=500, blank=True)
    counterparty = models.CharField(max_length=200, blank=True)
    reference = models.CharField(max_length=200, blank=True)

    class Meta:
        default_permissions = ()
        ordering = ["line", "position"]
        constraints = [
            models.UniqueConstraint(fields=["line", "position"], name="line_detail_position_once"),
        ]

    def __str__(self) -> str:
        return f"{self.line_id}/{self.position}"

    @property
    def told(self) -> str:
        """All its words."""
        return " ".join(filter(None, [self.counterparty, self.text, self.reference]))

    @property
    def amount(self) -> Money | None:
        """How much (reads line and account)."""
        if self.amount_minor is None:
            return None
        return from_minor(self.amount_minor, self.line.account.currency)


class Mention(models.Model):
    """A line in a statement: a bank's files overlap, its movements do not."""

    statement = models.ForeignKey(
        Statement, models.PROTECT, related_name="mentions", db_index=False
    )
    line = models.ForeignKey(BankLine, models.PROTECT, related_name="mentions")
    position = models.PositiveIntegerField()
    #: The line of the file in which it stands, from one.
    at = models.PositiveIntegerField()

    class Meta:
        default_permissions = ()
        ordering = ["statement", "position"]
        constraints = [
            models.UniqueConstraint(fields=["statement", "line"], name="mention_once"),
            models.UniqueConstraint(fields=["statement", "position"], name="mention_position_once"),
        ]

    def __str__(self) -> str:
        return f"{self.statement_id}/{self.position}"


class SaidSameQuerySet(models.QuerySet["SaidSame"]):
    """What was said of two lines, read like sentences."""

    def standing(self) -> "SaidSameQuerySet":
        """What was said and not taken back."""
        return self.filter(undoes=None, undone_by=None)


class SaidSame(models.Model):
    """Somebody said that `line` is `known`, which the bank had told by other words; or took it back.

    `line` counts no more while that stands. Never changed: taking it back appends a row that names
    it.
    """

    line = models.ForeignKey(BankLine, models.PROTECT, related_name="said_same")
    known = models.ForeignKey(BankLine, models.PROTECT, related_name="told_again")
    by = models.ForeignKey(_USER, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    undoes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="undone_by"
    )

    objects = SaidSameQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("of a bank", "line told twice")
        verbose_name_plural = pgettext_lazy("of a bank", "lines told twice")
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(line=F("known")), name="said_same_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} = {self.known_id}"


class Match(models.Model):
    """Somebody said that lines of the bank are lines of the books; or undid that she said it.

    `number` is without gaps. A match is never changed: undoing appends one that names it.
    """

    class How(models.TextChoices):
        SUGGESTED = "suggested", _("confirmed as suggested")
        BY_HAND = "by_hand", _("marked by hand")
        WRITTEN = "written", _("its entry was written from the bank's line")
        UNDONE = "undone", pgettext_lazy("a match", "undone")

    number = models.PositiveIntegerField(_("number"), unique=True)
    how = models.CharField(max_length=9, choices=How.choices)
    #: Why, as keys and facts of `ledger.bank.remarks`.
    reasons = models.JSONField(default=list, blank=True)
    by = models.ForeignKey(_USER, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    undoes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="undone_by"
    )
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = pgettext_lazy("bank and books", "match")
        verbose_name_plural = pgettext_lazy("bank and books", "matches")
        default_permissions = ()
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(how="undone", undoes__isnull=False)
                | (~Q(how="undone") & Q(undoes__isnull=True)),
                name="match_undone_names_what",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.how}"


class PartQuerySet(models.QuerySet["Part"]):
    """Parts of matches, read like sentences."""

    def standing(self) -> "PartQuerySet":
        """Those whose match was not undone."""
        return self.filter(match__undone_by=None)


class Part(models.Model):
    """So much of a line of the bank is so much of a posting; signed, positive for money in."""

    match = models.ForeignKey(Match, models.PROTECT, related_name="parts", db_index=False)
    line = models.ForeignKey(BankLine, models.PROTECT, related_name="parts")
    posting = models.ForeignKey(Posting, models.PROTECT, related_name="bank_parts")
    amount_minor = models.BigIntegerField()

    objects = PartQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["match", "line", "posting"], name="part_once"),
            models.CheckConstraint(condition=~Q(amount_minor=0), name="part_is_something"),
        ]

    def __str__(self) -> str:
        return f"{self.match_id}: {self.line_id} = {self.posting_id}"

    @property
    def amount(self) -> Money:
        """How much (reads line and account)."""
        return from_minor(self.amount_minor, self.line.account.currency)


def _matched(of: str) -> Coalesce:
    """The signed sum of what stands of a line's, or a posting's, parts."""
    parts = Part.objects.filter(**{of: OuterRef("pk")}, match__undone_by=None).order_by()
    sums = parts.values(of).annotate(sum=Sum("amount_minor")).values("sum")
    return Coalesce(Subquery(sums), Value(0))


def matched_postings() -> Abs:
    """How much of a posting is matched, as an expression on postings."""
    return Abs(_matched("posting"))


def sum_of(lines: Any) -> int:
    """The sum of lines in minor units."""
    return int(lines.aggregate(sum=Sum("amount_minor"))["sum"] or 0)
