"""Every few minutes: pages whose hour is over, refunds not sent, messages not handled."""

import logging

from django.db.models import QuerySet
from django.utils import timezone

from orders.shop.models import CardSession, Order, ProviderEvent, Refund
from orders.shop.providers.stripe import gateway, handling, refunds
from orders.shop.providers.stripe.closing import close_session
from orders.shop.providers.stripe.errors import PaymentCameMeanwhile, ProviderError
from orders.shop.providers.stripe.holding import HOLD
from orders.shop.providers.stripe.settling import free_unpaid, settle_session

logger = logging.getLogger(__name__)
_UNDER_WAY = (CardSession.Status.CREATING, CardSession.Status.OPEN)
_MOST = 200
_GIVE_UP_AFTER = 30


def look_at(row: CardSession) -> None:
    """Was this page paid? One whose hour is over is closed, and what it held is free.

    Harmless when repeated. What goes wrong is left for the next round.
    """
    row.refresh_from_db()
    if not row.is_under_way:
        return
    try:
        if row.stripe_id:
            row = settle_session(row.stripe_id) or row
        if row.is_under_way and row.expires_at <= timezone.now():
            close_session(row)
    except PaymentCameMeanwhile:
        return
    except ProviderError as problem:
        logger.warning("card session %s: %s", row, problem)


def _without_page() -> QuerySet[Order]:
    """Orders by card whose customer was cut off before she had a page, longer ago than one lives.

    Nobody can pay for them, so what they hold is free.
    """
    waiting = Order.objects.filter(
        status=Order.Status.PLACED,
        method=Order.Method.CARD,
        paid_minor=0,
        created_at__lte=timezone.now() - HOLD,
    )
    open_pages = CardSession.objects.filter(status__in=_UNDER_WAY)
    return waiting.exclude(pk__in=open_pages.values("order")).order_by("pk")


def go_round() -> int:
    """Look at everything that was left lying; how many things there were."""
    if not gateway.is_connected():
        return 0
    overdue = CardSession.objects.filter(status__in=_UNDER_WAY, expires_at__lte=timezone.now())
    sessions = list(overdue.order_by("pk")[:_MOST])
    for row in sessions:
        look_at(row)
    forgotten = list(_without_page()[:_MOST])
    for order in forgotten:
        free_unpaid(order)
    waiting = list(Refund.objects.filter(status=Refund.Status.WAITING).order_by("pk")[:_MOST])
    for refund in waiting:
        refunds.send_kindly(refund)
    unhandled = ProviderEvent.objects.filter(handled_at=None, attempts__lt=_GIVE_UP_AFTER)
    messages = list(unhandled.order_by("pk")[:_MOST])
    for event in messages:
        handling.handle(event)
    return len(sessions) + len(forgotten) + len(waiting) + len(messages)
