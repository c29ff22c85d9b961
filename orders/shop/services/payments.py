"""Money that comes in for orders, as the treasurer records it."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from djmoney.money import Money

from coop.kit.days import today
from coop.kit.money import PartialMinorUnit, format_money, to_minor
from coop.people.models import User
from orders.shop import accounting
from orders.shop.errors import (
    AmountWrong,
    CardIsNotByHand,
    DayBeforeOrder,
    DayInTheFuture,
    OperationMissing,
    OperationTaken,
    PaidTooMuch,
)
from orders.shop.models import Order, ReceivedPayment
from orders.shop.notices import Notice, tell
from orders.shop.services.confirming import confirm_locked
from orders.shop.services.transitions import Status, locked, require


@transaction.atomic
def record_payment(
    *,
    order: Order,
    amount: Money,
    method: str,
    reference: str,
    actor: User,
    on: date | None = None,
    came: accounting.Came | None = None,
) -> ReceivedPayment:
    """Money came in for `order`, whole or in part; fully paid, an order that waited is confirmed.

    `reference` is the bank's operation number (or the receipt of the cash box): the same one
    again, for the same order and amount, is the payment that is there. `on` is the day the
    money came. `came` says where it lies, if not in the place for this way to pay, and how much lies
    there, if the bank changed it. Raises AmountWrong, OperationMissing, OperationTaken (recorded for something
    else), PaidTooMuch, WrongStatus (cancelled), DayInTheFuture or DayBeforeOrder; then nothing changed.
    Source: accounting, "paid online, or in advance" and "hotel on terms: paid".
    """
    day = on or today()
    amount_minor = _checked_amount(order, amount)
    reference = " ".join(reference.split())
    if not reference:
        raise OperationMissing
    if day > today():
        raise DayInTheFuture
    order = locked(order)
    if day < order.placed_on:
        placed = date_format(order.placed_on, "DATE_FORMAT")
        raise DayBeforeOrder(number=order.number, day=placed)
    already = ReceivedPayment.objects.filter(reference=reference).first()
    if already is not None:
        return _same_or_refuse(already, order, amount_minor, method)
    if method == ReceivedPayment.Method.CARD:
        raise CardIsNotByHand
    require(order, Status.PLACED, Status.CONFIRMED, Status.READY, *_after_shipping(order))
    if amount_minor > order.due_minor - order.paid_minor:
        raise PaidTooMuch(number=order.number, outstanding=format_money(order.outstanding))
    is_after_shipping = order.status == Status.SHIPPED
    # The books first and the operation's number then, as in a shipment that is paid at the door.
    came = came or accounting.Came.as_paid(order, method, amount)
    accounting.hold_for_payment(order, came, is_after_shipping=is_after_shipping)
    payment = _write(order, amount_minor, method, reference, actor, day)
    accounting.post_payment(payment=payment, came=came, is_after_shipping=is_after_shipping)
    order.paid_minor += amount_minor
    order.save(update_fields=["paid_minor"])
    tell(order, Notice.PAID, key=f"payment:{payment.pk}")
    if order.status == Status.PLACED and not order.outstanding:
        confirm_locked(order=order, actor=actor, on=day)
    return payment


def _checked_amount(order: Order, amount: Money) -> int:
    wrong = AmountWrong(currency=order.currency)
    if amount.currency.code != order.currency:
        raise wrong
    try:
        amount_minor = to_minor(amount)
    except PartialMinorUnit as problem:
        raise wrong from problem
    if amount_minor <= 0:
        raise wrong
    return amount_minor


def _after_shipping(order: Order) -> tuple[str, ...]:
    """A shipped order takes money only when it was sent on terms."""
    return (Status.SHIPPED,) if order.method == Order.Method.TERMS else ()


def _same_or_refuse(
    already: ReceivedPayment, order: Order, amount_minor: int, method: str
) -> ReceivedPayment:
    there = (already.order_id, already.amount_minor, already.method)
    if there == (order.pk, amount_minor, method):
        return already
    raise _taken(already)


def _taken(already: ReceivedPayment) -> OperationTaken:
    return OperationTaken(
        reference=already.reference,
        number=already.order.number,
        amount=format_money(already.amount),
    )


def _write(
    order: Order, amount_minor: int, method: str, reference: str, actor: User, day: date
) -> ReceivedPayment:
    try:
        with transaction.atomic():
            return ReceivedPayment.objects.create(
                order=order,
                method=method,
                amount_minor=amount_minor,
                reference=reference,
                on=day,
                actor=actor,
            )
    except IntegrityError as problem:
        # Recorded for another order in this very moment.
        raise _taken(ReceivedPayment.objects.get(reference=reference)) from problem
