"""Every write of skills and hours."""

from coop.quotas.services.holds import consume_hours, hold_hours, release_hours
from coop.quotas.services.hours import MOST_MINUTES, offer_hours, promise, release, set_skill

__all__ = [
    "MOST_MINUTES",
    "consume_hours",
    "hold_hours",
    "offer_hours",
    "promise",
    "release",
    "release_hours",
    "set_skill",
]
