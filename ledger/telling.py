"""What higher floors know of an entry: who paid, and for what.

The ledger knows accounts and amounts, and that an entry's reference begins with a word of the app
that wrote it, and then the key of what it is about: "order:12:paid". The apps above register what
they can tell of those references, a page at a time, and which of them answer what a reader looks
for (`ledger.queries.looking`).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from ledger.models import JournalEntry


@dataclass(frozen=True)
class Particulars:
    """Who it was, never a private person, and what for: "Hotel Libertador", "300 × llama"."""

    who: str = ""
    what: str = ""


NOTHING = Particulars()
#: By reference. One query for a page of them, not one for each; nothing for what it does not know.
Teller = Callable[[Sequence[str]], Mapping[str, Particulars]]
_tellers: dict[str, Teller] = {}


def tells(beginning: str) -> Callable[[Teller], Teller]:
    """Register who tells of references that begin with a word and a colon: `@tells("order")`."""

    def register(teller: Teller) -> Teller:
        _tellers[beginning] = teller
        return teller

    return register


def particulars(entries: Iterable[JournalEntry]) -> dict[int, Particulars]:
    """What is known of these entries, by their key; of a reversal what its entry was about."""
    by_word: dict[str, dict[str, list[int]]] = {}
    for one in entries:
        reference = one.reverses.reference if one.reverses is not None else one.reference
        word = reference.partition(":")[0]
        if word in _tellers:
            by_word.setdefault(word, {}).setdefault(reference, []).append(one.pk)
    found: dict[int, Particulars] = {}
    for word, keys in by_word.items():
        for reference, told in _tellers[word](list(keys)).items():
            found.update(dict.fromkeys(keys[reference], told))
    return found


# Looking for it --------------------------------------------------------------------------------
#: Whether a text, in any language, says what is looked for.
Says = Callable[[str], bool]


@dataclass(frozen=True)
class Found:
    """The keys (one column, as text) of what is about somebody, or of something, looked for."""

    who: QuerySet[Any, Any] | None = None
    what: QuerySet[Any, Any] | None = None


#: Names are few, and read whole; the keys stay in the database.
Finder = Callable[[Says], Found]
_finders: dict[str, Finder] = {}


def finds(beginning: str) -> Callable[[Finder], Finder]:
    """Register who finds references that begin with a word: what `tells` would say of them."""

    def register(finder: Finder) -> Finder:
        _finders[beginning] = finder
        return finder

    return register


def found_by(says: Says) -> dict[str, Found]:
    """What answers, by the first word of its references."""
    found = {word: finder(says) for word, finder in _finders.items()}
    return {word: one for word, one in found.items() if one != Found()}
