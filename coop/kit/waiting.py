"""What waits for somebody in the office: each app tells its own, the first page gathers it.

A lower floor knows none of the higher ones, so each registers a source, which looks at what the
person may do and answers with lines: rows to be counted, a sentence, and one button that leads
exactly there. The rows of all sources are counted in one query, since the menu's badges stand on
every page of the office.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.db.models import IntegerField, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.functional import Promise

_KEPT, _BADGES = "_office_waiting", "_office_badges"


class CountOf(Subquery):
    """How many rows a query has, as one column of another; for one that is made distinct."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


class SumOf(Subquery):
    """The sum of a query's one column, `summed`, as one column of another; 0 without rows."""

    template = "(SELECT COALESCE(SUM(counted.summed), 0) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


@dataclass(frozen=True)
class Waiting:
    """One kind of thing that waits: which rows, in what words, and where to go on."""

    #: The rows that wait, or how many they are where no database can count them.
    rows: QuerySet[Any] | Subquery | int
    #: With the count in it, as "%(count)s orders wait": from `ngettext_lazy(…, "count")`.
    words: Promise | str
    button: str
    url: str
    #: The name of the menu item whose badge counts it; "" is counted nowhere.
    menu: str
    icon: str
    #: What else stands in the sentence.
    facts: Mapping[str, Any] = field(default_factory=dict)
    #: Late, or wrong: it stands first, in another colour and with a word.
    is_urgent: bool = False
    #: How many there are, once they were counted.
    count: int = 0
    #: What the menu calls the item whose badge counts it, for the first page.
    place: str | Promise = ""

    @property
    def sentence(self) -> str:
        """The whole sentence: "3 orders wait for their payment."."""
        text: str = self.words % {"count": self.count, **self.facts}
        return text

    @property
    def after_count(self) -> str:
        """The sentence behind its count, where that stands before it in large figures."""
        return self.sentence.removeprefix(f"{self.count} ")


Source = Callable[[AbstractUser], Iterable[Waiting]]


@dataclass(frozen=True)
class _Registered:
    order: int
    tell: Source
    has_badge: bool


_sources: list[_Registered] = []


def source(order: int, *, has_badge: bool = True) -> Callable[[Source], Source]:
    """Register a source; those with a smaller `order` speak first.

    One that is costly to ask and has no badge is asked on the first page alone.
    """

    def register(function: Source) -> Source:
        _sources.append(_Registered(order, function, has_badge))
        return function

    return register


def lines_for(request: HttpRequest) -> list[Waiting]:
    """What waits for whoever asks, urgent things first; read once for a request."""
    kept: list[Waiting] | None = getattr(request, _KEPT, None)
    if kept is None:
        kept = _gather(request, _sources)
        setattr(request, _KEPT, kept)
    return kept


def counts_for(request: HttpRequest) -> dict[str, int]:
    """How much waits behind each item of the menu; read once for a request."""
    kept: dict[str, int] | None = getattr(request, _BADGES, None)
    if kept is None:
        lines = getattr(request, _KEPT, None)
        if lines is None:
            lines = _gather(request, [one for one in _sources if one.has_badge])
        kept = {}
        for line in lines:
            if line.menu:
                kept[line.menu] = kept.get(line.menu, 0) + line.count
        setattr(request, _BADGES, kept)
    return kept


def _gather(request: HttpRequest, sources: Iterable[_Registered]) -> list[Waiting]:
    person = request.user
    if isinstance(person, AnonymousUser):
        return []
    ordered = sorted(sources, key=lambda one: one.order)
    lines = counted(person, [line for one in ordered for line in one.tell(person)])
    found = [line for line in lines if line.count]
    return sorted(found, key=lambda line: not line.is_urgent)


def counted(person: AbstractUser, lines: list[Waiting]) -> list[Waiting]:
    """The lines with their counts, in one query however many they are."""
    asked = {
        f"line_{at}": _as_column(line.rows)
        for at, line in enumerate(lines)
        if not isinstance(line.rows, int)
    }
    # One row to hang the columns on: her own.
    one_row = get_user_model()._default_manager.filter(pk=person.pk)  # noqa: SLF001
    answer: Any = one_row.values(**asked).get() if asked else {}
    return [
        replace(line, count=line.rows if isinstance(line.rows, int) else answer[f"line_{at}"])
        for at, line in enumerate(lines)
    ]


def _as_column(rows: QuerySet[Any] | Subquery) -> Subquery:
    return rows if isinstance(rows, Subquery) else CountOf(rows.order_by().values("pk"))
