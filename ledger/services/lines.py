"""One side of an entry to be."""

from dataclasses import dataclass
from typing import Literal

from djmoney.money import Money

from ledger.models import Account

Side = Literal["debit", "credit"]


@dataclass(frozen=True)
class Line:
    """`amount` debited or credited on `account`."""

    account: Account
    side: Side
    amount: Money


def debit(account: Account, amount: Money) -> Line:
    """A debit: what we have grows, what we owe shrinks."""
    return Line(account, "debit", amount)


def credit(account: Account, amount: Money) -> Line:
    """A credit: what we have shrinks, what we owe grows."""
    return Line(account, "credit", amount)
