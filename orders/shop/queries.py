"""What the pages of the shop read."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import Count, F, Prefetch, Q, QuerySet, Sum
from djmoney.money import Money

from catalog.lead_time import LeadTime, lead_time
from catalog.models import Product, Variant
from catalog.pictures import with_pictures
from catalog.queries import free_counts
from coop.kit.days import today
from coop.kit.money import books_currency, from_minor, to_minor, total
from coop.quotas import queries as quotas
from orders.production.models import WorkOrder
from orders.shop import waiting
from orders.shop.hours import knitted_by
from orders.shop.mail import Notice
from orders.shop.models import (
    Buyer,
    Cart,
    CartLine,
    Order,
    OrderLine,
    OrderMail,
)
from orders.shop.prices import offered_charges, priced
from orders.shop.values import can_be_knitted, fingerprint


# The cart ----------------------------------------------------------------------------------
class CartState(StrEnum):
    """How a line of a cart stands today."""

    READY = "ready"
    PARTLY = "partly"
    KNITTED = "knitted"
    SOLD_OUT = "sold_out"
    GONE = "gone"


@dataclass(frozen=True)
class CartRow:
    """A line as it would be ordered now."""

    line: CartLine
    ready: int
    state: CartState
    unit_price: Money
    #: About how many days until the last piece of it is knitted; 0 when all are ready.
    days: int = 0

    @property
    def variant(self) -> Variant:
        """What."""
        return self.line.variant

    @property
    def amount(self) -> Money:
        """The whole line, at today's price."""
        return self.unit_price * self.line.quantity

    @property
    def is_buyable(self) -> bool:
        """Whether it can be ordered now."""
        return self.state not in {CartState.SOLD_OUT, CartState.GONE}

    @property
    def is_unique(self) -> bool:
        """Whether it exists once."""
        return self.variant.product.kind == Product.Kind.UNIQUE


@dataclass(frozen=True)
class CartView:
    """A cart as it stands now, in one currency."""

    rows: list[CartRow]
    currency: str
    day: date

    @property
    def subtotal(self) -> Money:
        """What the buyable lines cost, without shipping."""
        return total((row.amount for row in self.rows if row.is_buyable), self.currency)

    @property
    def days(self) -> int:
        """About how many days until all of it is ready."""
        return max((row.days for row in self.rows), default=0)

    @property
    def pieces(self) -> int:
        """How many pieces."""
        return sum(row.line.quantity for row in self.rows)

    @property
    def is_buyable(self) -> bool:
        """Whether there is something, and all of it can be ordered."""
        return bool(self.rows) and all(row.is_buyable for row in self.rows)

    def fingerprint(self) -> str:
        """What is shown, in one word (`values.fingerprint`)."""
        rows = [
            (row.variant.pk, row.line.quantity, to_minor(row.unit_price), row.ready)
            for row in self.rows
        ]
        late = knitted_by(
            (
                (row.line.quantity - row.ready) * row.variant.design.minutes
                for row in self.rows
                if row.days
            ),
            self.day,
        )
        return fingerprint(rows, offered_charges(self.currency, self.day), late)


def cart_view(cart: Cart | None, currency: str = "") -> CartView:
    """What is in the cart, at today's prices (in `currency`), with what is ready of it.

    Raises RateMissing for a currency of which the house knows no rate.
    """
    code, day = currency or books_currency(), today()
    if cart is None:
        return CartView([], code, day)
    lines = list(
        cart.lines.select_related(
            "variant__product__category", "variant__colour", "variant__design"
        )
    )
    with_pictures(line.variant for line in lines)
    free = free_counts([line.variant for line in lines])
    lead = lead_time()
    rows = [
        _cart_row(
            line,
            free.get(line.variant_id, 0),
            lead,
            priced(line.variant.price, code, day),
        )
        for line in lines
    ]
    return CartView(_by_hours(rows, day), code, day)


def _by_hours(rows: list[CartRow], day: date) -> list[CartRow]:
    """Later than the usual days where the hours on offer are promised to others already."""
    ready_by = knitted_by(
        ((row.line.quantity - row.ready) * row.variant.design.minutes for row in rows if row.days),
        day,
    )
    if ready_by is None:
        return rows
    late = (ready_by - day).days
    return [replace(row, days=max(row.days, late)) if row.days else row for row in rows]


def _cart_row(line: CartLine, free: int, lead: LeadTime, unit_price: Money) -> CartRow:
    product, ready = line.variant.product, min(free, line.quantity)
    if not (line.variant.is_listed and product.is_listed):
        state = CartState.GONE
    elif ready == line.quantity:
        state = CartState.READY
    elif not can_be_knitted(line.variant):
        state = CartState.SOLD_OUT
    else:
        state = CartState.PARTLY if ready else CartState.KNITTED
    is_waiting = state in {CartState.PARTLY, CartState.KNITTED}
    days = lead.days_for(line.variant.design) if is_waiting else 0
    return CartRow(line, ready, state, unit_price, days)


#: Instead of a status: all that are not sent and not ended.
OPEN_ONES = "open"


# Orders ------------------------------------------------------------------------------------
def order_by_token(token: str) -> Order | None:
    """The order of a secret link, with what its page shows."""
    lines = OrderLine.objects.select_related(
        "variant__product", "variant__colour", "variant__design"
    )
    orders = Order.objects.select_related("delivery", "shipment", "buyer").prefetch_related(
        Prefetch("lines", lines), "payments__refunds"
    )
    found = orders.filter(token=token).first()
    if found is not None:
        with_pictures(line.variant for line in found.lines.all())
    return found


def days_from_payment(order: Order) -> int:
    """About how many days after it is paid the last piece of an order is knitted.

    0 for one that is certain (it has its promised day), that has ended, or lies here whole.
    Hours that are held while she pays by card count as hers.
    """
    missing = [line for line in order.lines.all() if line.missing]
    if order.status != Order.Status.PLACED or not missing:
        return 0
    day, lead = today(), lead_time()
    held_until = quotas.held_until([line.key for line in missing], day)
    late = held_until or knitted_by(
        (line.missing * line.variant.design.minutes for line in missing), day
    )
    usual = max(lead.days_for(line.variant.design) for line in missing)
    return max(usual, (late - day).days if late else 0)


def lines_with_pieces(order: Order) -> QuerySet[OrderLine]:
    """An order's lines, with what they are and the pieces that stand ready for them."""
    lines = OrderLine.objects.filter(order=order).select_related(
        "order", "variant__product", "variant__design", "variant__colour"
    )
    return lines.prefetch_related("allocations__piece")


def listed_orders(
    *,
    status: str = "",
    kind: str = "",
    search: str = "",
    show: str = "",
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[Order]:
    """The office's list, newest first; `search` looks for a number, a name or an address.

    `show` is a key of `waiting.SHOWN`: only those with which something is to be done now.
    """
    orders = Order.objects.select_related("delivery", "buyer").annotate(
        pieces=Sum("lines__quantity"), pieces_ready=Sum("lines__allocated")
    )
    orders = orders.order_by("-number")
    if status == OPEN_ONES:
        orders = orders.filter(status__in=waiting.OPEN)
    elif status:
        orders = orders.filter(status=status)
    if kind:
        orders = orders.filter(kind=kind)
    if since:
        orders = orders.filter(placed_on__gte=since)
    if until:
        orders = orders.filter(placed_on__lte=until)
    if show:
        orders = orders.filter(waiting.shown(show, today()))
    words = search.strip().removeprefix("#")
    if words.isascii() and words.isdigit() and len(words) < 10:
        return orders.filter(number=int(words))
    if words:
        orders = orders.filter(
            Q(customer_name__icontains=words) | Q(customer_email__icontains=words)
        )
    return orders


@dataclass(frozen=True)
class MailRow:
    """An e-mail of an order, with what the office calls its notice."""

    mail: OrderMail
    name: str


def mails_of(order: Order) -> list[MailRow]:
    """What the customer was told, and what she still waits for."""
    names = dict(Notice.choices)
    mails = order.mails.select_related("resent_by")
    return [MailRow(mail, str(names.get(mail.notice, mail.notice))) for mail in mails]


def stuck_mails() -> int:
    """How many e-mails could not be sent."""
    return OrderMail.objects.stuck().count()


def counts_by_status() -> dict[str, int]:
    """How many orders have each status."""
    counted = Order.objects.values_list("status").annotate(count=Count("pk")).order_by()
    return {**dict.fromkeys(Order.Status.values, 0), **dict(counted)}


def work_of(order: Order) -> dict[str, WorkOrder]:
    """The work opened for each line, by the line's key."""
    keys = [line.key for line in order.lines.all()]
    found = WorkOrder.objects.filter(reference__in=keys).prefetch_related("assignments__member")
    return {work.reference: work for work in found}


def day_promised_for(*, work_order: WorkOrder) -> date | None:
    """The day promised to whoever ordered what this work is for; None where nobody did.

    Her own day where she named one, else that of the whole order: it goes out together.
    """
    kind, _, key = work_order.reference.partition(":")
    if kind != "line" or not key.isdigit():
        return None
    line = OrderLine.objects.filter(pk=key).select_related("order").first()
    return (line.wanted_on or line.order.promised_on) if line else None


# A buyer's account -------------------------------------------------------------------------
@dataclass(frozen=True)
class StatementLine:
    """An order on account: invoiced when it left, due after the buyer's days."""

    order: Order
    invoiced: Money
    paid: Money
    due_on: date | None

    @property
    def owed(self) -> Money:
        """What is still to be paid of it."""
        return self.invoiced - self.paid


@dataclass(frozen=True)
class Statement:
    """What a buyer was invoiced, paid and owes; paid before it left is shown apart."""

    lines: list[StatementLine]
    invoiced: Money
    paid: Money
    paid_ahead: Money

    @property
    def owed(self) -> Money:
        """What she owes today."""
        return self.invoiced - self.paid


def statement(buyer: Buyer, *, newest: int = 50) -> Statement:
    """A buyer's account: the newest orders line by line, the sums over all of them."""
    sums = buyer.orders.aggregate(
        invoiced=Sum(F("total_minor") - F("reduced_minor"), filter=Q(status=Order.Status.SHIPPED)),
        paid=Sum("paid_minor", filter=Q(status=Order.Status.SHIPPED)),
        ahead=Sum("paid_minor", filter=~Q(status=Order.Status.SHIPPED)),
    )
    shipped = buyer.orders.filter(status=Order.Status.SHIPPED).select_related("shipment")
    return Statement(
        lines=[_statement_line(buyer, order) for order in shipped[:newest]],
        invoiced=from_minor(sums["invoiced"] or 0),
        paid=from_minor(sums["paid"] or 0),
        paid_ahead=from_minor(sums["ahead"] or 0),
    )


def _statement_line(buyer: Buyer, order: Order) -> StatementLine:
    due_on = order.shipment.on + timedelta(days=buyer.terms_days)
    return StatementLine(order, order.total - order.reduced, order.paid, due_on)


def same_as_before(buyer: Buyer, wanted: dict[int, int], *, newest: int = 5) -> Order | None:
    """One of the newest orders of this buyer that asks for exactly the same pieces, if any."""
    for order in buyer.orders.exclude(status=Order.Status.CANCELLED).prefetch_related("lines")[
        :newest
    ]:
        if {line.variant_id: line.quantity for line in order.lines.all()} == wanted:
            return order
    return None
