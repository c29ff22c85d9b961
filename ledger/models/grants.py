"""Money with strings: a grant, what was planned with it, and what it was used for."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from coop.kit.money import from_minor
from ledger.models.accounts import Account
from ledger.models.journal import JournalEntry
from ledger.models.payments import Payment
from ledger.models.vouchers import Voucher


class GrantQuerySet(models.QuerySet["Grant"]):
    """Grants by their days: the last one is what the newest version says, else what was agreed."""

    def running_on(self, day: date) -> "GrantQuerySet":
        """Those that may be used on `day`."""
        return self.annotate(last_day=_last_day()).filter(starts_on__lte=day, last_day__gte=day)

    def ending_by(self, day: date) -> "GrantQuerySet":
        """Those whose last day is `day` or before."""
        return self.annotate(last_day=_last_day()).filter(last_day__lte=day)


def _last_day() -> Coalesce:
    named = GrantBudget.objects.filter(grant=OuterRef("pk"), ends_on__isnull=False)
    return Coalesce(Subquery(named.order_by("-number").values("ends_on")[:1]), F("ends_on"))


class Grant(models.Model):
    """Money that somebody gave for a purpose, to be spent in a period and reported.

    What was received and not used yet is the balance of its own account, a debt: it is income
    only when it is used for its purpose. Source: accounting, "grant received / used".
    """

    code = models.SlugField(_("short name"), max_length=16, unique=True)
    name = models.CharField(_("name"), max_length=120)
    donor = models.CharField(_("who gives it"), max_length=160)
    purpose = models.CharField(_("purpose"), max_length=500)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    account = models.OneToOneField(Account, models.PROTECT, related_name="grant")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_on = models.DateField()
    created_at = models.DateTimeField(default=timezone.now)

    objects = GrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("grant")
        verbose_name_plural = _("grants")
        default_permissions = ()
        ordering = ["-starts_on", "code"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="grant_has_days"),
        ]

    def __str__(self) -> str:
        return self.name


class GrantLine(models.Model):
    """A line of a grant's budget: what so much of it is for."""

    grant = models.ForeignKey(Grant, models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("for what"), max_length=120)
    planned_minor = models.PositiveBigIntegerField()

    class Meta:
        verbose_name = _("line of a budget")
        verbose_name_plural = _("lines of a budget")
        default_permissions = ()
        ordering = ["grant", "position"]
        constraints = [
            models.UniqueConstraint(fields=["grant", "position"], name="grant_line_position_once"),
            models.CheckConstraint(
                condition=Q(planned_minor__gt=0), name="grant_line_plans_something"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def planned(self) -> Money:
        """How much is planned for it."""
        return from_minor(self.planned_minor)


class GrantBudget(models.Model):
    """A version of a grant's budget: why it changed, by which letter of the donor, and who wrote.

    As long as it never changed there is none, and the lines say what is planned. With the first
    change that is written down as number 1; the newest counts, and every older one is kept. A
    donor who gives more time, or less, changes the last day: `ends_on`, empty where it stays.
    """

    grant = models.ForeignKey(Grant, models.PROTECT, related_name="budgets")
    number = models.PositiveSmallIntegerField()
    reason = models.CharField(_("why"), max_length=300, blank=True)
    agreed_on = models.DateField(_("agreed on"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    letter = models.ForeignKey(
        Voucher, models.PROTECT, null=True, blank=True, related_name="grant_budgets"
    )
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("budget of a grant")
        verbose_name_plural = _("budgets of grants")
        default_permissions = ()
        ordering = ["grant", "number"]
        constraints = [
            models.UniqueConstraint(fields=["grant", "number"], name="grant_budget_number_once"),
            models.CheckConstraint(
                condition=Q(number=1) | (Q(number__gt=1) & ~Q(reason="")),
                name="grant_budget_changes_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.grant_id}: {self.number}"


class GrantPlan(models.Model):
    """How much a version of the budget plans for a line; a line that is not in it has nothing."""

    budget = models.ForeignKey(GrantBudget, models.PROTECT, related_name="plans")
    line = models.ForeignKey(GrantLine, models.PROTECT, related_name="plans")
    planned_minor = models.PositiveBigIntegerField()

    class Meta:
        default_permissions = ()
        ordering = ["budget", "line__position"]
        constraints = [
            models.UniqueConstraint(fields=["budget", "line"], name="grant_plan_line_once"),
        ]

    def __str__(self) -> str:
        return f"{self.budget_id}: {self.line_id}"

    @property
    def planned(self) -> Money:
        """How much is planned."""
        return from_minor(self.planned_minor)


class GrantPayment(models.Model):
    """A payment that, once paid, is a use of a grant's line."""

    payment = models.OneToOneField(Payment, models.PROTECT, related_name="of_grant")
    line = models.ForeignKey(GrantLine, models.PROTECT, related_name="payments")

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.payment_id}: {self.line_id}"


class GrantUse(models.Model):
    """An entry, or a part of it, that a line of a grant paid for.

    `recognised` is the entry that turned so much of the grant into income.
    """

    line = models.ForeignKey(GrantLine, models.PROTECT, related_name="uses")
    entry = models.ForeignKey(JournalEntry, models.PROTECT, related_name="grant_uses")
    amount_minor = models.PositiveBigIntegerField()
    recognised = models.OneToOneField(JournalEntry, models.PROTECT, related_name="grant_use")
    tagged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="grant_use_is_something"),
        ]

    def __str__(self) -> str:
        return f"{self.line_id}: {self.entry_id}"

    @property
    def amount(self) -> Money:
        """How much of the grant it used."""
        return from_minor(self.amount_minor)
