"""Looking at one paper after another, so that nobody signs what she has not seen.

What she has seen is remembered in her own session, never taken from the form that signs: only the
paper that lies before her can be said to have been seen. Works without script.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.http import HttpRequest

    from coop.portal.queries.signing import Paper
    from ledger.cash.models import PayDay

#: Of so many pay days it is remembered what she saw; older ones she looks through anew.
MOST_DAYS = 4
KEPT = "looked"


@dataclass
class Looking:
    """Who looks through the papers of a pay day, and how far she has come."""

    request: HttpRequest
    key: str
    papers: Sequence[Paper]
    #: What she said of each paper that she saw: that it is right, or not to sign it now.
    said: dict[str, bool]

    @classmethod
    def at(cls, request: HttpRequest, day: PayDay, papers: Sequence[Paper]) -> Looking:
        """Where she stopped looking at these papers of `day`."""
        kept = request.session.get(KEPT, {})
        return cls(request, str(day.pk), papers, dict(kept.get(str(day.pk), {})))

    @property
    def current(self) -> Paper | None:
        """The paper that lies before her; None once she has seen all."""
        return next((one for one in self.papers if str(one.payment.pk) not in self.said), None)

    @property
    def number(self) -> int:
        """Which it is, counted from one."""
        return len(self.papers) - sum(1 for one in self.papers if self._is_new(one)) + 1

    @property
    def agreed(self) -> list[Paper]:
        """Those that she saw and found right."""
        return [one for one in self.papers if self.said.get(str(one.payment.pk))]

    @property
    def left_out(self) -> list[Paper]:
        """Those that she saw and does not sign now."""
        return [one for one in self.papers if self.said.get(str(one.payment.pk)) is False]

    def go_on(self, data: Mapping[str, Any]) -> None:
        """She says "next" or "not this one" to the paper before her, or begins anew ("again").

        What is said of any other paper (sent twice, or made up) counts for nothing.
        """
        if "again" in data:
            self.forget()
            return
        now = self.current
        for word, is_right in (("next", True), ("leave", False)):
            if now is not None and data.get(word) == str(now.payment.pk):
                self.said[data[word]] = is_right
                self._keep()

    def forget(self) -> None:
        """Nothing is remembered of what she saw."""
        self.said = {}
        self._keep()

    def _is_new(self, paper: Paper) -> bool:
        return str(paper.payment.pk) not in self.said

    def _keep(self) -> None:
        kept = dict(self.request.session.get(KEPT, {}))
        kept.pop(self.key, None)
        if self.said:
            kept[self.key] = self.said
        self.request.session[KEPT] = dict(list(kept.items())[-MOST_DAYS:])
