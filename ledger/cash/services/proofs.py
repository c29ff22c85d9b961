"""That it is she: on her own screen, or with her own PIN on another's. Nobody says it for her."""

from coop.kit.strokes import is_drawing
from coop.people.models import User
from coop.people.pins import TypedPin, confirm_with_pin
from ledger.cash.errors import NotDrawnByHer, NotProvenByHer
from ledger.cash.models import Proof


def prove(*, person: User, actor: User, drawing: str, typed: TypedPin | None) -> Proof:
    """What shows that `person` says it herself; `actor` came in on this screen.

    Her own session proves nobody but herself: another draws her name as a sign, and types her PIN.
    Called before the transaction in which the rest is written (`confirm_with_pin`). Raises
    NotDrawnByHer, NotProvenByHer, or what confirm_with_pin does.
    """
    if person.pk == actor.pk:
        return Proof.SESSION
    if not is_drawing(drawing):
        raise NotDrawnByHer(name=person)
    if typed is None or not typed.pin:
        raise NotProvenByHer(name=person)
    confirm_with_pin(user=person, typed=typed)
    return Proof.PIN
