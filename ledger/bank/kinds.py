"""What may be written from a line of the bank, by kind, and what the bank may have changed."""

from decimal import Decimal

from djmoney.money import Money

from ledger.bank.explain import ARRIVED
from ledger.models import JournalEntry, Posting

Kind = JournalEntry.Kind

#: What may be written at once when money came; and when it left, without signatures.
COMING = (Kind.RECEIVABLE_SETTLED, Kind.SHARES, Kind.GRANT, Kind.HAND, Kind.TRANSFER)
LEAVING = (Kind.BANK_CHARGE, Kind.TRANSFER)

#: What may be written anew in the currency in which it came, and as what; all else is signed by
#: two, or is recorded by whoever waited for it.
CHANGED = {
    Kind.PAYOUT: Kind.PAYOUT,
    Kind.TRANSFER: Kind.EXCHANGE,
    Kind.RECEIVED: Kind.RECEIVED,
    Kind.SHARES: Kind.SHARES,
}
#: A bank's rate is this near to the day's own: farther, one of the two amounts is not meant.
NEAR = Decimal("0.10")


def is_near(taken: Money, worth: Money) -> bool:
    """Whether `taken` could be what a bank gives for something that is worth `worth` that day."""
    return bool(worth.amount) and abs(taken.amount - worth.amount) <= worth.amount * NEAR


def may_be_changed(entry: JournalEntry) -> bool:
    """Whether an entry may be written anew in another currency (its postings are read)."""
    debits = [one for one in entry.postings.all() if one.side == Posting.Side.DEBIT]
    return (
        entry.kind in CHANGED
        and entry.payment_id is None
        and not entry.reference.endswith(ARRIVED)
        and len(debits) == 1
    )
