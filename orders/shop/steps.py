"""An order's way as its customer sees it: a few steps, done, under way or to come."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from orders.shop.models import Order

Status = Order.Status
_AS_FAR_AS = {Status.PLACED: 1, Status.CONFIRMED: 2, Status.READY: 3, Status.SHIPPED: 4}


@dataclass(frozen=True)
class Step:
    """One step and how it stands."""

    label: str
    is_done: bool
    is_now: bool


def steps_of(order: Order) -> list[Step]:
    """Ordered, paid (a transfer), ready, sent or handed over. None for a cancelled order."""
    far = _AS_FAR_AS.get(Status(order.status), 0)
    if not far:
        return []
    labels = [(1, _("Ordered"))]
    if order.method == Order.Method.TRANSFER:
        labels.append((2, _("Paid")))
    last = _("Handed over") if order.is_pick_up else _("Sent")
    labels += [(3, _("All pieces ready")), (4, last)]
    ahead = next((place for place, _label in labels if place > far), 5)
    return [Step(label, place <= far, place == ahead) for place, label in labels]
