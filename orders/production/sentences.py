"""Why a member was asked, in words: kept as a short key, said in the reader's language.

Nobody else is named in them.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from orders.production.planning import Reason

#: Somebody in the office chose her herself.
CHOSEN = "chosen"


def _hours(minutes: int) -> str:
    return f"{minutes / 60:.1f}".removesuffix(".0")


def explain(why: str) -> str:
    """`Assignment.why` for the office."""
    key, *numbers = why.split(":")
    if key == "least" and len(numbers) == 2 and all(one.isdigit() for one in numbers):
        given, offered = (_hours(int(one)) for one in numbers)
        return _(
            "Least work so far: {given} of the {offered} hours that she offers. She knows how,"
            " and has the hours."
        ).format(given=given, offered=offered)
    return _("Chosen by the office.") if why == CHOSEN else why


@dataclass(frozen=True)
class Share:
    """Of the hours that she offers, those that she has had; whole ones, as she counts them."""

    given: int
    offered: int

    @property
    def percent(self) -> int:
        """How much of what she offers she has had, at most all of it."""
        return min(100, round(self.given * 100 / self.offered)) if self.offered else 0


def share_of(why: str) -> Share | None:
    """The hours in `Assignment.why`, where it is told in hours."""
    key, *numbers = why.split(":")
    if key != "least" or len(numbers) != 2 or not all(one.isdigit() for one in numbers):
        return None
    given, offered = (round(int(one) / 60) for one in numbers)
    return Share(given, offered)


def explain_to_her(why: str) -> str:
    """`Assignment.why` for the member herself."""
    share = share_of(why)
    if share is not None:
        given, offered = share.given, share.offered
        return _(
            "It is your turn: you have had {given} of the {offered} hours that you offer."
        ).format(given=given, offered=offered)
    return _("The office asks you.") if why == CHOSEN else why


def unplaced(reason: Reason) -> str:
    """Why pieces found nobody, and what to do."""
    if reason == Reason.NOBODY_KNOWS:
        return _("Nobody is confirmed at this level of the technique. Confirm a skill first.")
    return _("Those who know how have no hours left before the day. Ask for hours or move the day.")
