"""Money that somebody above the books waits for, and that a line of the bank may be.

The bank knows an amount and a text; the shop knows that the hotel owes that much for order 1042,
and how its payment is recorded. Whoever waits for money registers here; nothing is imported from
the floors above.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from djmoney.money import Money

from coop.people.models import User
from ledger.models import Account, JournalEntry


@dataclass(frozen=True)
class Awaited:
    """What somebody has still to pay, in the currency in which she owes it.

    `key` begins with the word of whoever registered it: "order:17".
    """

    key: str
    title: str
    url: str
    open: Money
    #: It cannot have come before this day.
    since: date
    #: What it is called by people: the number of an order. It counts where the bank's text says
    #: what it is a number of, or where it is long.
    number: str = ""
    #: Operations of which the customer herself said that they pay it.
    operations: frozenset[str] = frozenset()
    names: str = ""


@dataclass(frozen=True)
class Arrival:
    """That money came for something awaited: how much of it is paid, and what the bank has."""

    key: str
    #: In the currency in which it is owed.
    pays: Money
    #: In the currency of `into`, where it lies now.
    arrived: Money
    into: Account
    #: The bank's operation number, or what stands for it.
    operation: str
    on: date
    actor: User


@dataclass(frozen=True)
class Waiting:
    """Who waits: what is open, how it is recorded, and what right that takes."""

    word: str
    permission: str
    #: Everything open, bounded, the newest first.
    tell: Callable[[], Sequence[Awaited]]
    #: Record the payment by the app's own service, within the caller's transaction.
    record: Callable[[Arrival], JournalEntry]


_waiting: dict[str, Waiting] = {}


def register(waiting: Waiting) -> None:
    """Remember who waits for money; the last under a word counts."""
    _waiting[waiting.word] = waiting


def who_waits(key: str) -> Waiting | None:
    """Who registered what a key names."""
    return _waiting.get(key.partition(":")[0])


def awaited(person: User | None = None) -> list[Awaited]:
    """Everything that somebody waits for; of it what this person may record, if one is named."""
    return [
        one
        for waiting in _waiting.values()
        if person is None or person.has_perm(waiting.permission)
        for one in waiting.tell()
    ]
