"""The one place where an order's status changes; every change leaves a trace."""

from datetime import date

from coop.people.models import User
from orders.shop.errors import WrongStatus
from orders.shop.models import Order, OrderEvent

Status = Order.Status

# From where each status is reached. Source: design, "The way of an order".
REACHED_FROM: dict[str, tuple[str, ...]] = {
    # From EXPIRED: paid late by card, and everything could still be had.
    Status.CONFIRMED: (Status.PLACED, Status.EXPIRED),
    Status.READY: (Status.CONFIRMED,),
    Status.SHIPPED: (Status.READY,),
    Status.CANCELLED: (Status.PLACED, Status.CONFIRMED, Status.READY),
    Status.EXPIRED: (Status.PLACED,),
}


def locked(order: Order) -> Order:
    """The order re-read under lock: two people in the office may be looking at it."""
    return Order.objects.select_for_update().get(pk=order.pk)


def require(order: Order, *statuses: str) -> None:
    """Raise WrongStatus unless the order has one of `statuses`."""
    if order.status not in statuses:
        raise WrongStatus(number=order.number, status=order.get_status_display())


def log_placed(*, order: Order, actor: User | None, on: date) -> None:
    """Trace that an order came in. No actor: the customer herself."""
    OrderEvent.objects.create(order=order, to_status=order.status, actor=actor, on=on)


def move(*, order: Order, to: str, actor: User | None, on: date, why: str = "") -> None:
    """Give a locked order its next status and log it. Raises WrongStatus."""
    require(order, *REACHED_FROM[to])
    OrderEvent.objects.create(
        order=order, from_status=order.status, to_status=to, why=why[:200], actor=actor, on=on
    )
    order.status = to
    order.save(update_fields=["status"])
