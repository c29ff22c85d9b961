"""What a month asks of the treasurer, step by step, and what of it is done: told by the rows.

Bank, cash and reports know nothing of each other, so each part registers its own steps here; the
office's page of the month and its first page gather them. Nothing is ever ticked by hand.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from django.utils.functional import Promise

from coop.kit import days
from ledger import queries

#: Done; something is left to do; ready to be taken, which no row ticks off; or not its time yet.
State = Literal["done", "left", "ready", "later"]


@dataclass(frozen=True)
class Span:
    """A month of the books."""

    first: date
    last: date

    @property
    def is_over(self) -> bool:
        """Whether its last day has passed."""
        return self.last < days.today()


@dataclass(frozen=True)
class Link:
    """Where something of a step is found, in one of its forms."""

    label: str | Promise
    url: str
    #: The same as other files: "XLSX" and its address.
    others: Sequence[tuple[str, str]] = ()
    #: What was done with it, in a sentence.
    told: str = ""


@dataclass(frozen=True)
class Step:
    """One step of the month: what it is, how it stands, and the page where it is done."""

    title: str | Promise
    state: State
    #: How it stands, in a sentence.
    told: str
    url: str
    button: str | Promise
    icon: str
    links: Sequence[Link] = ()
    #: What follows if the month is closed while this is left.
    if_closed: str | Promise = ""

    @property
    def is_done(self) -> bool:
        """Nothing of it is left."""
        return self.state == "done"


#: The order of closing: what has a smaller one is done before.
CLOSING = 50
Teller = Callable[[Span], Step]
_tellers: list[tuple[int, Teller]] = []


def month_step(order: int) -> Callable[[Teller], Teller]:
    """Register a step; those with a smaller `order` come first."""

    def register(function: Teller) -> Teller:
        _tellers.append((order, function))
        return function

    return register


def steps_of(month: Span, before: int = 1000) -> list[Step]:
    """The steps of a month, in the order in which they are done; those before an order, or all."""
    ordered = sorted(_tellers, key=lambda one: one[0])
    return [tell(month) for order, tell in ordered if order < before]


def next_step(steps: Sequence[Step]) -> Step | None:
    """The first one of which something is left, or what is ready then."""
    ordered = sorted(steps, key=lambda one: one.state != "left")
    return next((one for one in ordered if one.state in {"left", "ready"}), None)


def span_of(day: date) -> Span:
    """The month in which `day` lies."""
    first = days.month_of(day)
    return Span(first, days.next_month(first) - timedelta(days=1))


def month_at_hand() -> Span:
    """What the treasurer works at: the oldest month that is over and open, else this one."""
    waiting = queries.closing_waiting()
    if waiting is not None:
        return span_of(waiting.last_day)
    over = queries.next_last_days(most=1)
    return span_of(over[0] if over else days.today())
