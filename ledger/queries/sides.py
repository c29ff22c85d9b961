"""What an entry moved, for people: without the lines in which one currency becomes another."""

from collections.abc import Iterable
from dataclasses import dataclass

from djmoney.money import Money

from coop.kit.money import books_currency, from_minor
from ledger.models import Account, JournalEntry, Posting

Role = Account.Role
CROSSING = frozenset({Role.EXCHANGE, Role.EXCHANGE_GAIN, Role.EXCHANGE_LOSS})


@dataclass(frozen=True)
class Sides:
    """The postings of an entry as they were meant: an undone entry, as what it undoes.

    Exchange lines are left out, unless the entry has no others.
    """

    debits: list[Posting]
    credits: list[Posting]

    @classmethod
    def of(cls, entry: JournalEntry) -> "Sides":
        """The sides of an entry whose postings and their accounts are read already."""
        postings = list(entry.postings.all())
        told = [one for one in postings if one.account.role not in CROSSING] or postings
        debits = [one for one in told if one.side == Posting.Side.DEBIT]
        credits_ = [one for one in told if one.side == Posting.Side.CREDIT]
        return (
            cls(credits_, debits)
            if entry.kind == JournalEntry.Kind.REVERSAL
            else cls(debits, credits_)
        )

    @property
    def moved(self) -> Money:
        """What was moved: in the books' currency if a side has any of it, else as debited."""
        for side in (self.debits, self.credits):
            if any(one.account.currency == books_currency() for one in side):
                return summed(side)
        return summed(self.debits or self.credits)

    def debited(self, *roles: str) -> list[Posting]:
        """The debits on accounts of these roles."""
        return [one for one in self.debits if one.account.role in roles]

    def credited(self, *roles: str) -> list[Posting]:
        """The credits on accounts of these roles."""
        return [one for one in self.credits if one.account.role in roles]


def money(postings: Iterable[Posting]) -> list[Posting]:
    """Those of the postings that are on places where money is."""
    return [one for one in postings if one.account.is_money]


def summed(postings: Iterable[Posting]) -> Money:
    """The sum of postings in the books' currency where some are in it, else in the first's.

    Amounts in different currencies are never added.
    """
    sums: dict[str, int] = {}
    for one in postings:
        code = one.account.currency
        sums[code] = sums.get(code, 0) + one.amount_minor
    code = books_currency() if books_currency() in sums else next(iter(sums), books_currency())
    return from_minor(sums.get(code, 0), code)
