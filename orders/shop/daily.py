"""What the shop does once a day by itself, when somebody comes by."""

from django.core.cache import cache

from coop.kit.days import today
from orders.shop.sweeping import sweep

_A_DAY = 24 * 3600


def sweep_once_a_day() -> None:
    """Ask the worker to let unpaid orders go, if nobody asked today. Harmless when repeated."""
    if cache.add(f"shop-swept:{today()}", True, _A_DAY):
        sweep.enqueue()
