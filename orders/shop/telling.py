"""What the shop tells the open book of its entries: for which pieces somebody paid.

A hotel or a museum's shop is named; a customer of the web shop never is.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import CharField, Prefetch, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import ngettext

from ledger.telling import Found, Particulars, Says, finds, tells
from orders.shop.models import BalanceMovement, Buyer, Order, OrderLine

#: So many things of an order are said by name.
MOST_THINGS = 6


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
    return Particulars(order.buyer.name if order.buyer else "", things_of(order.lines.all()))


def things_of(lines: Iterable[OrderLine]) -> str:
    """What is in an order: "2 × llama"; of several things all together and each, the most first,
    as in "3 pieces (2 × llama; 1 × fox)".
    """
    by_name: Counter[str] = Counter()
    for one in lines:
        by_name[one.description] += one.quantity
    each = [f"{number} × {name}" for name, number in by_name.most_common(MOST_THINGS)]
    if len(by_name) == 1:
        return each[0]
    number = by_name.total()
    rest = number - sum(count for _name, count in by_name.most_common(MOST_THINGS))
    words = (
        ngettext(
            "%(number)s piece (%(each)s and %(rest)s more)",
            "%(number)s pieces (%(each)s and %(rest)s more)",
            number,
        )
        if rest
        else ngettext("%(number)s piece (%(each)s)", "%(number)s pieces (%(each)s)", number)
    )
    return words % {"number": number, "each": "; ".join(each), "rest": rest}


# Looking for it --------------------------------------------------------------------------------
def _of_buyers(says: Says) -> QuerySet[Order] | None:
    """Orders of hotels and shops that are called so; a customer of the web shop is never found."""
    found = [key for key, name in Buyer.objects.values_list("pk", "name") if says(name)]
    return Order.objects.filter(buyer__in=found) if found else None


def _with_things(says: Says) -> QuerySet[Order] | None:
    """Orders in which something is called so, in either language, also where the sentence only
    counts it among the rest.
    """
    lines = OrderLine.objects.order_by()
    called = lines.values_list("description_es", "description_en").distinct()
    found = [one for one in called if any(says(name) for name in one)]
    if not found:
        return None
    such = lines.filter(description_es__in=[es for es, _en in found])
    return Order.objects.filter(pk__in=such.values("order"))


def of_order(key: int) -> dict[str, QuerySet[Any, Any]]:
    """What the references of an order's entries hold after their first word, for
    `ledger.queries.about`.
    """
    order = Order.objects.filter(pk=key)
    return {"order": _as_text(order), "stripe": _movements(order)}


def _as_text(orders: QuerySet[Order]) -> QuerySet[Order, Any]:
    return orders.order_by().annotate(key=Cast("pk", CharField())).values("key")


def _movements(orders: QuerySet[Order]) -> QuerySet[BalanceMovement, Any]:
    found = BalanceMovement.objects.filter(payment__order__in=orders.order_by().values("pk"))
    return found.order_by().values("stripe_id")


@finds("order")
def _orders_found(says: Says) -> Found:
    of, with_ = _of_buyers(says), _with_things(says)
    return Found(None if of is None else _as_text(of), None if with_ is None else _as_text(with_))


@finds("stripe")
def _cards_found(says: Says) -> Found:
    of, with_ = _of_buyers(says), _with_things(says)
    return Found(
        None if of is None else _movements(of), None if with_ is None else _movements(with_)
    )
