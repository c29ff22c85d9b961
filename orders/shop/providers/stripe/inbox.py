"""Messages from Stripe: verified, and written down once."""

import logging

from django.conf import settings
from django.db import IntegrityError, transaction

from orders.shop.models import ProviderEvent
from orders.shop.providers.stripe import gateway, objects, tasks
from orders.shop.providers.stripe.seen import EventSeen

logger = logging.getLogger(__name__)


def receive(payload: bytes, signature: str) -> bool:
    """Take a message in; whether it is one of ours. What it says is believed by nobody.

    False for a forged or old signature, another account, play money on a real account or the
    other way round. The same message again is the one that is there.
    """
    seen = gateway.event_from(payload, signature)
    if seen is None or not _is_ours(seen):
        return False
    if objects.is_followed(seen.object_kind) and seen.object_id:
        _write_down(seen)
    return True


def _is_ours(seen: EventSeen) -> bool:
    return seen.account == settings.STRIPE_ACCOUNT and seen.is_live == gateway.is_live()


def _write_down(seen: EventSeen) -> None:
    try:
        with transaction.atomic():
            event = ProviderEvent.objects.create(
                event_id=seen.id,
                kind=seen.kind[:80],
                object_kind=seen.object_kind,
                object_id=seen.object_id,
            )
            # If the queue does not take it, the next round finds it.
            transaction.on_commit(lambda: tasks.handle_event.enqueue(event.pk), robust=True)
    except IntegrityError:
        logger.info("Stripe's event %s came again", seen.id)
