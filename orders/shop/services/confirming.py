"""An order is certain: what is not in the store becomes work; complete, it is ready."""

from datetime import date

from django.db import transaction

from catalog.models import Piece
from catalog.queries import availability
from coop.kit.days import today
from coop.kit.money import format_money
from coop.people.models import User
from orders.production.models import WorkOrder
from orders.production.services import open_work
from orders.shop.errors import NotPaid
from orders.shop.hours import knitted_by
from orders.shop.models import Order, OrderLine
from orders.shop.notices import Notice, tell
from orders.shop.providers import provider_of
from orders.shop.services import stock
from orders.shop.services.hours import consume_hours_of
from orders.shop.services.transitions import Status, locked, move, require


@transaction.atomic
def confirm_order(*, order: Order, actor: User | None, on: date | None = None) -> Order:
    """Make a placed order certain: when it is paid, or at once where its way to pay allows.

    Raises WrongStatus or NotPaid.
    """
    order = locked(order)
    require(order, Status.PLACED)
    if provider_of(order).waits_for_money and order.outstanding:
        raise NotPaid(number=order.number, outstanding=format_money(order.outstanding))
    confirm_locked(order=order, actor=actor, on=on or today())
    return order


def confirm_locked(*, order: Order, actor: User | None, on: date, why: str = "") -> None:
    """Confirm an order that the caller holds: open work for what is missing, by its day.

    Hours that were held for it while its customer paid give way to that work.
    """
    lines = list(order.lines.select_related("variant__product", "variant__design"))
    missing = [line for line in lines if line.missing]
    days = {line.pk: _due_on(line, on) for line in missing}
    consume_hours_of(order)
    late = knitted_by((line.missing * line.variant.design.minutes for line in missing), on)
    order.promised_on = max([*days.values(), late or on], default=on)
    order.save(update_fields=["promised_on"])
    move(order=order, to=Status.CONFIRMED, actor=actor, on=on, why=why)
    for line in missing:
        open_work(
            variant=line.variant,
            quantity=line.missing,
            due_on=days[line.pk],
            reference=line.key,
            actor=actor,
            on=on,
        )
    ready_if_complete(order, actor=actor, on=on)


def _due_on(line: OrderLine, on: date) -> date:
    """When a line's work is due: the day wanted, else when the knitters can have it."""
    ready_on = availability(line.variant, in_stock=0, on=on).ready_on
    return max(line.wanted_on or ready_on or on, on)


def ready_if_complete(order: Order, *, actor: User | None, on: date) -> None:
    """An order that the caller holds is ready when nothing of it is missing."""
    if stock.is_complete(order):
        move(order=order, to=Status.READY, actor=actor, on=on)
        if order.is_pick_up:
            tell(order, Notice.READY)


@transaction.atomic
def receive_passed_piece(
    *, piece: Piece, work_order: WorkOrder, actor: User | None, on: date
) -> OrderLine | None:
    """A piece passed that was knitted for an order line: it goes there, if the line still waits.

    Otherwise (work for stock, an order cancelled meanwhile) it stays free in the store.
    The order becomes ready with its last piece.
    """
    kind, _, key = work_order.reference.partition(":")
    if kind != "line":
        return None
    found = OrderLine.objects.filter(pk=key).select_related("order").first()
    if found is None:
        return None
    order = locked(found.order)
    line = OrderLine.objects.select_related("variant").get(pk=found.pk)
    if order.status != Status.CONFIRMED or not line.missing:
        return None
    stock.allocate_piece(line, piece)
    ready_if_complete(order, actor=actor, on=on)
    return line
