"""What customers are told by e-mail, in the language of their order."""

from enum import StrEnum

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from orders.shop.models import Order, ShopSettings


class Notice(StrEnum):
    """The moments of which a customer is told; each has templates/shop/mail/<name>.txt."""

    PLACED = "placed"
    PAID = "paid"
    READY = "ready"
    SENT = "sent"
    CANCELLED = "cancelled"


def _subject(order: Order, notice: Notice) -> str:
    # Nothing that a customer typed stands in a header.
    subjects = {
        Notice.PLACED: _("Your order #{number}"),
        Notice.PAID: _("Payment received for order #{number}"),
        Notice.READY: _("Order #{number} is ready to be picked up"),
        Notice.SENT: _("Order #{number} is on its way"),
        Notice.CANCELLED: _("Order #{number} is cancelled"),
    }
    return subjects[notice].format(number=order.number)


def compose(order: Order, notice: Notice) -> EmailMessage:
    """The message: plain text, answers go to the shop's own address."""
    words = ShopSettings.current()
    with translation.override(order.language):
        context = {
            "order": order,
            "lines": order.lines.all(),
            "words": words,
            "link": f"{settings.SITE_URL}{order.get_absolute_url()}",
            "shipment": getattr(order, "shipment", None),
            "refunded": order.payments.filter(refund__isnull=False).exists(),
            "reason": _reason(order) if notice == Notice.CANCELLED else "",
        }
        return EmailMessage(
            subject=_subject(order, notice),
            body=render_to_string(f"shop/mail/{notice}.txt", context).strip() + "\n",
            to=[order.customer_email],
            reply_to=[words.contact_email] if words.contact_email else None,
        )


def _reason(order: Order) -> str:
    last = order.events.filter(to_status=Order.Status.CANCELLED).last()
    return last.why if last else ""


def send(order: Order, notice: Notice) -> None:
    """Send it now; an order without an address (a buyer who has none) gets nothing."""
    if order.customer_email:
        compose(order, notice).send()
