"""What customers are told by e-mail: a row for each notice, until it has gone out."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orders.shop.models.orders import Order


class OrderMailQuerySet(models.QuerySet["OrderMail"]):
    """Mails by how they stand."""

    def due(self, at: datetime) -> Self:
        """Those that should go out by `at`, with those whose sender never came back."""
        return self.filter(status__in=OrderMail.OPEN, next_try_at__lte=at)

    def stuck(self) -> Self:
        """Those that could not be sent: given up, or tried in vain and waiting."""
        return self.filter(
            Q(status=OrderMail.Status.FAILED) | (Q(status__in=OrderMail.OPEN) & ~Q(last_problem=""))
        )


class OrderMail(models.Model):
    """One notice to the customer of an order. The same notice about the same thing is one row,
    and so one mail, however often it is told. Changes only through `orders.shop.outbox`.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("e-mail", "waiting")
        SENDING = "sending", pgettext_lazy("e-mail", "being sent")
        SENT = "sent", pgettext_lazy("e-mail", "sent")
        FAILED = "failed", pgettext_lazy("e-mail", "given up")
        DROPPED = "dropped", pgettext_lazy("e-mail", "no longer needed")

    class Problem(models.TextChoices):
        """Why it did not go, in words that give nothing away."""

        NO_CONNECTION = "connection", _("The mail server could not be reached.")
        LOGIN = "login", _("The mail server did not let us in.")
        ADDRESS = "address", _("The mail server refused the address.")
        REFUSED = "refused", _("The mail server did not take it.")
        INTERRUPTED = "interrupted", _("The sending was interrupted.")

    OPEN = (Status.WAITING, Status.SENDING)

    order = models.ForeignKey(Order, models.PROTECT, related_name="mails")
    # A value of `orders.shop.mail.Notice`.
    notice = models.CharField(max_length=20)
    # What it is about, when an order may have several of a kind: "payment:12".
    key = models.CharField(max_length=80, blank=True)
    # The same at every try, so that a mail program shows a repeated copy once.
    message_id = models.CharField(max_length=200, unique=True)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.WAITING)
    # Tries since it was told, or since the office asked to send it again.
    attempts = models.PositiveSmallIntegerField(default=0)
    last_problem = models.CharField(max_length=12, choices=Problem.choices, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    # While it is being sent: until when its sender has to come back.
    next_try_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    resent_by = models.ForeignKey("people.User", models.PROTECT, related_name="+", null=True)
    resent_at = models.DateTimeField(null=True)

    objects = OrderMailQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["status", "next_try_at"], name="order_mail_due")]
        constraints = [
            models.UniqueConstraint(fields=["order", "notice", "key"], name="order_mail_told_once"),
            models.CheckConstraint(
                condition=Q(status="sent", sent_at__isnull=False)
                | (~Q(status="sent") & Q(sent_at__isnull=True)),
                name="order_mail_sent_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["waiting", "sending"], next_try_at__isnull=False)
                | (~Q(status__in=["waiting", "sending"]) & Q(next_try_at__isnull=True)),
                name="order_mail_open_has_its_next_try",
            ),
            models.CheckConstraint(
                condition=Q(resent_by__isnull=True, resent_at__isnull=True)
                | Q(resent_by__isnull=False, resent_at__isnull=False),
                name="order_mail_asked_again_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order}: {self.notice}"

    @property
    def may_be_resent(self) -> bool:
        """Whether the office may ask to send it again."""
        return self.status in (self.Status.FAILED, self.Status.WAITING)
