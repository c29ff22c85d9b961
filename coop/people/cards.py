"""Printed cards: one for each member, whose code leads to her picture and then to her PIN.

A card opens nothing by itself. A lost one is replaced: the old code stops at that moment.
"""

from django.db import IntegrityError, transaction
from django.utils import timezone

from coop.people.errors import CardStopped, NoPicture
from coop.people.models import Card, PinCard, User
from coop.people.services import may_come_in


def card_of(user: User) -> Card | None:
    """The card that works for `user`, if she has one."""
    return Card.objects.filter(user=user, ended_at=None).first()


def give_card(*, user: User, actor: User) -> Card:
    """The card that works for `user`, made now if she has none; printed twice it is the same.

    Raises NoPicture for somebody without picture and PIN.
    """
    if not PinCard.objects.filter(user=user).exists():
        raise NoPicture
    try:
        with transaction.atomic():
            return card_of(user) or Card.objects.create(user=user, made_by=actor)
    except IntegrityError:
        # Two desks printed it at once: both get the one that was first.
        return Card.objects.get(user=user, ended_at=None)


@transaction.atomic
def replace_card(*, user: User, actor: User, why: str = Card.Why.LOST) -> Card:
    """A new card; the one before stops working. Raises NoPicture."""
    end_card(user=user, actor=actor, why=why)
    return give_card(user=user, actor=actor)


@transaction.atomic
def end_card(*, user: User, actor: User, why: str = Card.Why.LOST) -> None:
    """Her card stops working; nothing happens if she has none."""
    card = Card.objects.select_for_update().filter(user=user, ended_at=None).first()
    if card is None:
        return
    card.ended_by, card.ended_at, card.why_ended = actor, timezone.now(), Card.Why(why)
    card.save(update_fields=["ended_by", "ended_at", "why_ended"])


def picture_of_card(token: str) -> PinCard:
    """The picture behind a printed code. Raises CardStopped for an old or unknown one."""
    card = Card.objects.filter(token=token, ended_at=None).select_related("user").first()
    found = PinCard.objects.filter(user=card.user).first() if card else None
    if card is None or found is None or not may_come_in(card.user):
        raise CardStopped
    return found
