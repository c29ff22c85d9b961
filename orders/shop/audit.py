"""What must always hold of orders, checked on the live database.

Numbers are those of "What must always hold" in the design.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Count, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from catalog.models import Piece
from coop.kit.audit import Amount, finding, invariant, word
from coop.kit.money import books_currency
from ledger.models import JournalEntry, Posting
from orders.shop import accounting
from orders.shop.models import (
    Allocation,
    Dispute,
    NumberSeries,
    Order,
    OrderEvent,
    OrderLine,
    ReceivedPayment,
    Refund,
    Shipment,
)
from orders.shop.services.numbers import CREDIT_NOTES, ORDERS, RECEIPTS
from orders.shop.services.transitions import REACHED_FROM

Status = Order.Status
_AT_ONCE = 500


@invariant(2, _("An order's total is its lines and its shipping"))
def totals_are_lines_and_shipping() -> Iterator[str]:
    """Compare each order's total with its lines."""
    lines = (
        OrderLine.objects.filter(order=OuterRef("pk"))
        .order_by()
        .values("order")
        .annotate(sum=Sum(F("quantity") * F("unit_price_minor")))
        .values("sum")
    )
    orders = Order.objects.annotate(goods=Coalesce(Subquery(lines), 0))
    for order in orders.exclude(total_minor=F("goods") + F("shipping_minor")).order_by("pk"):
        yield finding(
            "order {order}: its total is {total}, and its lines are {goods}",
            order=order,
            total=Amount(order.total_minor, order.currency),
            goods=Amount(order.goods, order.currency),
        )


@invariant(5, _("Pieces allocated to orders are the pieces reserved for their lines"))
def allocations_are_reservations() -> Iterator[str]:
    """Both ways: an allocation without its reservation, a reservation without allocation."""
    for one in Allocation.objects.select_related("piece").order_by("pk").iterator(_AT_ONCE):
        if one.piece.reserved_for != f"line:{one.line_id}":
            yield finding(
                "piece {piece_id} is allocated to line:{line_id}, not reserved for it",
                piece_id=one.piece_id,
                line_id=one.line_id,
            )
    reserved = Piece.objects.filter(reserved_for__startswith="line:", allocation__isnull=True)
    for piece in reserved.order_by("pk"):
        yield finding(
            "piece {key} is reserved for {reserved_for} without allocation",
            key=piece.pk,
            reserved_for=piece.reserved_for,
        )


@invariant(5, _("A line never has more pieces than it asks for, and of its own variant"))
def lines_have_their_pieces() -> Iterator[str]:
    """The count on the line is the number of its allocations."""
    lines = OrderLine.objects.annotate(pieces=Count("allocations")).order_by("pk")
    for line in lines.exclude(pieces=F("allocated")):
        yield finding(
            "{key} of order {order_id}: allocated {allocated}, has {pieces}",
            key=line.key,
            order_id=line.order_id,
            allocated=line.allocated,
            pieces=line.pieces,
        )
    wrong = Allocation.objects.exclude(piece__variant=F("line__variant"))
    for one in wrong.order_by("pk"):
        yield finding(
            "piece {piece_id} is not what line:{line_id} asks for",
            piece_id=one.piece_id,
            line_id=one.line_id,
        )


@invariant(5, _("A piece is sold exactly when its order left"))
def sold_pieces_left_with_their_order() -> Iterator[str]:
    """Sold pieces belong to shipped orders, and everything in a shipped order is sold."""
    sold = Q(piece__place=Piece.Place.SOLD)
    shipped = Q(line__order__status=Status.SHIPPED)
    wrong = Allocation.objects.filter((sold & ~shipped) | (~sold & shipped))
    for one in wrong.select_related("piece", "line__order").order_by("pk"):
        yield finding(
            "piece {piece_id} is “{place}”, and order {order} is “{status}”",
            piece_id=one.piece_id,
            place=word(Piece.Place, one.piece.place),
            order=one.line.order,
            status=word(Status, one.line.order.status),
        )
    for order in (
        Order.objects.filter(status__in=[Status.READY, Status.SHIPPED])
        .filter(
            lines__quantity__gt=F("lines__allocated") + F("lines__cancelled") + F("lines__returned")
        )
        .distinct()
        .order_by("pk")
    ):
        yield finding(
            "order {order} is “{status}” and not complete",
            order=order,
            status=word(Status, order.status),
        )


@invariant(6, _("What an order was paid is its payments less what went back, once in the books"))
def paid_is_payments_in_the_books() -> Iterator[str]:
    """Payments less refunds and lost deposits; each by hand is one entry of its amount."""
    wanted = ReceivedPayment.objects.filter(order=OuterRef("pk"), is_surplus=False)
    back = Refund.objects.standing().filter(
        payment__order=OuterRef("pk"), payment__is_surplus=False
    )
    lost = Dispute.objects.filter(
        payment__order=OuterRef("pk"), payment__is_surplus=False, took_deposit=True
    )
    orders = Order.objects.annotate(
        net=_sum_of(wanted, "order")
        - _sum_of(back, "payment__order")
        - _sum_of(lost, "payment__order")
    )
    for order in orders.exclude(net=F("paid_minor")).order_by("pk"):
        yield finding(
            "order {order}: it says that {paid} were paid, and its payments are {net}",
            order=order,
            paid=Amount(order.paid_minor, order.currency),
            net=Amount(order.net, order.currency),
        )
    by_hand = ReceivedPayment.objects.exclude(method=ReceivedPayment.Method.CARD).order_by("pk")
    yield from _entries_missing(
        (accounting.payment_reference(one), Amount(one.amount_minor, one.order.currency))
        for one in by_hand.select_related("order").iterator(_AT_ONCE)
    )
    refunds = Refund.objects.exclude(payment__method=ReceivedPayment.Method.CARD)
    yield from _entries_missing(
        (accounting.refund_reference(one), Amount(one.amount_minor, one.payment.order.currency))
        for one in refunds.select_related("payment__order").order_by("pk").iterator(_AT_ONCE)
    )


def _sum_of(rows: Any, by: str) -> Any:
    """The sum of `amount_minor` of the rows of one order, 0 for none."""
    summed = rows.order_by().values(by).annotate(sum=Sum("amount_minor")).values("sum")
    return Coalesce(Subquery(summed), 0)


@invariant(6, _("A sale is in the books when, and only when, its order left"))
def sales_are_in_the_books() -> Iterator[str]:
    """Each shipped order has its sale and its cost; no other order has one."""
    shipped = Order.objects.filter(status=Status.SHIPPED).annotate(
        cost=Coalesce(Sum("lines__allocations__piece__cost_minor"), 0),
        came_back=Coalesce(Sum("lines__returned"), 0),
    )
    yield from _entries_missing(
        (accounting.sale_reference(order), Amount(order.total_minor - _taken_off_before(order)))
        for order in shipped.filter(currency=books_currency()).order_by("pk")
    )
    yield from _entries_missing(
        (accounting.cost_reference(order), Amount(order.cost))
        for order in shipped.filter(cost__gt=0, came_back=0).order_by("pk")
    )
    others = Order.objects.exclude(status=Status.SHIPPED).order_by("pk")
    yield from _entries_too_many({accounting.sale_reference(one): one for one in others})
    paired = Shipment.objects.exclude(order__status=Status.SHIPPED).order_by("pk")
    for shipment in paired:
        yield finding(
            "receipt {receipt_number} is of an order that did not leave",
            receipt_number=shipment.receipt_number,
        )
    for order in Order.objects.filter(status=Status.SHIPPED, shipment__isnull=True):
        yield finding("order {order} left without a receipt", order=order)


def _taken_off_before(order: Order) -> int:
    """By how much an order had become smaller when it left."""
    smaller = Refund.objects.reducing().filter(payment__order=order, is_after_shipping=False)
    taken: int | None = smaller.aggregate(sum=Sum("amount_minor"))["sum"]
    return taken or 0


def _in_parts(references: Iterable[str]) -> Iterator[list[str]]:
    """So many at a time as a query takes."""
    pending = list(references)
    for start in range(0, len(pending), _AT_ONCE):
        yield pending[start : start + _AT_ONCE]


def _entries_too_many(orders: dict[str, Order]) -> Iterator[str]:
    """Sales in the books of orders that did not leave."""
    for some in _in_parts(orders):
        booked = JournalEntry.objects.filter(reference__in=some).order_by("pk")
        for reference in booked.values_list("reference", flat=True):
            order = orders[reference]
            yield finding(
                "order {order} is “{status}”, and its sale is in the books",
                order=order,
                status=word(Status, order.status),
            )


def _entries_missing(wanted: Iterator[tuple[str, Amount]]) -> Iterator[str]:
    """Entries that are not there, or whose debits differ."""
    amounts = dict(wanted)
    for some in _in_parts(amounts):
        debits = Posting.objects.filter(entry__reference__in=some, side="debit")
        found = dict(
            debits.order_by().values_list("entry__reference").annotate(sum=Sum("amount_minor"))
        )
        for reference in some:
            amount = amounts[reference]
            if found.get(reference) != amount.minor:
                yield finding(
                    "{reference}: {booked} in the books, {amount} in the shop",
                    reference=reference,
                    booked=Amount(found.get(reference), amount.currency),
                    amount=amount,
                )


@invariant(8, _("Order and receipt numbers have no gaps"))
def numbers_have_no_gaps() -> Iterator[str]:
    """Each series counts 1, 2, 3 … to the last number given."""
    series = dict(NumberSeries.objects.values_list("key", "last"))
    given = {
        ORDERS: Order.objects.order_by("number").values_list("number", flat=True),
        RECEIPTS: Shipment.objects.order_by("receipt_number").values_list(
            "receipt_number", flat=True
        ),
        CREDIT_NOTES: Refund.objects.exclude(credit_note=None)
        .order_by("credit_note")
        .values_list("credit_note", flat=True),
    }
    for key, numbers in given.items():
        for expected, number in enumerate(numbers, start=1):
            if number != expected:
                yield finding(
                    "{key}: {expected} is missing before {number}",
                    key=key,
                    expected=expected,
                    number=number,
                )
                break
        if len(numbers) != series.get(key, 0):
            yield finding(
                "{key}: {count} rows, and the last number is {last}",
                key=key,
                count=len(numbers),
                last=series.get(key, 0),
            )


@invariant(6, _("An order's status is what its log says, step by step"))
def statuses_agree_with_the_log() -> Iterator[str]:
    """Each event begins where the one before ended; the last one is the order's status."""
    now: dict[int, str] = {}
    for event in OrderEvent.objects.order_by("order_id", "pk").iterator(_AT_ONCE):
        before = now.get(event.order_id, "")
        allowed = REACHED_FROM[event.to_status] if before else ()
        is_first = not before and event.to_status == Status.PLACED and not event.from_status
        if not is_first and (event.from_status != before or before not in allowed):
            yield finding(
                "order {order_id}: “{from_status}” → “{to_status}” after “{before}”",
                order_id=event.order_id,
                from_status=word(Status, event.from_status),
                to_status=word(Status, event.to_status),
                before=word(Status, before) if before else "–",
            )
        now[event.order_id] = event.to_status
    for order in Order.objects.order_by("pk").iterator(_AT_ONCE):
        if now.get(order.pk) != order.status:
            yield finding(
                "order {order} is “{status}”, and its log says “{said}”",
                order=order,
                status=word(Status, order.status),
                said=word(Status, now.get(order.pk, "–")),
            )
