"""Another woman says something on this phone: she draws her name, then types her own PIN.

Whoever came in here cannot say it for her, however well she draws.
"""

from dataclasses import dataclass, field
from typing import Any, Self

from django.http import HttpRequest

from coop.kit.errors import Refusal
from coop.kit.strokes import is_drawing
from coop.people.backends import address_of
from coop.people.doors import is_shut_to
from coop.people.errors import DemoElsewhere, TooManyTries, WrongPin
from coop.people.models import PinCard, User
from coop.people.pins import TypedPin
from coop.portal.pad import PIN_DIGITS, pad, press
from coop.portal.standing import Standing
from ledger.cash.queries import people_at_hand


def person_chosen(request: HttpRequest, name: str) -> User | None:
    """Who was chosen with `as_choice`, if one may be."""
    key = request.GET.get(name, "")
    return people_at_hand().filter(pk=int(key)).first() if key.isdecimal() else None


@dataclass
class Other:
    """Who was chosen to say it here (none: whoever came in says it), and how far she is.

    She draws her name; with the drawing the keypad comes; with her PIN it is done.
    """

    person: User | None
    card: PinCard | None = None
    drawing: str = ""
    typed: str = field(default="", repr=False)
    told: str = ""
    sentence: str = ""
    is_tired: bool = False

    @classmethod
    def of(cls, request: HttpRequest, name: str, standing: Standing) -> Self:
        """Read her from the address, and what she drew and typed from the form."""
        person = person_chosen(request, name)
        if person is None or person == standing.user:
            return cls(None)
        return cls(
            person,
            PinCard.objects.filter(user=person, is_known=False).first(),
            request.POST.get("drawing", ""),
            request.POST.get("pin", "")[:PIN_DIGITS],
        )

    def goes_on(self, request: HttpRequest) -> bool:
        """Whether this was a step on her way, after which the next one is shown."""
        if self.person is None or not is_drawing(self.drawing):
            return False
        if "press" in request.POST:
            self.typed = press(self.typed, request.POST["press"])
            return True
        return self.card is not None and not self.typed.isdigit()

    def typed_pin(self, request: HttpRequest) -> TypedPin | None:
        """What she typed, as it is looked at. Raises DemoElsewhere, as when she comes in."""
        if self.person is None:
            return None
        if is_shut_to(request, self.person):
            raise DemoElsewhere
        return TypedPin(pin=self.typed, address=address_of(request))

    def refuse(self, refusal: Refusal) -> None:
        """Say why: of her PIN beside the keys, of anything else above."""
        self.typed = ""
        if self.card is not None and isinstance(refusal, WrongPin | TooManyTries):
            self.card.refresh_from_db()
            self.told, self.is_tired = str(refusal), isinstance(refusal, TooManyTries)
        else:
            self.sentence = str(refusal)

    @property
    def has_no_pin(self) -> bool:
        """She has no PIN that only she knows: she says it on her own screen."""
        return self.person is not None and self.card is None

    @property
    def pad(self) -> dict[str, Any] | None:
        """The keypad, once she has drawn her name."""
        if self.card is None or not is_drawing(self.drawing):
            return None
        return pad(self.card, typed=self.typed, told=self.told, is_tired=self.is_tired)
