"""What must always hold, checked on the live database: a registry that each app fills.

    @invariant(4, _("Wool received = in store + in custody + in pieces + agreed loss"))
    def wool_is_conserved() -> Iterator[str]: ...

A check yields one sentence for every offending row. `manage.py audit` runs them all. Readers see
the rules in their own language; what is found is kept in English.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise

Check = Callable[[], Iterator[str]]


@dataclass(frozen=True)
class Invariant:
    """One check: the number of the rule it guards, the rule in a sentence, the function."""

    number: int
    sentence: str | Promise
    name: str
    check: Check


_registered: dict[str, Invariant] = {}


def invariant(number: int, sentence: str | Promise) -> Callable[[Check], Check]:
    """Register a check under its dotted name."""

    def register(check: Check) -> Check:
        name = f"{check.__module__}.{check.__name__}"
        _registered[name] = Invariant(number, sentence, name, check)
        return check

    return register


def registered() -> list[Invariant]:
    """Every check, by number and name."""
    return sorted(_registered.values(), key=lambda one: (one.number, one.name))


def findings() -> list[str]:
    """Run every check; one line for every offending row, with the rule's number."""
    return [f"[{one.number}] {row}" for one in registered() for row in one.check()]


@dataclass(frozen=True)
class Result:
    """What an audit found: how many checks ran, and a line for every offending row."""

    checks: int
    findings: list[str]


Keeper = Callable[[Result], object]
_keepers: list[Keeper] = []


def keeper(function: Keeper) -> Keeper:
    """Register who keeps the result of an audit, for those who look later."""
    _keepers.append(function)
    return function


def keep(found: list[str]) -> None:
    """Hand the findings of a whole audit to whoever keeps them."""
    result = Result(len(registered()), found)
    for tell in _keepers:
        tell(result)
