"""Work to be done: who has it, at which rate, what was delivered and how it was judged."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from coop.kit.money import from_minor


class WorkOrder(models.Model):
    """So many pieces of a variant, by a day. `reference` says for what ("line:34")."""

    class Status(models.TextChoices):
        OPEN = "open", _("open")
        DONE = "done", _("done")
        CANCELLED = "cancelled", _("cancelled")

    variant = models.ForeignKey("catalog.Variant", models.PROTECT, related_name="work_orders")
    quantity = models.PositiveIntegerField(_("pieces"))
    # Pieces in assignments that are not declined; never more than the quantity.
    assigned = models.PositiveIntegerField(_("assigned"), default=0)
    passed = models.PositiveIntegerField(_("passed"), default=0)
    due_on = models.DateField(_("due on"))
    reference = models.CharField(max_length=60, unique=True)
    status = models.CharField(max_length=9, choices=Status.choices, default=Status.OPEN)
    opened_on = models.DateField()
    opened_by = models.ForeignKey("people.User", models.PROTECT, related_name="+", null=True)

    class Meta:
        verbose_name = _("work order")
        verbose_name_plural = _("work orders")
        ordering = ["due_on", "pk"]
        permissions = [("assign_work", "May assign work"), ("read_work", "May see all work")]
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="work_order_not_empty"),
            models.CheckConstraint(
                condition=Q(assigned__lte=F("quantity"), passed__lte=F("assigned")),
                name="work_order_counts_fit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.variant} × {self.quantity}"

    @property
    def unassigned(self) -> int:
        """Pieces that nobody has been asked to knit yet."""
        return self.quantity - self.assigned if self.status == self.Status.OPEN else 0


class WorkOrderEvent(models.Model):
    """What happened to a work order: who, when, why. Append-only. No actor: a customer's order."""

    class Kind(models.TextChoices):
        OPENED = "opened", _("opened")
        REDUCED = "reduced", _("reduced")
        MOVED = "moved", _("put on another day")
        CANCELLED = "cancelled", _("cancelled")
        DONE = "done", _("done")

    work_order = models.ForeignKey(WorkOrder, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=9, choices=Kind.choices)
    quantity = models.PositiveIntegerField(default=0)
    # Only where it was put on another day: from which to which.
    was_due_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)
    on = models.DateField()
    actor = models.ForeignKey("people.User", models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.on} {self.get_kind_display()}"


class Assignment(models.Model):
    """Part of a work order offered to one member. Her rate is fixed when she takes it on."""

    class Status(models.TextChoices):
        OFFERED = "offered", _("offered")
        TAKEN = "taken", _("taken on")
        DECLINED = "declined", _("declined")
        DONE = "done", _("done")
        WITHDRAWN = "withdrawn", _("withdrawn")

    work_order = models.ForeignKey(WorkOrder, models.PROTECT, related_name="assignments")
    member = models.ForeignKey("members.Member", models.PROTECT, related_name="assignments")
    quantity = models.PositiveIntegerField(_("pieces"))
    delivered = models.PositiveIntegerField(default=0)
    passed = models.PositiveIntegerField(default=0)
    month = models.DateField(help_text=_("the month whose hours it takes"))
    promised_minutes = models.PositiveIntegerField()
    due_on = models.DateField(_("due on"))
    rate_minor = models.PositiveBigIntegerField(null=True, blank=True)
    status = models.CharField(max_length=9, choices=Status.choices, default=Status.OFFERED)
    why = models.CharField(_("why her"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["due_on", "pk"]
        permissions = [("receive_pieces", "May write down what a member brings")]
        constraints = [
            models.CheckConstraint(condition=Q(month__day=1), name="assignment_month_is_a_first"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="assignment_not_empty"),
            models.CheckConstraint(
                condition=Q(delivered__lte=F("quantity"), passed__lte=F("delivered")),
                name="assignment_counts_fit",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["taken", "done"])
                | Q(rate_minor__isnull=False, rate_minor__gt=0),
                name="assignment_taken_at_a_rate",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member.code}: {self.work_order.variant} × {self.quantity}"

    @property
    def left(self) -> int:
        """Pieces that she still has to bring."""
        return self.quantity - self.delivered

    @property
    def rate(self) -> Money:
        """Her rate for one piece: fixed when taken on, today's of the design before."""
        if self.rate_minor is None:
            return self.work_order.variant.design.rate
        return from_minor(self.rate_minor)

    @property
    def pay(self) -> Money:
        """What the whole assignment pays."""
        return self.rate * self.quantity


class AssignmentEvent(models.Model):
    """What happened to an assignment: who, when, why. Append-only."""

    class Kind(models.TextChoices):
        OFFERED = "offered", _("offered")
        TAKEN = "taken", _("taken on")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn")
        DELIVERED = "delivered", _("delivered")
        DONE = "done", _("done")
        REDUCED = "reduced", _("took fewer")
        WISHED = "wished", _("asked for a later day")
        KEPT = "kept", _("kept to its day")
        MOVED = "moved", _("put on another day")

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=9, choices=Kind.choices)
    quantity = models.PositiveIntegerField(default=0)
    # Only where a day was asked for or agreed: which.
    due_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)
    on = models.DateField()
    actor = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.on} {self.get_kind_display()}"


class DayWish(models.Model):
    """She would do offered work by a later day than was promised; the office answers.

    Her rate is fixed when she wishes: granting the wish is the answer to her yes.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("waits")
        GRANTED = "granted", _("granted")
        REFUSED = "refused", _("refused")
        # She answered otherwise meanwhile, or the work went back.
        DROPPED = "dropped", _("no longer asked")

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="wishes")
    wanted_on = models.DateField(_("the day that she asks for"))
    rate_minor = models.PositiveBigIntegerField()
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.WAITING)
    asked_on = models.DateField()
    asked_by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.ForeignKey(
        "people.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment"],
                condition=Q(status="waiting"),
                name="wish_waits_once",
            ),
            models.CheckConstraint(
                condition=Q(status="waiting", answered_by__isnull=True, answered_on__isnull=True)
                | (~Q(status="waiting") & Q(answered_by__isnull=False, answered_on__isnull=False)),
                name="wish_answered_by_somebody",
            ),
            models.CheckConstraint(condition=Q(rate_minor__gt=0), name="wish_at_a_rate"),
        ]

    def __str__(self) -> str:
        return f"{self.assignment}: {self.wanted_on} ({self.get_status_display()})"


class Inspection(models.Model):
    """A checker's judgement of a delivered piece. Append-only."""

    class Outcome(models.TextChoices):
        PASSED = "passed", _("passed")
        MEND = "mend", _("to mend")

    piece = models.ForeignKey("catalog.Piece", models.PROTECT, related_name="inspections")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="inspections")
    outcome = models.CharField(max_length=6, choices=Outcome.choices)
    grams = models.PositiveIntegerField(null=True, blank=True)
    note = models.CharField(_("what to mend"), max_length=200, blank=True)
    on = models.DateField()
    checker = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        permissions = [("check_pieces", "May pass pieces or send them to be mended")]
        constraints = [
            models.UniqueConstraint(
                fields=["piece"], condition=Q(outcome="passed"), name="piece_passes_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.piece}: {self.get_outcome_display()}"
