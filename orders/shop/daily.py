"""What the shop does once a day by itself, when somebody comes by."""

from django.core.cache import cache

from coop.kit.days import today
from orders.shop.providers.stripe.tasks import keep_looking
from orders.shop.sweeping import keep_sweeping_mails, sweep

_A_DAY = 24 * 3600


def sweep_once_a_day() -> None:
    """Ask the worker to let unpaid orders go, if nobody asked today. Harmless when repeated.

    The rounds for mails and cards go on by themselves; here they are begun again, should they have ended.
    """
    if cache.add(f"shop-swept:{today()}", True, _A_DAY):
        sweep.enqueue()
        keep_sweeping_mails()
        keep_looking()
