"""What must always hold of the mails to customers, checked on the live database."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from coop.kit.audit import finding, invariant, word
from orders.shop.mail import Notice
from orders.shop.models import Order, OrderEvent, OrderMail, ReceivedPayment

_Status = OrderMail.Status
_AT_ONCE = 500
_STATUS_OF = {
    Notice.READY: Order.Status.READY,
    Notice.SENT: Order.Status.SHIPPED,
    Notice.CANCELLED: Order.Status.CANCELLED,
}


@invariant(6, _("A mail has the time at which it was sent when, and only when, it was sent"))
def sent_mails_have_their_time() -> Iterator[str]:
    """And one that is to go out has the time of its next try."""
    sent, is_open = Q(status=_Status.SENT), Q(status__in=OrderMail.OPEN)
    wrong = OrderMail.objects.filter(
        Q(sent, sent_at__isnull=True)
        | Q(~sent, sent_at__isnull=False)
        | Q(is_open, next_try_at__isnull=True)
        | Q(~is_open, next_try_at__isnull=False)
    )
    for mail in wrong.order_by("pk"):
        yield finding(
            "mail {key} is “{status}”, sent {sent_at}, next {next_try_at}",
            key=mail.pk,
            status=word(_Status, mail.status),
            sent_at=mail.sent_at,
            next_try_at=mail.next_try_at,
        )


@invariant(6, _("A customer is told only of what happened to her order"))
def mails_are_of_what_happened() -> Iterator[str]:
    """Each notice of a status has its event, each of a payment its payment of that order."""
    for notice, status in _STATUS_OF.items():
        events = OrderEvent.objects.filter(order=OuterRef("order"), to_status=status)
        lies = OrderMail.objects.filter(~Exists(events), notice=notice).order_by("pk")
        for mail in lies:
            yield finding(
                "mail {key} says “{notice}”, and order {order_id} was never “{status}”",
                key=mail.pk,
                notice=notice.value,
                order_id=mail.order_id,
                status=word(Order.Status, status),
            )
    # Compared here: no function that both databases know makes the key of a payment.
    told = OrderMail.objects.filter(key__startswith="payment:").order_by("pk")
    payments = ReceivedPayment.objects.filter(order_id__in=told.values("order_id"))
    there = {(f"payment:{pk}", order) for pk, order in payments.values_list("pk", "order_id")}
    for mail in told.iterator(_AT_ONCE):
        if (mail.key, mail.order_id) not in there:
            yield finding(
                "mail {key} tells order {order_id} of {what}, which is not its own",
                key=mail.pk,
                order_id=mail.order_id,
                what=mail.key,
            )
