"""Cards in the books: every line of the provider's own account of our money, once.

A movement is booked on the day on which the provider made it. What crosses from one currency to
another passes through the exchange accounts, at the rates that `ledger` knows for that day.
Source: accounting, "paid online" to "dispute", and "Two currencies".
"""

from datetime import date

from djmoney.money import Money

from ledger.models import Account, JournalEntry
from ledger.queries import account, value_in_books
from ledger.services import Line, credit, crossing, debit, post_entry
from ledger.services.posting import hold_accounts
from orders.shop.accounting.orders import owed_to_customer
from orders.shop.models import BalanceMovement, Dispute, Order, PartnerForward

Kind = JournalEntry.Kind
MovementKind = BalanceMovement.Kind


def movement_reference(movement: BalanceMovement) -> str:
    """The journal reference of a movement."""
    return f"stripe:{movement.stripe_id}"


def fee_reference(movement: BalanceMovement) -> str:
    """The journal reference of what the provider kept of a movement."""
    return f"stripe:{movement.stripe_id}:fee"


def dispute_reference(dispute: Dispute) -> str:
    """The journal reference of a dispute that was lost."""
    return f"stripe:{dispute.stripe_id}:lost"


def forward_reference(forward: PartnerForward) -> str:
    """The journal reference of money that the partner sent on."""
    return f"partner:{forward.reference}"


def post_movement(*, movement: BalanceMovement, order: Order | None, payee: str = "") -> None:
    """Book a movement, and its fee. `payee` is the role of the account that a payout reaches."""
    entries: list[tuple[JournalEntry.Kind, str, list[Line]]] = []
    held, day = account("stripe", movement.currency), movement.booked_on
    if movement.amount_minor:
        other, amount = _other_side(movement, payee)
        lines = _exchanged(held, movement.amount, other, amount, day)
        kind = _ENTRY_KIND[MovementKind(movement.kind)]
        if kind == Kind.PAYOUT and movement.amount_minor > 0:
            # One that the bank sent back moves between places where the house has money.
            kind = Kind.TRANSFER
        entries.append((kind, movement_reference(movement), lines))
    if movement.fee_minor:
        cost = value_in_books(movement.fee, day)
        lines = _exchanged(held, -movement.fee, account("payment_fees"), -cost, day)
        entries.append((Kind.FEE, fee_reference(movement), lines))
    # Both entries' accounts at once, in one order: two movements never wait in a ring.
    hold_accounts(line.account for _kind, _reference, lines in entries for line in lines)
    for kind, reference, lines in entries:
        post_entry(
            day=day,
            kind=kind,
            memo=f"#{order.number}" if order else movement.stripe_id,
            lines=lines,
            reference=reference,
            created_by=None,
        )


_ENTRY_KIND: dict[MovementKind, JournalEntry.Kind] = {
    MovementKind.PAYMENT: Kind.DEPOSIT_RECEIVED,
    MovementKind.REFUND: Kind.REFUND,
    MovementKind.REFUND_FAILED: Kind.REFUND,
    MovementKind.DISPUTE: Kind.DISPUTE,
    MovementKind.PAYOUT: Kind.PAYOUT,
    MovementKind.FEE: Kind.FEE,
}


def _other_side(movement: BalanceMovement, payee: str) -> tuple[Account, Money]:
    """The account against which a movement stands, and its amount there, signed like it."""
    sign = 1 if movement.amount_minor > 0 else -1
    kind = MovementKind(movement.kind)
    if kind == MovementKind.PAYMENT and movement.payment is not None:
        paid = movement.payment.amount
        return account("customer_deposits", paid.currency.code), sign * paid
    if kind in {MovementKind.REFUND, MovementKind.REFUND_FAILED} and movement.refund is not None:
        taken_from, taken = owed_to_customer(movement.refund)
        return taken_from, sign * taken
    if kind == MovementKind.PAYOUT:
        return account(payee, movement.currency), movement.amount
    if kind == MovementKind.DISPUTE:
        return account("disputed", movement.currency), movement.amount
    return account("payment_fees"), sign * abs(value_in_books(movement.amount, movement.booked_on))


def _exchanged(
    held: Account, change: Money, other: Account, amount: Money, day: date
) -> list[Line]:
    """`held` changes by `change` (a debit where positive) against `amount` on `other`."""
    if change.amount > 0:
        return [
            debit(held, change),
            *crossing(gives=amount, takes=change, day=day),
            credit(other, amount),
        ]
    return [
        debit(other, -amount),
        *crossing(gives=-change, takes=-amount, day=day),
        credit(held, -change),
    ]


def post_dispute_lost(*, dispute: Dispute, taken: Money, order: Order, on: date) -> JournalEntry:
    """The bank gave the money to the customer. Before shipping her deposit is gone with it;
    after, it is our loss. `taken` is what the provider took, in its account's currency.
    """
    if dispute.took_deposit:
        owed = dispute.amount
        other = account("customer_deposits", owed.currency.code)
    else:
        owed, other = value_in_books(taken, on), account("losses")
    return post_entry(
        day=on,
        kind=Kind.DISPUTE,
        memo=f"#{order.number}",
        lines=[
            debit(other, owed),
            *crossing(gives=taken, takes=owed, day=on),
            credit(account("disputed", taken.currency.code), taken),
        ],
        reference=dispute_reference(dispute),
        created_by=None,
    )


def post_forward(*, forward: PartnerForward) -> JournalEntry:
    """The partner sent money on: a transfer between places where the house has money."""
    code = forward.currency
    return post_entry(
        day=forward.on,
        kind=Kind.TRANSFER,
        memo=forward.reference,
        lines=[
            debit(account("bank", code), forward.amount),
            credit(account("partner", code), forward.amount),
        ],
        reference=forward_reference(forward),
        created_by=forward.actor,
    )
