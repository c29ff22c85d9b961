"""What waits for somebody in the office: each app tells its own, the first page gathers it.

A lower floor knows none of the higher ones, so each registers a source, which looks at what the
person may do and answers with lines: a count, a sentence, and one button that leads exactly there.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.http import HttpRequest

_KEPT = "_office_waiting"


@dataclass(frozen=True)
class Waiting:
    """One kind of thing that waits: how many, in a sentence, and where to go on."""

    count: int
    #: With the count in it: "3 orders wait for their payment."
    sentence: str
    button: str
    url: str
    #: The name of the menu item whose badge counts it.
    menu: str
    icon: str
    #: Late, or wrong: it stands first, in another colour and with a word.
    is_urgent: bool = False

    @property
    def after_count(self) -> str:
        """The sentence behind its count, where that stands before it in large figures."""
        return self.sentence.removeprefix(f"{self.count} ")


Source = Callable[[AbstractUser], Iterable[Waiting]]
_sources: list[tuple[int, Source]] = []


def source(order: int) -> Callable[[Source], Source]:
    """Register a source; those with a smaller `order` speak first."""

    def register(function: Source) -> Source:
        _sources.append((order, function))
        return function

    return register


def lines_for(request: HttpRequest) -> list[Waiting]:
    """What waits for whoever asks, urgent things first; read once for a request."""
    kept: list[Waiting] | None = getattr(request, _KEPT, None)
    if kept is None:
        kept = [] if isinstance(request.user, AnonymousUser) else _gather(request.user)
        setattr(request, _KEPT, kept)
    return kept


def _gather(person: AbstractUser) -> list[Waiting]:
    ordered = sorted(_sources, key=lambda one: one[0])
    lines = [line for _order, tell in ordered for line in tell(person) if line.count]
    return sorted(lines, key=lambda line: not line.is_urgent)


def counts_for(request: HttpRequest) -> dict[str, int]:
    """How much waits behind each item of the menu."""
    counts: dict[str, int] = {}
    for line in lines_for(request):
        counts[line.menu] = counts.get(line.menu, 0) + line.count
    return counts
