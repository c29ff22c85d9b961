"""Closing the card page of an order, before the order is let go or cancelled."""

from orders.shop.errors import PaymentUnderWay
from orders.shop.models import CardSession, Order
from orders.shop.providers.stripe import gateway
from orders.shop.providers.stripe.errors import PaymentCameMeanwhile, ProviderRefused
from orders.shop.providers.stripe.settling import (
    apply_session,
    free_unpaid,
    give_up,
    settle_session,
)

_UNDER_WAY = (CardSession.Status.CREATING, CardSession.Status.OPEN)


def close_sessions(order: Order) -> bool:
    """See to it that nobody can pay for `order` any more; whether a page had to be closed.

    Raises PaymentCameMeanwhile if somebody just did, PaymentUnderWay while nobody knows, and
    ProviderUnreachable. The order is EXPIRED afterwards if it waited for this payment.
    """
    rows = list(order.card_sessions.filter(status__in=_UNDER_WAY).order_by("pk"))
    for row in rows:
        close_session(row)
    # Cut off before its page was even written down, it has none to close.
    free_unpaid(order)
    return bool(rows)


def close_session(row: CardSession) -> CardSession:
    """Close one page: by our call, or because Stripe says that it is over."""
    if row.stripe_id is None:
        row = _learn_its_name(row)
        if row.status == CardSession.Status.FAILED:
            return row
    try:
        closed = apply_session(gateway.expire_session(row.stripe_id or ""))
    except ProviderRefused:
        # It is not open any more: paid, or over. Stripe knows which.
        closed = settle_session(row.stripe_id or "")
    row = closed or row
    if row.status == CardSession.Status.COMPLETE:
        raise PaymentCameMeanwhile(number=row.order.number)
    if row.is_under_way:
        raise PaymentUnderWay(number=row.order.number)
    return row


def _learn_its_name(row: CardSession) -> CardSession:
    """Its answer was lost: the same key and body bring it once more; or it was never opened."""
    try:
        return apply_session(gateway.create_session(row.body, key=row.key)) or row
    except ProviderRefused:
        return give_up(row, lets_go=True)
