"""Entries that are written only for something that was seen: which kinds, and who asks for it.

A part of the ledger that knows the event (`ledger.cash`: two people counted a box) registers here
who looks at a draft of its kind, and keeps the same rule by a trigger of its own. The core asks.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ledger.services.rows import Draft, LockedAccount

#: Raises a refusal where nothing was seen that explains the draft.
Look = Callable[["Draft", "dict[int, LockedAccount]"], None]

_looks: dict[str, Look] = {}


def asked_of(kind: str) -> Callable[[Look], Look]:
    """Register who looks at drafts of `kind`."""

    def register(look: Look) -> Look:
        _looks[kind] = look
        return look

    return register


def check(draft: Draft, locked: dict[int, LockedAccount]) -> None:
    """Let whoever knows this kind look at the draft; kinds that nobody registered pass."""
    if look := _looks.get(draft.kind):
        look(draft, locked)
