"""An order is not carried out: pieces are free again, work is withdrawn, money goes back."""

from contextlib import suppress
from datetime import date, timedelta

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext

from coop.kit.days import today
from coop.people.models import User
from coop.rules.queries import rules_on
from orders.production.errors import WorkIsClosed
from orders.production.models import WorkOrder
from orders.production.services import cancel_work
from orders.shop import accounting
from orders.shop.errors import PaymentUnderWay, ReasonMissing, WrongStatus
from orders.shop.models import CardSession, Order, Refund
from orders.shop.notices import Notice, tell
from orders.shop.services import stock
from orders.shop.services.hours import release_hours_of
from orders.shop.services.refunding import give_back_payment
from orders.shop.services.transitions import Status, locked, move, require

_OPEN = (Status.PLACED, Status.CONFIRMED, Status.READY)
_CARD_UNDER_WAY = (CardSession.Status.CREATING, CardSession.Status.OPEN)


@transaction.atomic
def cancel_order(*, order: Order, actor: User | None, why: str, on: date | None = None) -> Order:
    """Cancel an order that has not left. Work that nobody took on yet is withdrawn; what a
    member already knits is finished for stock. Each payment goes back the way it came. Without
    an actor (the house itself) only an order that nobody paid for is let go.

    A card page must be closed before (`providers`: close), since money could still come by it.
    Raises WrongStatus, ReasonMissing or PaymentUnderWay; then nothing changed.
    Source: accounting, "refund before shipping".
    """
    day, why = on or today(), why.strip()
    if not why:
        raise ReasonMissing
    seen = Order.objects.get(pk=order.pk)
    require(seen, *_OPEN)
    if actor is None and (seen.status != Status.PLACED or seen.paid_minor):
        raise WrongStatus(number=seen.number, status=seen.get_status_display())
    if actor is not None and seen.status != Status.PLACED:
        # Before our own lock: whoever passes a piece holds the work first and the order then.
        _call_off_work(order, actor=actor, why=why, on=day)
    order = locked(order)
    require(order, *_OPEN)
    is_paid_by_now = (order.status, order.paid_minor) != (seen.status, seen.paid_minor)
    if seen.status == Status.PLACED and is_paid_by_now:
        # Paid while we came here: whoever cancels should know that.
        raise WrongStatus(number=order.number, status=order.get_status_display())
    if order.card_sessions.filter(status__in=_CARD_UNDER_WAY).exists():
        raise PaymentUnderWay(number=order.number)
    stock.release_all(order)
    release_hours_of(order)
    if actor is not None:
        _give_back(order, actor=actor, on=day, why=why)
    move(order=order, to=Status.CANCELLED, actor=actor, on=day, why=why)
    tell(order, Notice.CANCELLED)
    return order


def _call_off_work(order: Order, *, actor: User, why: str, on: date) -> None:
    keys = [line.key for line in order.lines.all()]
    open_work = WorkOrder.objects.filter(reference__in=keys, status=WorkOrder.Status.OPEN)
    for work_order in open_work.order_by("pk"):
        # Its last piece may pass while we come here: then there is nothing left to call off.
        with suppress(WorkIsClosed):
            cancel_work(work_order=work_order, actor=actor, on=on, note=why[:200])


def _give_back(order: Order, *, actor: User, on: date, why: str) -> None:
    """Give back what is left of each payment, the way it came."""
    payments = list(order.payments.select_related("order").order_by("pk"))
    accounting.hold_for_refunds(order, payments)
    for payment in payments:
        payment.order = order
        give_back_payment(
            payment=payment, reason=Refund.Reason.CANCELLED, why=why, actor=actor, on=on
        )


def release_unpaid(*, on: date | None = None) -> list[Order]:
    """Cancel orders by transfer or phone wallet of which nothing was paid within the days that the rules give.

    Each in a transaction of its own. Orders paid in part are left to the office. Returns the
    cancelled ones. Source: rule set, "transfer_hold_days".
    """
    day = on or today()
    hold = timedelta(days=rules_on(day).transfer_hold_days)
    waiting = Order.objects.filter(
        status=Status.PLACED,
        method__in=[Order.Method.TRANSFER, Order.Method.WALLET],
        paid_minor=0,
        placed_on__lt=day - hold,
    )
    released = (_release(order, day) for order in waiting.order_by("pk"))
    return [order for order in released if order is not None]


@transaction.atomic
def _release(order: Order, day: date) -> Order | None:
    held = locked(order)
    if held.status != Status.PLACED or held.paid_minor:
        return None
    with translation.override(held.language):
        why = gettext("It was not paid in time.")
    return cancel_order(order=held, actor=None, why=why, on=day)
