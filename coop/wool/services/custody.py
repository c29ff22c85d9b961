"""Wool goes out to a member, comes back, or goes into a piece."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction
from djmoney.money import Money

from coop.kit import days
from coop.kit.money import from_minor
from coop.kit.templatetags.house import kilos
from coop.members.models import Member
from coop.people.models import User
from coop.wool import accounting
from coop.wool.errors import (
    NotEnoughInHand,
    NotEnoughInStore,
    NotWorking,
    NoWoolForHonorary,
)
from coop.wool.models import Custody, WoolLot, WoolLotQuerySet, WoolMovement
from coop.wool.services import moving
from coop.wool.services.moving import Kind, Move, Need


@transaction.atomic
def issue_wool(
    *,
    lot: WoolLot,
    member: Member,
    grams: int,
    actor: User,
    on: date | None = None,
    reference: str,
) -> WoolMovement:
    """Hand `grams` of a lot to a member for knitting; the same `reference` again changes nothing.

    Raises NoWeight, NotWorking, NoWoolForHonorary, NotEnoughInStore, NotHereYet or AlreadyDone.
    Source: accounting, "wool issued".
    """
    day = on or days.today()
    moving.check_weight(grams)
    lot = moving.locked_lots([lot.pk])[lot.pk]
    done = moving.already(reference=reference, kind=Kind.ISSUED, member=member, wool=[(lot, grams)])
    if done:
        return done[0]
    _check_knits(member)
    move = moving.take_from_store(lot, grams)
    return _hand_over([move], member, reference, actor, day)[0]


@transaction.atomic
def issue_needs(
    *,
    member: Member,
    needs: Iterable[Need],
    actor: User,
    on: date | None = None,
    reference: str,
) -> list[WoolMovement]:
    """Hand a member all of `needs`, from the oldest lots first; all of it or nothing.

    One movement a lot, one journal entry together; the same `reference` again changes nothing.
    Raises NoWeight, NothingNeeded, NotWorking, NoWoolForHonorary, NotEnoughInStore or AlreadyDone.
    """
    day = on or days.today()
    wanted = moving.merged(needs)
    lots = moving.locked_lots(_lots_for(wanted).filter(store_g__gt=0).values_list("pk", flat=True))
    done = moving.already(
        reference=reference,
        kind=Kind.ISSUED,
        member=member,
        wool=[(need, need.grams) for need in wanted],
    )
    if done:
        return done
    _check_knits(member)
    moves = [move for need in wanted for move in _from_store(need, lots)]
    return _hand_over(moves, member, reference, actor, day)


@transaction.atomic
def return_wool(
    *,
    lot: WoolLot,
    member: Member,
    grams: int,
    actor: User,
    on: date | None = None,
    reference: str,
) -> WoolMovement:
    """Take `grams` of a lot back into the store from a member, whatever her standing.

    Raises NoWeight, NotEnoughInHand or AlreadyDone. Source: accounting, "wool returned".
    """
    day = on or days.today()
    moving.check_weight(grams)
    lot = moving.locked_lots([lot.pk])[lot.pk]
    done = moving.already(
        reference=reference, kind=Kind.RETURNED, member=member, wool=[(lot, grams)]
    )
    if done:
        return done[0]
    custody = moving.locked_custodies(member, [lot.pk]).get(lot.pk)
    move = moving.take_from_hand(lot, custody, member, grams)
    lot.store_g += move.grams
    lot.store_value_minor += move.value_minor
    accounting.post_returned(
        member=member,
        value=from_minor(move.value_minor),
        reference=reference,
        actor=actor,
        on=day,
    )
    return moving.record(
        moves=[move],
        kind=Kind.RETURNED,
        member=member,
        reference=reference,
        actor=actor,
        on=day,
    )[0]


@transaction.atomic
def use_wool(
    *,
    member: Member,
    needs: Iterable[Need],
    actor: User,
    on: date | None = None,
    reference: str,
) -> Money:
    """Take `needs` out of a member's hands into a piece, oldest lots first: its wool's value.

    The caller writes the journal entry, which credits wool with members by that value together
    with the pay. The same `reference` again changes nothing and gives the same value.
    Raises NoWeight, NothingNeeded, NotEnoughInHand or AlreadyDone.
    Source: accounting, "piece passed".
    """
    day = on or days.today()
    wanted = moving.merged(needs)
    held = _lots_for(wanted).filter(custodies__member=member, custodies__grams__gt=0)
    lots = moving.locked_lots(held.values_list("pk", flat=True))
    done = moving.already(
        reference=reference,
        kind=Kind.USED,
        member=member,
        wool=[(need, need.grams) for need in wanted],
    )
    if not done:
        custodies = moving.locked_custodies(member, lots)
        moves = [move for need in wanted for move in _from_hand(need, lots, custodies, member)]
        for move in moves:
            move.lot.used_g += move.grams
            move.lot.used_value_minor += move.value_minor
        done = moving.record(
            moves=moves,
            kind=Kind.USED,
            member=member,
            reference=reference,
            actor=actor,
            on=day,
        )
    return from_minor(sum(one.value_minor for one in done))


def _check_knits(member: Member) -> None:
    """Read anew: she may have been suspended a moment ago."""
    member = Member.objects.get(pk=member.pk)
    if member.kind == Member.Kind.HONORARY:
        raise NoWoolForHonorary(member=member.name)
    if member.status != Member.Status.ACTIVE:
        raise NotWorking(member=member.name, status=member.get_status_display())


def _hand_over(
    moves: list[Move], member: Member, reference: str, actor: User, on: date
) -> list[WoolMovement]:
    moving.check_here((move.lot for move in moves), on)
    custodies = moving.locked_custodies(member, [move.lot.pk for move in moves])
    for move in moves:
        moving.put_in_hand(move, custodies.get(move.lot.pk), member)
    accounting.post_issued(
        member=member,
        value=from_minor(sum(move.value_minor for move in moves)),
        reference=reference,
        actor=actor,
        on=on,
    )
    return moving.record(
        moves=moves, kind=Kind.ISSUED, member=member, reference=reference, actor=actor, on=on
    )


def _lots_for(needs: Iterable[Need]) -> WoolLotQuerySet:
    return WoolLot.objects.of_wool(need.key for need in needs)


def _oldest_first(need: Need, lots: Mapping[int, WoolLot]) -> list[WoolLot]:
    same = [lot for lot in lots.values() if (lot.yarn_id, lot.colour_id) == need.key]
    return sorted(same, key=lambda lot: (lot.received_on, lot.pk))


def _from_store(need: Need, lots: Mapping[int, WoolLot]) -> list[Move]:
    able = _oldest_first(need, lots)
    has = sum(lot.store_g for lot in able)
    if has < need.grams:
        raise NotEnoughInStore(has=kilos(has), wool=need, asked=kilos(need.grams))
    moves, missing = [], need.grams
    for lot in able:
        grams = min(missing, lot.store_g)
        if grams:
            moves.append(moving.take_from_store(lot, grams))
            missing -= grams
    return moves


def _from_hand(
    need: Need, lots: Mapping[int, WoolLot], custodies: Mapping[int, Custody], member: Member
) -> list[Move]:
    able = [lot for lot in _oldest_first(need, lots) if lot.pk in custodies]
    has = sum(custodies[lot.pk].grams for lot in able)
    if has < need.grams:
        raise NotEnoughInHand(
            member=member.name, has=kilos(has), wool=need, asked=kilos(need.grams)
        )
    moves, missing = [], need.grams
    for lot in able:
        grams = min(missing, custodies[lot.pk].grams)
        if grams:
            moves.append(moving.take_from_hand(lot, custodies[lot.pk], member, grams))
            missing -= grams
    return moves
