"""A new PIN for somebody who signs for money: one of the Junta asks, another confirms.

Otherwise whoever gives out PINs could come in as a second person, and sign twice.
"""

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from coop.people.errors import AskedByYou, NotInJunta, OwnPin, PinDecided
from coop.people.models import PinCard, PinRequest, User
from coop.people.services import check_picture, check_pin, signs_money, write_card

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
    return write_card(
        user=waiting.user, motif=waiting.motif, colour=waiting.colour, pin_hash=pin_hash
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
