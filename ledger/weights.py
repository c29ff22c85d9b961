"""By what members share a surplus: a registry that floors above fill.

    @weights.formula("hours", label=_("by hours"), why=_("…"))
    def hours(since: date, until: date) -> dict[int, int]: ...

A formula says how much each member's account weighs in the days from `since` to `until`, by the
account's key. The ledger knows neither members nor hours; it shares (`ledger.sharing`) and books.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from ledger.errors import UnknownFormula

Weigh = Callable[[date, date], dict[int, int]]


@dataclass(frozen=True)
class Formula:
    """A way to share that the assembly may vote for."""

    key: str
    label: str | Promise
    why: str | Promise
    weigh: Weigh
    #: How a weight is read aloud: "{weight} hours".
    unit: str | Promise = ""


_formulas: dict[str, Formula] = {}


def formula(
    key: str, *, label: str | Promise, why: str | Promise, unit: str | Promise = ""
) -> Callable[[Weigh], Weigh]:
    """Register a formula under its key; the last to register under a key counts."""

    def register(weigh: Weigh) -> Weigh:
        _formulas[key] = Formula(key, label, why, weigh, unit)
        return weigh

    return register


def formulas() -> list[Formula]:
    """All that there are, in the order of their keys."""
    return [_formulas[key] for key in sorted(_formulas)]


def find(key: str) -> Formula:
    """The formula of a key. Raises UnknownFormula."""
    if key not in _formulas:
        raise UnknownFormula
    return _formulas[key]
