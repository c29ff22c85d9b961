"""What customers are told by e-mail, in the language of their order.

A new notice needs a line in `Notice`, one in `_subject`, and templates/shop/mail/<value>.txt.
"""

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import models
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orders.shop.models import Order, Refund, ShopSettings


class Notice(models.TextChoices):
    """The moments of which a customer is told, with what the office calls them."""

    PLACED = "placed", gettext_lazy("The order came in")
    PAID = "paid", gettext_lazy("Money came in")
    READY = "ready", gettext_lazy("It is ready to be picked up")
    SENT = "sent", gettext_lazy("It is on its way")
    CANCELLED = "cancelled", gettext_lazy("It is cancelled")
    REFUNDED = "refunded", gettext_lazy("Money goes back")
    GONE = "gone", gettext_lazy("It was paid too late, and goes back")
    TWICE = "twice", gettext_lazy("It was paid twice, and goes back")


# Notices that nobody needs any more once the order has another status than these.
_ONLY_WHILE: dict[str, tuple[str, ...]] = {
    Notice.PLACED: (Order.Status.PLACED, Order.Status.CONFIRMED, Order.Status.READY),
    Notice.READY: (Order.Status.READY,),
}


def is_overtaken(order: Order, notice: Notice) -> bool:
    """Whether what happened since makes this notice wrong: "pick it up" of what is gone."""
    return notice in _ONLY_WHILE and order.status not in _ONLY_WHILE[notice]


def _subject(order: Order, notice: Notice) -> str:
    # Nothing that a customer typed stands in a header.
    subjects = {
        Notice.PLACED: _("Your order #{number}"),
        Notice.PAID: _("Payment received for order #{number}"),
        Notice.READY: _("Order #{number} is ready to be picked up"),
        Notice.SENT: _("Order #{number} is on its way"),
        Notice.CANCELLED: _("Order #{number} is cancelled"),
        Notice.REFUNDED: _("Money goes back for order #{number}"),
        Notice.GONE: _("We are sorry: order #{number} came too late"),
        Notice.TWICE: _("Order #{number} was paid twice"),
    }
    return subjects[notice].format(number=order.number)


def compose(order: Order, notice: Notice, message_id: str) -> EmailMessage:
    """The message: plain text, answers go to the shop's own address."""
    words = ShopSettings.current()
    with translation.override(order.language):
        context = {
            "order": order,
            "lines": order.lines.all(),
            "words": words,
            "link": f"{settings.SITE_URL}{order.get_absolute_url()}",
            "shipment": getattr(order, "shipment", None),
            "refunds": Refund.objects.standing().filter(payment__order=order),
            "refunded": order.payments.filter(refunds__isnull=False).exists(),
            "reason": _reason(order) if notice == Notice.CANCELLED else "",
        }
        return EmailMessage(
            subject=_subject(order, notice),
            body=render_to_string(f"shop/mail/{notice}.txt", context).strip() + "\n",
            to=[order.customer_email],
            reply_to=[words.contact_email] if words.contact_email else None,
            headers={"Message-ID": message_id},
        )


def _reason(order: Order) -> str:
    last = order.events.filter(to_status=Order.Status.CANCELLED).last()
    return last.why if last else ""
