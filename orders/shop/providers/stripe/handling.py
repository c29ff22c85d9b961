"""Doing what follows from a message: the object that it names is asked for, and believed alone."""

import logging

from django.utils import timezone

from orders.shop.errors import ShopError
from orders.shop.models import ProviderEvent
from orders.shop.providers.stripe import objects
from orders.shop.providers.stripe.errors import NotYetBooked, ProviderUnreachable

logger = logging.getLogger(__name__)


def handle(event: ProviderEvent) -> bool:
    """Do what follows from the object of a message; whether it is done now.

    What cannot be done yet, or does not agree, stays with its problem to be seen.
    """
    if event.handled_at is not None:
        return True
    problem = ""
    try:
        objects.settle(event.object_kind, event.object_id)
    except (ProviderUnreachable, NotYetBooked) as later:
        problem = str(later)
    except ShopError as refusal:
        problem = str(refusal)
        logger.warning("Stripe's event %s: %s", event.event_id, problem)
    _note(event, problem)
    return not problem


def _note(event: ProviderEvent, problem: str) -> None:
    event.attempts += 1
    event.problem = problem[:300]
    if not problem:
        event.handled_at = timezone.now()
    event.save(update_fields=["attempts", "problem", "handled_at"])
