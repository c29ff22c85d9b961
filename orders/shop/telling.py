"""What the shop tells the open book of its entries: for which pieces somebody paid.

A hotel or a museum's shop is named; a customer of the web shop never is.
"""

from collections.abc import Mapping, Sequence

from django.db.models import Prefetch, QuerySet
from django.utils.translation import ngettext

from ledger.telling import Particulars, tells
from orders.shop.models import BalanceMovement, Order, OrderLine


@tells("order")
def _of_orders(references: Sequence[str]) -> Mapping[str, Particulars]:
    keys = {one: one.split(":")[1] for one in references}
    wanted = [int(key) for key in keys.values() if key.isdecimal()]
    told = {str(order.pk): _told(order) for order in _orders().filter(pk__in=wanted)}
    return {one: told[key] for one, key in keys.items() if key in told}


@tells("stripe")
def _of_cards(references: Sequence[str]) -> Mapping[str, Particulars]:
    keys = {one: one.split(":")[1] for one in references}
    rows = (
        BalanceMovement.objects.filter(stripe_id__in=keys.values())
        .exclude(payment=None)
        .values_list("stripe_id", "payment__order")
    )
    order_of = dict(rows)
    orders = {one.pk: one for one in _orders().filter(pk__in=set(order_of.values()))}
    return {one: _told(orders[order_of[key]]) for one, key in keys.items() if key in order_of}


def _orders() -> QuerySet[Order]:
    lines = Prefetch("lines", OrderLine.objects.order_by("pk"))
    return Order.objects.select_related("buyer").prefetch_related(lines)


def _told(order: Order) -> Particulars:
    lines = list(order.lines.all())
    number = sum(one.quantity for one in lines)
    if len(lines) == 1:
        what = f"{number} × {lines[0].description}"
    else:
        what = ngettext("%(number)s piece", "%(number)s pieces", number) % {"number": number}
    return Particulars(order.buyer.name if order.buyer else "", what)
