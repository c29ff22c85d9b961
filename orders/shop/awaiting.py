"""Orders that wait for their money, told to the bank's pages, and recorded from there.

Registered with `ledger.bank.awaiting`; cards tell of themselves and are not waited for.
"""

from collections.abc import Sequence

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from ledger.bank.awaiting import Arrival, Awaited, Waiting, register
from ledger.bank.errors import NotAwaited
from ledger.models import Account, JournalEntry
from orders.shop import accounting
from orders.shop.models import Order, ReceivedPayment
from orders.shop.services import record_payment

WORD = "order"
#: So many open orders are looked through, the newest first.
_MOST = 400
_Status = Order.Status


def open_orders() -> Sequence[Awaited]:
    """Every order of which something is still to be paid, otherwise than by card."""
    takes_money = Q(status__in=[_Status.PLACED, _Status.CONFIRMED, _Status.READY]) | Q(
        status=_Status.SHIPPED, method=Order.Method.TERMS
    )
    rows = Order.objects.filter(takes_money, paid_minor__lt=F("total_minor") - F("reduced_minor"))
    rows = rows.exclude(method=Order.Method.CARD).select_related("buyer")
    return [_awaited(one) for one in rows.prefetch_related("claims").order_by("-number")[:_MOST]]


def _awaited(order: Order) -> Awaited:
    name = order.buyer.name if order.buyer else order.customer_name
    return Awaited(
        key=f"{WORD}:{order.pk}",
        title=_("Order %(order)s of %(name)s") % {"order": order, "name": name},
        url=reverse("shop_office:order", args=[order.number]),
        open=order.outstanding,
        since=order.placed_on,
        number=str(order.number),
        operations=frozenset(one.operation for one in order.claims.all()),
        names=f"{name} {order.customer_name}",
    )


def record(arrival: Arrival) -> JournalEntry:
    """Record it at its order, as the order's own page does."""
    key = arrival.key.partition(":")[2]
    order = Order.objects.filter(pk=key).first() if key.isdecimal() else None
    if order is None:
        raise NotAwaited
    is_wallet = arrival.into.role == Account.Role.WALLET
    method = ReceivedPayment.Method.WALLET if is_wallet else ReceivedPayment.Method.TRANSFER
    payment = record_payment(
        order=order,
        amount=arrival.pays,
        method=method,
        reference=arrival.operation[:80],
        actor=arrival.actor,
        on=arrival.on,
        came=accounting.Came(arrival.into, arrival.arrived),
    )
    return JournalEntry.objects.get(reference=accounting.payment_reference(payment))


register(Waiting(WORD, "shop.record_payments", open_orders, record))
