"""An order's way as its customer sees it: a few steps, done, under way or to come."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from orders.shop.models import Order
from orders.shop.providers import provider_of

Status = Order.Status
_AS_FAR_AS = {Status.PLACED: 1, Status.CONFIRMED: 2, Status.READY: 3, Status.SHIPPED: 4}


@dataclass(frozen=True)
class Step:
    """One step and how it stands."""

    label: str
    is_done: bool
    is_now: bool


def steps_of(order: Order) -> list[Step]:
    """Ordered, paid (a transfer), ready, sent or handed over. None for a cancelled order.

    A step that is done says so; the one under way says what we wait for.
    """
    far = _AS_FAR_AS.get(Status(order.status), 0)
    if not far:
        return []
    # Place on the way, what it is called when done or to come, what while it goes on.
    way = [(1, _("Ordered"), "")]
    if provider_of(order).waits_for_money:
        way.append((2, _("Paid"), str(provider_of(order).waiting)))
    way.append((3, _("All pieces ready"), _("Being knitted")))
    if order.is_pick_up:
        way.append((4, _("Handed over"), _("Waits for you")))
    else:
        way.append((4, _("Sent"), _("Being packed")))
    ahead = next((place for place, _done, _now in way if place > far), 0)
    return [
        Step(now if place == ahead else done, place <= far, place == ahead)
        for place, done, now in way
    ]
