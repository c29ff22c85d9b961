"""What reports keep: budgets, the flows of money by month, and documents made in the background."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from coop.kit.money import from_minor
from ledger.models import Account


class BudgetLine(models.Model):
    """What the house means to earn or spend on an account in a month, or in a whole year.

    `month` is 0 for the year as a whole, whose twelfth counts in each month. A wish, not a fact of
    the books: it may be changed, and says who changed it last.
    """

    account = models.ForeignKey(
        Account, models.PROTECT, related_name="budget_lines", verbose_name=_("account")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    month = models.PositiveSmallIntegerField(_("month"), default=0)
    amount_minor = models.PositiveBigIntegerField(_("amount"))
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("written by")
    )
    at = models.DateTimeField(_("written at"), default=timezone.now)

    class Meta:
        verbose_name = _("budget line")
        verbose_name_plural = _("budget")
        default_permissions = ()
        ordering = ["-year", "account__code", "month"]
        constraints = [
            models.UniqueConstraint(fields=["account", "year", "month"], name="budget_line_once"),
            models.CheckConstraint(
                condition=Q(month__gte=0, month__lte=12), name="budget_month_is_a_month"
            ),
            models.CheckConstraint(
                condition=Q(year__gte=2000, year__lte=2200), name="budget_year_is_sensible"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02} {self.account_id}: {self.amount_minor}"

    @property
    def amount(self) -> Money:
        """The amount, in the account's currency (reads the account)."""
        return from_minor(self.amount_minor, self.account.currency)


class FlowMonth(models.Model):
    """What one kind of event put on a money account in a month (or took from it, negative).

    `other` is the account on the other side where that tells more than the kind, as for expenses;
    else it is `account` itself. Folded together from postings, never from rows of its own.
    """

    account = models.ForeignKey(Account, models.PROTECT, related_name="flow_months")
    month = models.DateField()
    kind = models.CharField(max_length=20)  # one of JournalEntry.Kind
    other = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    net_minor = models.BigIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["account", "month", "kind", "other"], name="flow_month_once"
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="flow_month_first_day"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.month:%Y-%m} {self.kind}: {self.net_minor}"


class FlowMark(models.Model):
    """Up to which posting (`seq`) of a money account its flows are folded. The row is the lock."""

    account = models.OneToOneField(
        Account, models.PROTECT, primary_key=True, related_name="flow_mark"
    )
    seq = models.PositiveBigIntegerField(default=0)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.account_id}: {self.seq}"


class Document(models.Model):
    """A report as PDF that is too long to wait for: the worker makes it, who asked takes it away.

    `report` and `query` are the page's own; `content` is None until it is made. Forgotten after
    some days, since it can be made again.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("is being made")
        READY = "ready", _("ready")
        FAILED = "failed", _("could not be made")

    report = models.CharField(max_length=40)
    query = models.CharField(max_length=300, blank=True)
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(max_length=8)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked for by")
    )
    asked_at = models.DateTimeField(_("asked for at"), default=timezone.now)
    status = models.CharField(
        _("status"), max_length=7, choices=Status.choices, default=Status.WAITING
    )
    why = models.CharField(max_length=300, blank=True)
    content = models.BinaryField(null=True)

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        default_permissions = ()
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.title} ({self.pk})"


class Printing(models.Model):
    """The PDF of a month's report was taken: who took it last, and when."""

    report = models.CharField(max_length=40)
    month = models.DateField(_("month"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("printed by")
    )
    at = models.DateTimeField(_("printed at"), default=timezone.now)

    class Meta:
        verbose_name = _("printed report")
        verbose_name_plural = _("printed reports")
        default_permissions = ()
        ordering = ["month", "report"]
        constraints = [
            models.UniqueConstraint(fields=["report", "month"], name="report_of_month_once")
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.month:%Y-%m}"


class Decision(models.Model):
    """What the assembly decided about who reads what: which totals are public, how the pay of
    other members is shown. With its words, its day and the number of its acta.

    Typed by the office until the minute book stands. A row never changes (a trigger sees to it):
    another decision is another row, and the newest about a subject holds.
    """

    class Subject(models.TextChoices):
        PUBLIC_TOTALS = "public_totals", _("Which totals everybody may read")
        OTHERS_PAY = "others_pay", _("How the pay of other members is shown")

    subject = models.CharField(_("about"), max_length=13, choices=Subject.choices)
    choice = models.CharField(max_length=300, blank=True)
    day = models.DateField(_("day of the assembly"))
    words = models.CharField(_("words of the decision"), max_length=1000)
    acta = models.CharField(_("number of the acta"), max_length=40)
    typed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("typed by")
    )
    at = models.DateTimeField(_("typed at"), default=timezone.now)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        default_permissions = ()
        ordering = ["-pk"]
        indexes = [models.Index(fields=["subject", "-id"], name="decision_by_subject")]
        constraints = [
            models.CheckConstraint(
                condition=Q(subject__in=["public_totals", "others_pay"]),
                name="decision_subject_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(words="") & ~Q(acta=""), name="decision_has_words_and_acta"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.day:%Y-%m-%d}: {self.choice}"

    @property
    def chosen(self) -> list[str]:
        """What was chosen, one key or several."""
        return [one for one in self.choice.split(",") if one]
