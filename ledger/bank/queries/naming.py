"""By which numbers and names a line of the bank, a posting and an order know each other."""

import re
from dataclasses import dataclass
from typing import Any

from ledger.bank.explain import Explanation
from ledger.bank.learning import bare, words_of
from ledger.bank.models import BankLine
from ledger.bank.queries.open import Side
from ledger.models import JournalEntry

#: Words of which a name is made, and by which nobody is known.
_NO_NAME = frozenset(
    ["hotel", "sac", "srl", "eirl", "sociedad", "empresa", "pedido", "orden", "order", "cliente"]
)
_YEAR = re.compile(r"(19|20)\d\d")
#: What stands before the number of an order, however short that is.
_ORDER = re.compile(
    r"(?:pedido|orden|order|compra|ped|#)[^a-z0-9]*(?:n[ro]{0,2}[^a-z0-9]*)?0*(\d{1,9})\b"
)


@dataclass(frozen=True)
class Names:
    """The numbers and words by which something is known."""

    numbers: frozenset[str]
    words: tuple[str, ...]
    #: Numbers that its text calls those of an order.
    orders: frozenset[str] = frozenset()

    @classmethod
    def of_line(cls, line: BankLine) -> "Names":
        """A line's own, and those of every payment that it gathers (they are read)."""
        gathered = " ".join(one.told for one in line.details.all())
        return cls.of_text(f"{line.counterparty} {line.text} {line.reference} {gathered}")

    @classmethod
    def of_text(cls, told: str) -> "Names":
        """Those in what a bank wrote."""
        return cls(
            frozenset(numbers_in(told)),
            names_in(told),
            frozenset(_ORDER.findall(bare(told))),
        )

    @classmethod
    def of_side(cls, side: Side, explanation: Explanation | None) -> "Names":
        """A posting's: of its entry, its payment, whose accounts it touches, what explains it."""
        entry = side.entry
        told = f"{entry.reference} {entry.memo}"
        names = explanation.names if explanation else ""
        if entry.payment is not None:
            told += f" {entry.payment.reference} {entry.payment.purpose}"
            names += f" {entry.payment.payee_label}"
        names += " ".join(str(one.account.holder or "") for one in entry.postings.all())
        known = explanation.numbers if explanation else ()
        numbers = numbers_in(told) | {bare(one).lstrip("0") for one in known if one}
        return cls(frozenset(numbers), names_in(names))


def names_in(text: str) -> tuple[str, ...]:
    """The words of a text by which somebody may be known, each once."""
    return tuple(dict.fromkeys(one for one in words_of(text) if one not in _NO_NAME))


def numbers_in(text: str) -> set[str]:
    """Numbers of orders and operations in a text: three figures and more, no years, no zeros
    in front; and codes with figures in them.
    """
    found = set()
    for one in re.findall(r"[a-z0-9_]{3,}", bare(text)):
        digits = sum(each.isdigit() for each in one)
        if digits >= 3 and not _YEAR.fullmatch(one):
            found.add(one.lstrip("0"))
    return {one for one in found if len(one) >= 3}


def open_of(line: BankLine) -> int:
    """What is open of a line, from the query or by itself."""
    found: Any = getattr(line, "open_minor", line.amount_minor)
    return int(found)


def is_asked_from(entry: JournalEntry, line: BankLine) -> bool:
    """Whether an entry pays what was asked for from this line."""
    payment = entry.payment
    return payment is not None and payment.reference.startswith(f"bank:{line.key[:40]}")
