"""Money goes back the way it came, whole or in part, by line; never more than came.

Two steps: it is asked for, under the order's lock, and is from then on promised to the customer;
and it is carried out: by hand in the same step, by card when the provider says so. A refund that
comes back counts no longer, and is asked for anew.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.db import transaction
from django.db.models import Sum
from djmoney.money import Money

from catalog.models import Piece
from catalog.services import move_piece, release_piece
from coop.kit.days import today
from coop.kit.money import format_money, from_minor, to_minor
from coop.people.models import User
from orders.production.models import WorkOrder
from orders.production.services import cancel_work
from orders.shop import accounting
from orders.shop.errors import (
    NothingToGiveBack,
    ReasonMissing,
    RefundDiffers,
    TooManyBack,
    TooMuchBack,
)
from orders.shop.models import Allocation, Order, OrderLine, ReceivedPayment, Refund, RefundLine
from orders.shop.notices import Notice, tell
from orders.shop.providers import provider
from orders.shop.services.confirming import ready_if_complete
from orders.shop.services.numbers import CREDIT_NOTES, next_number
from orders.shop.services.transitions import Status, locked, require

Reason = Refund.Reason


@dataclass(frozen=True)
class BackLine:
    """So many of a line are paid back; `came_back` of them lie in the store again."""

    line_id: int
    quantity: int
    came_back: int = 0


@transaction.atomic
def request_refund(
    *,
    order: Order,
    key: str,
    actor: User,
    why: str,
    lines: Sequence[BackLine] = (),
    with_shipping: bool = False,
    goodwill: Money | None = None,
    on: date | None = None,
) -> list[Refund]:
    """Give money back for pieces, for the shipping, or out of goodwill; the way it came.

    Before shipping the pieces are not made; after, a credit note is written, and what came back
    is stock again. Spread over the payments, the newest first. `key` is the form's own: sent
    twice, it is one. Raises ReasonMissing, NothingToGiveBack, TooMuchBack, TooManyBack,
    WrongStatus or RefundDiffers; then nothing changed. Source: accounting, "refund …".
    """
    day, why = on or today(), why.strip()
    if not why:
        raise ReasonMissing
    order = locked(order)
    there = list(Refund.objects.filter(payment__order=order, key__startswith=f"{key}:"))
    if there:
        return there
    require(order, Status.CONFIRMED, Status.READY, Status.SHIPPED)
    rows = _counted(order, lines)
    goods_minor = sum(line.unit_price_minor * one.quantity for line, one in rows)
    goods_minor += to_minor(goodwill) if goodwill else 0
    shipping_minor = _shipping_left(order) if with_shipping else 0
    _check_amount(order, goods_minor + shipping_minor)
    reason = _reason(order, rows)
    refunds = _spread(
        order, key, goods_minor, shipping_minor, reason=reason, why=why, actor=actor, on=day
    )
    for line, one in rows:
        row = RefundLine.objects.create(
            refund=refunds[0], line=line, quantity=one.quantity, came_back=one.came_back
        )
        _take_off(order, line, row, actor=actor, on=day, why=why)
    order.reduced_minor += goods_minor + shipping_minor
    order.save(update_fields=["reduced_minor"])
    if order.status == Status.CONFIRMED:
        ready_if_complete(order, actor=actor, on=day)
    tell(order, Notice.REFUNDED, key=key)
    return refunds


def _counted(order: Order, lines: Sequence[BackLine]) -> list[tuple[OrderLine, BackLine]]:
    """Each line with what goes back of it. Raises TooManyBack."""
    found = {line.pk: line for line in order.lines.select_related("variant__product")}
    rows = []
    for one in lines:
        line = found.get(one.line_id)
        if line is None or one.quantity <= 0:
            raise TooManyBack(name="", most=0)
        paid_back = line.refund_lines.exclude(refund__status="failed").aggregate(
            sum=Sum("quantity")
        )["sum"]
        left = line.quantity - (paid_back or 0)
        is_here = one.came_back <= (line.allocated if order.status == Status.SHIPPED else 0)
        if one.quantity > left or one.came_back > one.quantity or not is_here:
            raise TooManyBack(name=line.description, most=left)
        rows.append((line, one))
    return rows


def _shipping_left(order: Order) -> int:
    given = Refund.objects.standing().filter(payment__order=order)
    return order.shipping_minor - (given.aggregate(sum=Sum("shipping_minor"))["sum"] or 0)


def _check_amount(order: Order, amount_minor: int) -> None:
    if amount_minor <= 0:
        raise NothingToGiveBack
    if amount_minor > order.paid_minor:
        raise TooMuchBack(most=format_money(order.paid))


def _reason(order: Order, rows: Sequence[tuple[OrderLine, BackLine]]) -> str:
    if not rows:
        return Reason.GOODWILL
    return Reason.RETURNED if order.status == Status.SHIPPED else Reason.FEWER


def _spread(
    order: Order,
    key: str,
    goods_minor: int,
    shipping_minor: int,
    *,
    reason: str,
    why: str,
    actor: User,
    on: date,
) -> list[Refund]:
    """One refund for each payment that is needed, the newest first."""
    refunds: list[Refund] = []
    payments = order.payments.filter(is_surplus=False).order_by("-pk")
    for number, payment in enumerate(payments):
        left = left_of(payment)
        goods = min(goods_minor, left)
        shipping = min(shipping_minor, left - goods)
        if not goods + shipping:
            continue
        goods_minor, shipping_minor = goods_minor - goods, shipping_minor - shipping
        refunds.append(
            _write(
                order,
                payment,
                key=f"{key}:{number}",
                goods_minor=goods,
                shipping_minor=shipping,
                reason=reason,
                why=why,
                actor=actor,
                on=on,
            )
        )
    if goods_minor + shipping_minor:
        raise TooMuchBack(most=format_money(order.paid))
    return refunds


def left_of(payment: ReceivedPayment) -> int:
    """What of a payment was not given back, nor taken back by a lost dispute."""
    given = payment.refunds.exclude(status="failed").aggregate(sum=Sum("amount_minor"))["sum"] or 0
    lost = payment.disputes.filter(outcome="lost").aggregate(sum=Sum("amount_minor"))["sum"] or 0
    return max(payment.amount_minor - given - lost, 0)


@transaction.atomic
def give_back_payment(
    *,
    payment: ReceivedPayment,
    reason: str,
    why: str,
    actor: User | None,
    on: date | None = None,
) -> Refund | None:
    """Give back what is left of a payment: its order is cancelled, or had no need of it.

    The caller holds the order's lock. Twice is once. None when nothing is left of it.
    """
    order = payment.order
    there = payment.refunds.filter(key=f"payment:{payment.pk}:{reason}").first()
    if there is not None:
        return there
    amount_minor = left_of(payment)
    if not amount_minor:
        return None
    return _write(
        order,
        payment,
        key=f"payment:{payment.pk}:{reason}",
        goods_minor=amount_minor,
        shipping_minor=0,
        reason=reason,
        why=why,
        actor=actor,
        on=on or today(),
    )


def _write(
    order: Order,
    payment: ReceivedPayment,
    *,
    key: str,
    goods_minor: int,
    shipping_minor: int,
    reason: str,
    why: str,
    actor: User | None,
    on: date,
) -> Refund:
    """The refund's row, and its first step: booked at once by hand, sent after the commit else."""
    is_after = order.status == Status.SHIPPED and not payment.is_surplus
    refund = Refund.objects.create(
        payment=payment,
        key=key,
        goods_minor=goods_minor,
        shipping_minor=shipping_minor,
        amount_minor=goods_minor + shipping_minor,
        reason=reason,
        why=why[:200],
        is_after_shipping=is_after,
        credit_note=next_number(CREDIT_NOTES) if is_after else None,
        on=on,
        actor=actor,
    )
    if not payment.is_surplus:
        order.paid_minor -= refund.amount_minor
        order.save(update_fields=["paid_minor"])
    way = provider("card" if payment.method == ReceivedPayment.Method.CARD else "transfer")
    if way.is_by_card:
        transaction.on_commit(partial(way.give_back, refund))
    else:
        refund.status, refund.done_on = Refund.Status.DONE, on
        refund.save(update_fields=["status", "done_on"])
        accounting.post_refund(refund=refund)
    return refund


def count_as_failed(refund: Refund, *, problem: str) -> None:
    """It came back: the money is ours again, and still owed. The caller holds the order's lock."""
    if refund.status == Refund.Status.FAILED:
        return
    order = Order.objects.select_for_update().get(pk=refund.payment.order_id)
    refund.status, refund.problem = Refund.Status.FAILED, problem[:300]
    refund.save(update_fields=["status", "problem"])
    if refund.payment.is_surplus:
        return
    order.paid_minor += refund.amount_minor
    if refund.reason in Refund.REDUCING:
        order.reduced_minor -= refund.amount_minor
    order.save(update_fields=["paid_minor", "reduced_minor"])


# The pieces --------------------------------------------------------------------------------
def _take_off(
    order: Order, line: OrderLine, row: RefundLine, *, actor: User, on: date, why: str
) -> None:
    """Before shipping they are not made; after, what came back is stock again."""
    if order.status == Status.SHIPPED:
        _bring_back(order, line, row, actor=actor, on=on)
        return
    spare = row.quantity - line.missing
    line.cancelled += row.quantity
    if spare > 0:
        line.allocated -= spare
    line.save(update_fields=["cancelled", "allocated"])
    for one in _newest(line, max(spare, 0)):
        piece = one.piece
        one.delete()
        release_piece(piece=piece, key=line.key)
    if not line.missing:
        _call_off(line, actor=actor, on=on, why=why)


def _newest(line: OrderLine, count: int) -> list[Allocation]:
    found = line.allocations.select_related("piece").order_by("-piece_id")
    return list(found[:count])


def _call_off(line: OrderLine, *, actor: User, on: date, why: str) -> None:
    """Nothing is missing any more: what nobody took on is called off, the rest becomes stock."""
    work = WorkOrder.objects.filter(reference=line.key, status=WorkOrder.Status.OPEN).first()
    if work is not None:
        cancel_work(work_order=work, actor=actor, on=on, note=why[:200])


def _bring_back(order: Order, line: OrderLine, row: RefundLine, *, actor: User, on: date) -> None:
    for one in _newest(line, row.came_back):
        piece = one.piece
        one.delete()
        piece = move_piece(
            piece=piece, to=Piece.Place.STORE, actor=actor, on=on, why=f"returned, {order}"
        )
        release_piece(piece=piece, key=line.key)
        accounting.post_piece_returned(piece=piece, row=row, order=order, actor=actor, on=on)
    line.allocated -= row.came_back
    line.returned += row.came_back
    line.save(update_fields=["allocated", "returned"])


# A refund made at the provider's own desk --------------------------------------------------
def adopt(*, payment: ReceivedPayment, provider_id: str, amount_minor: int, on: date) -> Refund:
    """Somebody gave money back at the provider's desk: it is goodwill, written down after.

    The caller holds the order's lock. Raises RefundDiffers if more went back than we know of.
    """
    order = payment.order
    if amount_minor > left_of(payment):
        raise RefundDiffers(
            amount=format_money(from_minor(amount_minor, order.currency)), number=order.number
        )
    is_open = order.status in {Status.CONFIRMED, Status.READY, Status.SHIPPED}
    reason = Reason.GOODWILL if is_open and not payment.is_surplus else Reason.CANCELLED
    is_after = order.status == Status.SHIPPED and not payment.is_surplus
    refund = Refund.objects.create(
        payment=payment,
        key=f"desk:{provider_id}"[:80],
        goods_minor=amount_minor,
        amount_minor=amount_minor,
        reason=reason,
        is_after_shipping=is_after,
        credit_note=next_number(CREDIT_NOTES) if is_after else None,
        provider_id=provider_id,
        status=Refund.Status.SENT,
        on=on,
        actor=None,
    )
    if not payment.is_surplus:
        order.paid_minor -= amount_minor
        if reason == Reason.GOODWILL:
            order.reduced_minor += amount_minor
        order.save(update_fields=["paid_minor", "reduced_minor"])
    return refund
