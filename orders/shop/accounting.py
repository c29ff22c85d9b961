"""Where the shop's events become journal entries. Source: accounting.

Memos are sealed: they name the order by its number, never the customer.
"""

from collections.abc import Iterable
from datetime import date

from djmoney.money import Money

from coop.kit.money import total, zero
from coop.people.models import User
from ledger.models import JournalEntry
from ledger.queries import account
from ledger.services import credit, debit, post_entry
from ledger.services.posting import hold_accounts
from orders.shop.models import Order, ReceivedPayment, Refund

Kind = JournalEntry.Kind

_MONEY_PLACE = {ReceivedPayment.Method.TRANSFER: "bank", ReceivedPayment.Method.CASH: "cash"}


def hold_for_payment(order: Order, paid_by: str, *, is_after_shipping: bool) -> None:
    """Take the accounts that a payment for `order` posts to."""
    role = "receivable" if is_after_shipping else "customer_deposits"
    place = _MONEY_PLACE[ReceivedPayment.Method(paid_by)]
    hold_accounts(account(one, order.currency) for one in (place, role))


def hold_for_shipping(order: Order, paid_by: str = "") -> None:
    """Take all accounts that shipping `order` posts to at once, with its payment by `paid_by`."""
    roles = ["customer_deposits", "sales", "shipping_charged"]
    if order.method == Order.Method.TERMS:
        roles.append("receivable")
    if paid_by:
        roles.append(_MONEY_PLACE[ReceivedPayment.Method(paid_by)])
    hold_accounts(
        [
            *(account(role, order.currency) for role in roles),
            account("cost_of_sales"),
            account("finished_pieces"),
        ]
    )


def hold_for_refunds(order: Order, payments: Iterable[ReceivedPayment]) -> None:
    """Take all accounts that giving `payments` back posts to at once."""
    places = {_MONEY_PLACE[ReceivedPayment.Method(one.method)] for one in payments}
    roles = ("customer_deposits", *places)
    hold_accounts(account(role, order.currency) for role in roles)


def payment_reference(payment: ReceivedPayment) -> str:
    """The journal reference of money that came in."""
    return f"order:{payment.order_id}:paid:{payment.pk}"


def refund_reference(payment: ReceivedPayment) -> str:
    """The journal reference of a payment given back."""
    return f"order:{payment.order_id}:refunded:{payment.pk}"


def sale_reference(order: Order) -> str:
    """The journal reference of the sale."""
    return f"order:{order.pk}:sale"


def cost_reference(order: Order) -> str:
    """The journal reference of what the sold pieces cost."""
    return f"order:{order.pk}:cost"


def post_payment(*, payment: ReceivedPayment, is_after_shipping: bool) -> JournalEntry:
    """Paid in advance: bank or cash to customers' deposits. On terms, later: to receivable."""
    order = payment.order
    place = account(_MONEY_PLACE[ReceivedPayment.Method(payment.method)], order.currency)
    role = "receivable" if is_after_shipping else "customer_deposits"
    return post_entry(
        day=payment.on,
        kind=Kind.RECEIVABLE_SETTLED if is_after_shipping else Kind.DEPOSIT_RECEIVED,
        memo=f"#{order.number}",
        lines=[
            debit(place, payment.amount),
            credit(account(role, order.currency), payment.amount),
        ],
        reference=payment_reference(payment),
        created_by=payment.actor,
    )


def post_refund(*, refund: Refund) -> JournalEntry:
    """Given back before shipping, to where it came from: customers' deposits to bank or cash."""
    payment = refund.payment
    currency = payment.order.currency
    place = account(_MONEY_PLACE[ReceivedPayment.Method(payment.method)], currency)
    return post_entry(
        day=refund.on,
        kind=Kind.REFUND,
        memo=f"#{payment.order.number}",
        lines=[
            debit(account("customer_deposits", currency), payment.amount),
            credit(place, payment.amount),
        ],
        reference=refund_reference(payment),
        created_by=refund.actor,
    )


def post_sale(*, order: Order, actor: User, on: date) -> JournalEntry:
    """Shipped: what was paid leaves customers' deposits, the rest is owed; sales and shipping."""
    goods = total((line.amount for line in order.lines.all()), order.currency)
    sides = [
        (debit, "customer_deposits", order.paid),
        (debit, "receivable", order.outstanding),
        (credit, "sales", goods),
        (credit, "shipping_charged", order.shipping),
    ]
    lines = [side(account(role, order.currency), amount) for side, role, amount in sides if amount]
    return post_entry(
        day=on,
        kind=Kind.SALE,
        memo=f"#{order.number}",
        lines=lines,
        reference=sale_reference(order),
        created_by=actor,
    )


def post_cost(*, order: Order, cost: Money, actor: User, on: date) -> JournalEntry | None:
    """What the pieces cost leaves the stock. Pieces that cost nothing leave no entry."""
    if cost == zero():
        return None
    return post_entry(
        day=on,
        kind=Kind.COST_OF_SALE,
        memo=f"#{order.number}",
        lines=[debit(account("cost_of_sales"), cost), credit(account("finished_pieces"), cost)],
        reference=cost_reference(order),
        created_by=actor,
    )
