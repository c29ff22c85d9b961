"""The keypad on which a number of her own is typed: what stands there, press by press."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from coop.people import services as people
from coop.people.models import PinCard

#: The longest PIN; `coop.people.services` decides which are good.
PIN_DIGITS = 6


def press(typed: str, key: str) -> str:
    """What stands there after one more key."""
    if key == "back":
        return typed[:-1]
    return (typed + key)[:PIN_DIGITS] if key.isascii() and key.isdigit() else typed


def pad(
    card: PinCard, *, typed: str = "", told: str = "", is_tired: bool = False
) -> dict[str, Any]:
    """What `portal/kit/pad.html` shows; `told` is why the last try was refused.

    `is_tired`: too many tries came from this place, though the card itself is open.
    """
    is_locked = card.is_locked()
    return {
        "card": card,
        "typed": typed,
        "told": told,
        "left": _said_left(people.tries_left(card)) if told else "",
        "is_locked": is_locked or is_tired,
        "rests_today": is_locked and _is_today(card.locked_until),
        "digits": PIN_DIGITS,
    }


def _said_left(tries: int) -> str:
    """A word of warning before her picture rests."""
    return {1: _("One try is left."), 2: _("Two tries are left.")}.get(tries, "")


def _is_today(moment: datetime | None) -> bool:
    return moment is not None and timezone.localdate(moment) == timezone.localdate()
