"""Whom production tells, though it stands below them.

A higher floor registers when Django is ready:

    hooks.piece_passed.register(allocate_to_its_line)

and is called inside the transaction in which it happened, with what happened, before anything
is posted: a listener may lock rows of its own, which come before the balances of the books.
"""

from collections.abc import Callable
from typing import Any

Listener = Callable[..., Any]


class Hook:
    """Listeners in the order in which they registered; each at most once."""

    def __init__(self, meaning: str) -> None:
        self.meaning = meaning
        self.listeners: list[Listener] = []

    def register(self, listener: Listener) -> Listener:
        """Call `listener` from now on; usable as a decorator."""
        if listener not in self.listeners:
            self.listeners.append(listener)
        return listener

    def fire(self, **facts: Any) -> None:
        """Tell every listener. A refusal of one undoes the whole event."""
        for listener in self.listeners:
            listener(**facts)


class Question(Hook):
    """Asked of those who registered; the first answer that is not None counts."""

    def ask(self, **facts: Any) -> Any:
        """The answer; None where nobody has one."""
        answers = (listener(**facts) for listener in self.listeners)
        return next((one for one in answers if one is not None), None)


#: Asked with work_order=WorkOrder: the last day on which its pieces keep what was promised to
#: whoever waits for them. None for work that nobody outside waits for.
promised_day = Question("By when are these pieces promised?")

#: Called with piece=Piece, work_order=WorkOrder, actor=User, on=date. The piece stands in the
#: store, free; `work_order.reference` says for what it was knitted ("line:34").
piece_passed = Hook("A piece passed the checker and stands in the store.")
