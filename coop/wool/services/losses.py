"""Wool that is no longer there: wasted in knitting, kept, eaten by moths."""

from datetime import date

from django.db import transaction

from coop.kit import days
from coop.kit.money import from_minor
from coop.members.models import Member
from coop.people.models import User
from coop.wool import accounting
from coop.wool.errors import WhyMissing
from coop.wool.models import WoolLot, WoolMovement
from coop.wool.services import moving
from coop.wool.services.moving import Kind, Move


@transaction.atomic
def waste_wool(
    *,
    lot: WoolLot,
    member: Member,
    grams: int,
    why: str,
    actor: User,
    on: date | None = None,
    reference: str,
) -> WoolMovement:
    """Write off what a member wasted of a lot beyond what belongs to her pieces.

    Raises NoWeight, WhyMissing, NotEnoughInHand or AlreadyDone.
    Source: accounting, "waste above tolerance"; rule set, "wool_tolerance_percent".
    """
    return _write_off(Kind.WASTED, lot, member, grams, why, actor, on or days.today(), reference)


@transaction.atomic
def lose_wool(
    *,
    lot: WoolLot,
    member: Member | None,
    grams: int,
    why: str,
    actor: User,
    on: date | None = None,
    reference: str,
) -> WoolMovement:
    """Write off wool that a member kept, or (without `member`) that the store lost.

    Raises NoWeight, WhyMissing, NotEnoughInHand, NotEnoughInStore or AlreadyDone.
    Source: accounting, "wool or piece kept"; the lot's cost goes to losses.
    """
    return _write_off(Kind.LOST, lot, member, grams, why, actor, on or days.today(), reference)


def _write_off(
    kind: Kind,
    lot: WoolLot,
    member: Member | None,
    grams: int,
    why: str,
    actor: User,
    day: date,
    reference: str,
) -> WoolMovement:
    moving.check_weight(grams)
    if not why.strip():
        raise WhyMissing
    lot = moving.locked_lots([lot.pk])[lot.pk]
    done = moving.already(reference=reference, kind=kind, member=member, wool=[(lot, grams)])
    if done:
        return done[0]
    move = _taken(lot, member, grams)
    lot.lost_g += move.grams
    lot.lost_value_minor += move.value_minor
    _post(kind, move, member, why.strip(), actor, day, reference)
    return moving.record(
        moves=[move], kind=kind, member=member, reference=reference, actor=actor, on=day
    )[0]


def _taken(lot: WoolLot, member: Member | None, grams: int) -> Move:
    if member is None:
        return moving.take_from_store(lot, grams)
    custody = moving.locked_custodies(member, [lot.pk]).get(lot.pk)
    return moving.take_from_hand(lot, custody, member, grams)


def _post(
    kind: Kind, move: Move, member: Member | None, why: str, actor: User, day: date, reference: str
) -> None:
    value = from_minor(move.value_minor)
    if kind == Kind.WASTED and member is not None:
        accounting.post_wasted(
            member=member,
            lot=move.lot,
            value=value,
            why=why,
            reference=reference,
            actor=actor,
            on=day,
        )
        return
    accounting.post_lost(
        member=member,
        lot=move.lot,
        value=value,
        why=why,
        reference=reference,
        actor=actor,
        on=day,
    )
