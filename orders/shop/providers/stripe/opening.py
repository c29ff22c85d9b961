"""Sending a customer to the card page, with her pieces held meanwhile.

The session is written down before Stripe is asked, with its idempotency key and the very body:
whatever is cut off in between, asking again finds the one that is there.
"""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from coop.kit.money import from_minor
from orders.shop.errors import WrongStatus
from orders.shop.models import CardSession, Order
from orders.shop.providers.stripe import gateway, tasks
from orders.shop.providers.stripe.amounts import to_stripe
from orders.shop.providers.stripe.errors import HoldIsOver, ProviderRefused
from orders.shop.providers.stripe.holding import HOLD
from orders.shop.providers.stripe.seen import SessionSeen
from orders.shop.providers.stripe.settling import apply_session, give_up, settle_session
from orders.shop.services.transitions import Status, locked, require


def begin_payment(order: Order) -> str:
    """The address of the card page for this order; the same while it is open.

    "" when the order is paid already. Raises HoldIsOver when its time is over, WrongStatus for
    an order that takes no money, ProviderUnreachable or ProviderRefused.
    """
    row = session_to_open(order)
    if row.status == CardSession.Status.CREATING:
        row = _open(row)
    elif row.expires_at <= timezone.now():
        row = settle_session(row.stripe_id or "") or row
    row.refresh_from_db()
    if row.status == CardSession.Status.COMPLETE:
        return ""
    if row.status != CardSession.Status.OPEN:
        raise HoldIsOver(number=order.number)
    return row.url


@transaction.atomic
def session_to_open(order: Order) -> CardSession:
    """The session under way for `order`, or a new one, not yet opened at Stripe."""
    order = locked(order)
    if order.status == Status.EXPIRED:
        raise HoldIsOver(number=order.number)
    there = order.card_sessions.order_by("-attempt").first()
    if there is not None and (there.is_under_way or there.status == CardSession.Status.COMPLETE):
        return there
    require(order, Status.PLACED)
    if not order.outstanding:
        raise WrongStatus(number=order.number, status=order.get_status_display())
    attempt = there.attempt + 1 if there else 1
    key = f"order:{order.token[:24]}:{attempt}"
    expires_at = timezone.now().replace(microsecond=0) + HOLD
    return CardSession.objects.create(
        order=order,
        attempt=attempt,
        key=key,
        body=_body(order, key=key, expires_at=int(expires_at.timestamp())),
        amount_minor=order.due_minor - order.paid_minor,
        currency=order.currency,
        expires_at=expires_at,
    )


def _open(row: CardSession) -> CardSession:
    """Ask Stripe for the session that `row` describes, again if nobody knows whether it heard."""
    try:
        seen = gateway.create_session(row.body, key=row.key)
    except ProviderRefused as refusal:
        is_late = refusal.param == "expires_at"
        give_up(row, lets_go=not is_late)
        if not is_late:
            raise
        # It was never opened, and its half hour is too short by now: the next one is fresh.
        row = session_to_open(row.order)
        seen = gateway.create_session(row.body, key=row.key)
    return _opened(row, seen)


def _opened(row: CardSession, seen: SessionSeen) -> CardSession:
    found = apply_session(seen) or row
    tasks.look_again_after(found)
    return found


# What Stripe is asked for ------------------------------------------------------------------
def _body(order: Order, *, key: str, expires_at: int) -> dict[str, Any]:
    """The session's parameters: prices from the order's own rows, never from a form."""
    metadata = {"key": key, "order": str(order.number)}
    with translation.override(order.language):
        back = settings.SITE_URL + reverse("order-paid", args=[order.token])
        cancel = settings.SITE_URL + order.get_absolute_url()
    body: dict[str, Any] = {
        "mode": "payment",
        "line_items": _items(order),
        "client_reference_id": str(order.number),
        "metadata": metadata,
        "payment_intent_data": {
            # At once, so that the fee is known when we hear of the payment.
            "capture_method": "automatic",
            "description": f"#{order.number}",
            "metadata": metadata,
        },
        "locale": order.language if order.language in {"es", "en"} else "auto",
        "expires_at": expires_at,
        "success_url": f"{back}?session_id={{CHECKOUT_SESSION_ID}}",
        "cancel_url": cancel,
    }
    if order.customer_email:
        body["customer_email"] = order.customer_email
    return body


def _items(order: Order) -> list[dict[str, Any]]:
    """The order's lines and its shipping; one line alone when a part was paid already."""
    if order.paid_minor or order.reduced_minor:
        return [_item(order, f"#{order.number}", order.due_minor - order.paid_minor, 1)]
    with translation.override(order.language):
        items = [
            _item(order, line.description, line.unit_price_minor, line.quantity)
            for line in order.lines.all()
        ]
        if order.shipping_minor and order.delivery is not None:
            items.append(_item(order, order.delivery.name, order.shipping_minor, 1))
    return items


def _item(order: Order, name: str, unit_minor: int, quantity: int) -> dict[str, Any]:
    return {
        "quantity": quantity,
        "price_data": {
            "currency": order.currency.lower(),
            "unit_amount": to_stripe(from_minor(unit_minor, order.currency)),
            "product_data": {"name": name},
        },
    }
