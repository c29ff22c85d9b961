"""The knitting hours that an order's missing pieces need, held while its customer pays.

The hold ends when the order is certain (open work takes its place and is shared out) or let go.
"""

from collections.abc import Sequence
from datetime import date

from coop.quotas.services import consume_hours, hold_hours, release_hours
from orders.shop.models import Order, OrderLine


def hold_hours_of(lines: Sequence[OrderLine], *, on: date) -> dict[int, date]:
    """Hold hours for what is missing, in the order of lines.

    Gives, by line, the last day of the month in which its hours were found, for lines whose
    hours reach beyond `on`'s month.
    """
    days = {}
    for line in sorted(lines, key=lambda one: one.pk):
        if line.missing:
            minutes = line.missing * line.variant.design.minutes
            plan = hold_hours(reference=line.key, minutes=minutes, on=on)
            if plan.ready_by is not None:
                days[line.pk] = plan.ready_by
    return days


def release_hours_of(order: Order) -> None:
    """Let go of everything that is held for an order."""
    for line in order.lines.order_by("pk"):
        release_hours(reference=line.key)


def consume_hours_of(order: Order) -> None:
    """The order is certain: its open work takes the place of what was held."""
    for line in order.lines.order_by("pk"):
        consume_hours(reference=line.key)
