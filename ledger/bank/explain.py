"""What a journal entry was, told by the floor that wrote it: a small registry.

The bank's line knows an amount; the shop knows that it is a payout of Stripe with eleven orders in
it. Higher floors register themselves here; nothing is imported from them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from djmoney.money import Money

from ledger.models import JournalEntry


@dataclass(frozen=True)
class Piece:
    """A part of what came or left: an order, a refund, a fee, a payout with pieces of its own."""

    label: str
    amount: Money
    url: str = ""
    note: str = ""
    pieces: Sequence["Piece"] = ()


@dataclass(frozen=True)
class Explanation:
    """What an entry was: in words, where it is told, and by which words a bank may name it."""

    title: str
    url: str = ""
    #: Numbers that may stand on the bank's line: an operation, an order, a payout.
    numbers: frozenset[str] = frozenset()
    #: Who paid or was paid.
    names: str = ""
    is_payout: bool = False
    pieces: Sequence[Piece] = ()
    #: Whether the pieces make up the whole.
    is_whole: bool = True


#: Behind the reference of an entry that was written anew, in the currency in which it came.
ARRIVED = ":arrived"

Explainer = Callable[[Sequence[JournalEntry]], Mapping[int, Explanation]]


@dataclass
class _Registry:
    explainers: list[Explainer] = field(default_factory=list)


_registry = _Registry()


def explainer(function: Explainer) -> Explainer:
    """Register who can explain entries. It is given many at once and answers by their keys."""
    if function not in _registry.explainers:
        _registry.explainers.append(function)
    return function


def explain(entries: Iterable[JournalEntry]) -> dict[int, Explanation]:
    """What is known about these entries, by their keys; of one that was written anew in another
    currency, what is known of the one before.
    """
    asked = list(entries)
    anew = {one.reference: one.pk for one in asked if one.reference.endswith(ARRIVED)}
    before = JournalEntry.objects.filter(
        reference__in=[one.removesuffix(ARRIVED) for one in anew]
    ) if anew else ()  # fmt: skip
    found: dict[int, Explanation] = {}
    for one in _registry.explainers:
        if asked:
            found.update(one([*asked, *before]))
    for entry in before:
        if entry.pk in found:
            found[anew[f"{entry.reference}{ARRIVED}"]] = found[entry.pk]
    return found
