"""Orders in the books: paid by hand, shipped, given back, come back. Source: accounting.

Memos are sealed: they name the order by its number, never the customer.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum
from djmoney.money import Money

from catalog.models import Piece
from coop.kit.money import books_currency, from_minor, zero
from coop.people.models import User
from ledger.models import Account, JournalEntry, Posting
from ledger.queries import account, convert, value_in_books
from ledger.services import Line, credit, crossing, debit, post_entry
from ledger.services.posting import hold_accounts
from orders.shop.models import Order, ReceivedPayment, Refund, RefundLine

Kind = JournalEntry.Kind

# Where money lies that came by hand. By card it comes as a movement (`accounting.cards`).
_MONEY_PLACE = {
    ReceivedPayment.Method.TRANSFER: "bank",
    ReceivedPayment.Method.CASH: "cash",
    ReceivedPayment.Method.WALLET: "wallet",
}


@dataclass(frozen=True)
class Came:
    """Where money for an order came to lie, and how much lies there: a bank may have changed it."""

    into: Account
    amount: Money

    @classmethod
    def as_paid(cls, order: Order, paid_by: str, amount: Money) -> "Came":
        """In the place for this way to pay, as much as was paid."""
        role = _MONEY_PLACE[ReceivedPayment.Method(paid_by)]
        return cls(account(role, order.currency), amount)


def hold_for_payment(order: Order, came: Came, *, is_after_shipping: bool) -> None:
    """Take the accounts that a payment for `order` posts to."""
    held = [came.into, account(_owed_role(is_after_shipping), order.currency)]
    if came.into.currency != order.currency:
        crossed = {books_currency(), order.currency, came.into.currency}
        held += [account("exchange", one) for one in sorted(crossed)]
        held += [account("exchange_gain"), account("exchange_loss")]
    hold_accounts(held)


def _owed_role(is_after_shipping: bool) -> str:
    return "receivable" if is_after_shipping else "customer_deposits"


def hold_for_shipping(order: Order, paid_by: str = "") -> None:
    """Take all accounts that shipping `order` posts to at once, with its payment by `paid_by`."""
    abroad = ["customer_deposits"]
    if order.method == Order.Method.TERMS:
        abroad.append("receivable")
    if paid_by:
        abroad.append(_MONEY_PLACE[ReceivedPayment.Method(paid_by)])
    home = ["sales", "shipping_charged", "cost_of_sales", "finished_pieces"]
    if order.currency != books_currency():
        abroad.append("exchange")
        home += ["exchange", "exchange_gain", "exchange_loss"]
    hold_accounts(
        [
            *(account(role, order.currency) for role in abroad),
            *(account(role) for role in home),
        ]
    )


def hold_for_refunds(order: Order, payments: Iterable[ReceivedPayment]) -> None:
    """Take all accounts that giving `payments` back by hand posts to at once."""
    by_hand = [one for one in payments if one.method != ReceivedPayment.Method.CARD]
    if not by_hand:
        return
    held = [account("customer_deposits", order.currency), *(place_of(one) for one in by_hand)]
    if any(one.currency != order.currency for one in held):
        crossed = {books_currency(), *(one.currency for one in held)}
        held += [account("exchange", one) for one in sorted(crossed)]
        held += [account("exchange_gain"), account("exchange_loss")]
    hold_accounts(held)


def place_of(payment: ReceivedPayment) -> Account:
    """Where money that came by hand was put: it goes back from there."""
    found = Account.objects.filter(
        is_money=True,
        postings__entry__reference=payment_reference(payment),
        postings__side=Posting.Side.DEBIT,
    ).first()
    role = _MONEY_PLACE[ReceivedPayment.Method(payment.method)]
    return found or account(role, payment.order.currency)


def payment_reference(payment: ReceivedPayment) -> str:
    """The journal reference of money that came in."""
    return f"order:{payment.order_id}:paid:{payment.pk}"


def refund_reference(refund: Refund) -> str:
    """The journal reference of money given back by hand."""
    return f"order:{refund.payment.order_id}:refunded:{refund.key}"


def sale_reference(order: Order) -> str:
    """The journal reference of the sale."""
    return f"order:{order.pk}:sale"


def cost_reference(order: Order) -> str:
    """The journal reference of what the sold pieces cost."""
    return f"order:{order.pk}:cost"


def post_payment(*, payment: ReceivedPayment, came: Came, is_after_shipping: bool) -> JournalEntry:
    """Paid in advance: bank or cash to customers' deposits. On terms, later: to receivable.

    What the bank changed from the order's currency crosses at the day's rate: the rest is a
    realised gain or loss.
    """
    order = payment.order
    owed = account(_owed_role(is_after_shipping), order.currency)
    return post_entry(
        day=payment.on,
        kind=Kind.RECEIVABLE_SETTLED if is_after_shipping else Kind.DEPOSIT_RECEIVED,
        memo=f"#{order.number}",
        lines=[
            debit(came.into, came.amount),
            *crossing(gives=payment.amount, takes=came.amount, day=payment.on),
            credit(owed, payment.amount),
        ],
        reference=payment_reference(payment),
        created_by=payment.actor,
    )


def owed_to_customer(refund: Refund) -> tuple[Account, Money]:
    """What a refund is taken from, and how much of it: before shipping the customer's deposit,
    in the order's currency; after, sales returned, in the books' currency at that day's rate.
    """
    if not refund.is_after_shipping:
        return account("customer_deposits", refund.amount.currency.code), refund.amount
    return account("sales_returned"), value_in_books(refund.amount, refund.on)


def post_refund(*, refund: Refund) -> JournalEntry:
    """Given back by hand to where it came from: deposits or sales returned to bank or cash."""
    payment = refund.payment
    place = place_of(payment)
    given = convert(refund.amount, place.currency, refund.on)
    taken_from, taken = owed_to_customer(refund)
    return post_entry(
        day=refund.on,
        kind=Kind.REFUND,
        memo=f"#{payment.order.number}",
        lines=[
            debit(taken_from, taken),
            *crossing(gives=given, takes=taken, day=refund.on),
            credit(place, given),
        ],
        reference=refund_reference(refund),
        created_by=refund.actor,
    )


def post_sale(*, order: Order, actor: User, on: date) -> JournalEntry:
    """Shipped: what was paid leaves customers' deposits, the rest is owed; sales and shipping.

    Sales are in the books' currency: an order in another one crosses at the day's rate.
    """
    smaller = Refund.objects.reducing().filter(payment__order=order, is_after_shipping=False)
    taken_off = smaller.aggregate(sum=Sum("shipping_minor"))["sum"] or 0
    shipping_minor = order.shipping_minor - taken_off
    goods, shipping = _earned(order, shipping_minor, on)
    lines = [
        *_side(debit, "customer_deposits", order.paid),
        *_side(debit, "receivable", order.outstanding),
        *crossing(gives=goods + shipping, takes=order.paid + order.outstanding, day=on),
        *_side(credit, "sales", goods),
        *_side(credit, "shipping_charged", shipping),
    ]
    return post_entry(
        day=on,
        kind=Kind.SALE,
        memo=f"#{order.number}",
        lines=lines,
        reference=sale_reference(order),
        created_by=actor,
    )


def _earned(order: Order, shipping_minor: int, on: date) -> tuple[Money, Money]:
    """Goods and shipping in the books' currency. Goods are the rest, so that they add up."""
    whole = value_in_books(order.paid + order.outstanding, on)
    shipping = value_in_books(from_minor(shipping_minor, order.currency), on)
    return whole - shipping, shipping


def _side(side: Callable[[Account, Money], Line], role: str, amount: Money) -> list[Line]:
    """One line, or none for no money."""
    return [side(account(role, amount.currency.code), amount)] if amount else []


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


def returned_reference(piece: Piece, row: RefundLine) -> str:
    """The journal reference of a piece that came back."""
    return f"piece:{piece.pk}:returned:{row.pk}"


def post_piece_returned(
    *, piece: Piece, row: RefundLine, order: Order, actor: User, on: date
) -> JournalEntry | None:
    """A sold piece lies in the store again: finished pieces against the cost of sales."""
    cost = from_minor(piece.cost_minor, books_currency())
    if not cost:
        return None
    return post_entry(
        day=on,
        kind=Kind.SALE_RETURNED,
        memo=f"#{order.number}",
        lines=[debit(account("finished_pieces"), cost), credit(account("cost_of_sales"), cost)],
        reference=returned_reference(piece, row),
        created_by=actor,
    )
