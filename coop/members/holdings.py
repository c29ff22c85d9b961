"""What a member has in her hands that is the cooperative's, and what is open between them.

Wool, work, advances: each app above registers a source; here they come together.

    @holdings.source
    def wool_in_hand(member: Member) -> Iterator[Holding]: ...
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from djmoney.money import Money

from coop.members.models import Member


@dataclass(frozen=True)
class Holding:
    """One thing she holds: "Fine alpaca 2/12, cochineal", "400 g", its value if it has one.

    `keeps_her` says that she cannot leave before it is settled; `url` is its page in the office.
    """

    what: str | Promise
    how_much: str
    value: Money | None = None
    keeps_her: bool = True
    url: str = ""


Source = Callable[[Member], Iterable[Holding]]

_sources: dict[str, Source] = {}


def source(function: Source) -> Source:
    """Register a source of holdings under its dotted name."""
    _sources[f"{function.__module__}.{function.__name__}"] = function
    return function


def of(member: Member) -> list[Holding]:
    """Everything that `member` holds, by source."""
    return [one for _name, function in sorted(_sources.items()) for one in function(member)]
