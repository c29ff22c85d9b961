"""An order leaves the house, or is handed over: the sale is booked at that moment."""

from datetime import date

from django.db import transaction

from catalog.models import Piece
from catalog.services import move_piece
from coop.kit.days import today
from coop.kit.money import format_money, from_minor
from coop.people.models import User
from orders.shop import accounting
from orders.shop.errors import DayInTheFuture, NotComplete, NotPaid
from orders.shop.models import Order, Shipment
from orders.shop.notices import Notice, tell
from orders.shop.services import stock
from orders.shop.services.numbers import RECEIPTS, next_number
from orders.shop.services.payments import record_payment
from orders.shop.services.transitions import Status, locked, move, require
from orders.shop.values import NewPayment


@transaction.atomic
def ship_order(
    *,
    order: Order,
    actor: User,
    on: date | None = None,
    carrier: str = "",
    tracking: str = "",
    payment: NewPayment | None = None,
) -> Shipment:
    """Send or hand over a ready order: receipt number, sale and its cost, pieces sold.

    `payment` is what is paid in the same moment, at a pick-up. Only orders on terms leave
    before they are paid. Raises WrongStatus, NotPaid, NotComplete, DayInTheFuture, and what
    record_payment raises; then nothing changed.
    Source: accounting, "shipped" and "its cost".
    """
    day = on or today()
    if day > today():
        raise DayInTheFuture
    order = locked(order)
    require(order, Status.READY)
    # Everything under lock in one order: the order's row, its pieces, the number, the books.
    pieces = _complete(order)
    receipt_number = next_number(RECEIPTS)
    accounting.hold_for_shipping(order, payment.method if payment else "")
    if payment is not None:
        order = _paid(order, payment, actor=actor, on=day)
    if order.method != Order.Method.TERMS and order.outstanding:
        raise NotPaid(number=order.number, outstanding=format_money(order.outstanding))
    for piece in pieces:
        move_piece(piece=piece, to=Piece.Place.SOLD, actor=actor, on=day, why=str(order))
    shipment = Shipment.objects.create(
        order=order,
        receipt_number=receipt_number,
        carrier=carrier[:80],
        tracking=tracking[:80],
        on=day,
        actor=actor,
    )
    accounting.post_sale(order=order, actor=actor, on=day)
    cost = from_minor(sum(piece.cost_minor for piece in pieces))
    accounting.post_cost(order=order, cost=cost, actor=actor, on=day)
    move(order=order, to=Status.SHIPPED, actor=actor, on=day)
    if not order.is_pick_up:
        tell(order, Notice.SENT)
    return shipment


def _paid(order: Order, payment: NewPayment, *, actor: User, on: date) -> Order:
    """The order, read again, with the payment at the door recorded."""
    record_payment(
        order=order,
        amount=payment.amount,
        method=payment.method,
        reference=payment.reference,
        actor=actor,
        on=on,
    )
    return locked(order)


def _complete(order: Order) -> list[Piece]:
    """Every piece of the order, locked. Raises NotComplete."""
    pieces = stock.pieces_of(order)
    wanted = sum(line.quantity - line.cancelled for line in order.lines.all())
    if len(pieces) != wanted:
        raise NotComplete(number=order.number, missing=wanted - len(pieces))
    return pieces
