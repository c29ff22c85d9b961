"""PINs that sign for money: two of the Junta agree to a new one, and she chooses her own.

Otherwise whoever gives out PINs could come in as a second person, and sign twice. Who asked for a
PIN, or gave her one before she came into the Junta, may know it: it opens her pages, and signs
nothing until she has chosen another on her phone.
"""

from dataclasses import dataclass, field

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils import timezone

from coop.people import roles
from coop.people.errors import (
    AskedByYou,
    NoPinOfHers,
    NotInJunta,
    OwnPin,
    PinDecided,
    PinIsKnown,
    PinNotNeeded,
    PinOfHersIsKnown,
    SamePin,
)
from coop.people.models import PinCard, PinEvent, PinRequest, User
from coop.people.services import (
    check_picture,
    check_pin,
    open_with_pin,
    signs_money,
    write_card,
)

Status = PinRequest.Status


@transaction.atomic
def ask_for_pin(*, user: User, motif: str, colour: str, pin: str, actor: User) -> PinRequest:
    """Ask for a new picture or PIN for `user`; until another confirms, her old PIN works.

    What was asked for her before and still waits is called off. Raises BadPin or PictureTaken.
    """
    check_pin(pin)
    check_picture(user, motif, colour)
    # Two may ask for the same woman at once: one after the other.
    User.objects.select_for_update().get(pk=user.pk)
    for before in PinRequest.objects.filter(user=user, status=Status.WAITING):
        _decide(before, Status.WITHDRAWN, actor)
    return PinRequest.objects.create(
        user=user, motif=motif, colour=colour, pin_hash=make_password(pin), asked_by=actor
    )


@transaction.atomic
def confirm_pin(*, request: PinRequest, actor: User) -> PinCard:
    """A second woman of the Junta agrees: from now on the new PIN works, and the old one not.

    Raises PinDecided, AskedByYou, OwnPin, NotInJunta or PictureTaken; then nothing changed.
    """
    waiting = _waiting(request)
    if actor.pk == waiting.asked_by_id:
        raise AskedByYou
    if actor.pk == waiting.user_id:
        raise OwnPin
    if not signs_money(actor):
        raise NotInJunta
    check_picture(waiting.user, waiting.motif, waiting.colour)
    pin_hash = waiting.pin_hash
    _decide(waiting, Status.CONFIRMED, actor)
    _trace(waiting.user, PinEvent.Kind.KNOWN, actor)
    return write_card(
        user=waiting.user,
        motif=waiting.motif,
        colour=waiting.colour,
        pin_hash=pin_hash,
        is_known=True,
    )


@transaction.atomic
def withdraw_pin(*, request: PinRequest, actor: User) -> PinRequest:
    """Nobody wanted it, or it was a mistake: whoever asked, or anyone of the Junta, says so.

    Raises PinDecided or NotInJunta.
    """
    waiting = _waiting(request)
    if actor.pk != waiting.asked_by_id and not signs_money(actor):
        raise NotInJunta
    return _decide(waiting, Status.WITHDRAWN, actor)


# Her own -----------------------------------------------------------------------------------
@transaction.atomic
def distrust_pin(*, user: User, actor: User) -> None:
    """She comes into the Junta: whoever gave her PIN must not sign with it. Without a card there
    is nothing to distrust; a demo's PIN is random and printed for whoever tries it.
    """
    if user.is_demo:
        return
    card = PinCard.objects.select_for_update().filter(user=user, is_known=False).first()
    if card is None:
        return
    card.is_known = True
    card.save(update_fields=["is_known"])
    _trace(user, PinEvent.Kind.KNOWN, actor)


def pin_is_known(user: User) -> bool:
    """Whether her PIN may be another's too."""
    return PinCard.objects.filter(user=user, is_known=True).exists()


def check_own_pin(user: User) -> None:
    """Raises PinIsKnown while her PIN may be another's too: it signs and confirms nothing."""
    if pin_is_known(user):
        raise PinIsKnown


@dataclass(frozen=True)
class TypedPin:
    """A PIN that somebody typed just now, and from where; it is looked at once and kept nowhere."""

    pin: str = field(repr=False)
    address: str


def confirm_with_pin(*, user: User, typed: TypedPin) -> None:
    """`user` typed her own PIN on another's phone: it is she who says what stands there.

    Her tries are counted as when she comes in, and lock her picture the same; they must be
    written whatever becomes of what she confirms, so this is called outside of any transaction.
    Raises NoPinOfHers, PinOfHersIsKnown, WrongPin or TooManyTries.
    """
    card = PinCard.objects.filter(user=user).first()
    if card is None:
        raise NoPinOfHers(name=user)
    if card.is_known:
        raise PinOfHersIsKnown(name=user)
    with transaction.atomic(durable=True):
        # Asks only that we are in no transaction yet: a refusal would take her tries back.
        pass
    open_with_pin(card=card, pin=typed.pin, address=typed.address)


@transaction.atomic
def choose_pin(*, user: User, pin: str) -> PinCard:
    """She has chosen a PIN of her own: from now on it signs, and her other sessions end.

    Raises BadPin, SamePin for the one that others know, or PinNotNeeded if nobody asked for it.
    """
    check_pin(pin)
    card = PinCard.objects.select_for_update().select_related("user").get(user=user)
    if not card.is_known:
        raise PinNotNeeded
    if check_password(pin, card.pin_hash):
        raise SamePin
    # A request that waits would put another's choice in the place of hers.
    for waiting in PinRequest.objects.filter(user=user, status=Status.WAITING):
        _decide(waiting, Status.WITHDRAWN, user)
    _trace(user, PinEvent.Kind.CHOSEN, user)
    return write_card(user=user, motif=card.motif, colour=card.colour, pin_hash=make_password(pin))


def pins_of_the_junta() -> list[tuple[PinCard, PinEvent | None]]:
    """Each card that signs for money, and what last became of its PIN."""
    cards = PinCard.objects.filter(user__groups__name__in=roles.JUNTA, user__is_active=True)
    found = list(cards.select_related("user").distinct().order_by("user__pk"))
    events = PinEvent.objects.filter(user__in=[card.user_id for card in found])
    newest = {event.user_id: event for event in events.order_by("pk")}
    return [(card, newest.get(card.user_id)) for card in found]


def _trace(user: User, kind: PinEvent.Kind, actor: User) -> None:
    PinEvent.objects.create(user=user, kind=kind, actor=actor)


def _waiting(request: PinRequest) -> PinRequest:
    rows = PinRequest.objects.select_for_update(of=("self",)).select_related("user")
    found = rows.get(pk=request.pk)
    if found.status != Status.WAITING:
        raise PinDecided
    return found


def _decide(request: PinRequest, status: Status, actor: User) -> PinRequest:
    """The PIN is forgotten with the decision: the trace does not need it."""
    request.status, request.pin_hash = status, ""
    request.decided_by, request.decided_at = actor, timezone.now()
    request.save(update_fields=["status", "pin_hash", "decided_by", "decided_at"])
    return request
