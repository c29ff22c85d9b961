"""How wool moves between the buckets of a lot: grams and their value together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format

from coop.kit.templatetags.house import kilos
from coop.members.models import Member
from coop.people.models import User
from coop.wool.errors import (
    AlreadyDone,
    NotEnoughInHand,
    NotEnoughInStore,
    NotHereYet,
    NothingNeeded,
    NoWeight,
)
from coop.wool.models import Colour, Custody, WoolLot, WoolMovement, Yarn

Kind = WoolMovement.Kind


@dataclass(frozen=True)
class Need:
    """So many grams of a yarn in a colour, of whatever lot."""

    yarn: Yarn
    colour: Colour
    grams: int

    @property
    def key(self) -> tuple[int, int]:
        """Which wool."""
        return self.yarn.pk, self.colour.pk

    def __str__(self) -> str:
        return f"{self.yarn} {self.colour}"


@dataclass(frozen=True)
class Move:
    """What one lot gave to a movement: `value_minor` céntimos went along with `grams`."""

    lot: WoolLot
    grams: int
    value_minor: int


def check_weight(grams: int) -> None:
    """Raises NoWeight unless there is at least a gram."""
    if grams < 1:
        raise NoWeight


def check_here(lots: Iterable[WoolLot], day: date) -> None:
    """Raises NotHereYet for a lot that came after `day`."""
    for lot in lots:
        if lot.received_on > day:
            came = date_format(lot.received_on, "DATE_FORMAT")
            raise NotHereYet(wool=f"{lot.yarn} {lot.colour}", day=came)


def merged(needs: Iterable[Need]) -> list[Need]:
    """Needs with each wool once, in the order asked. Raises NoWeight or NothingNeeded."""
    wanted: dict[tuple[int, int], Need] = {}
    for need in needs:
        check_weight(need.grams)
        before = wanted[need.key].grams if need.key in wanted else 0
        wanted[need.key] = Need(need.yarn, need.colour, before + need.grams)
    if not wanted:
        raise NothingNeeded
    return list(wanted.values())


def part_of(grams: int, of_grams: int, of_value: int) -> int:
    """The value that goes with `grams`: in proportion, and the last grams take what is left."""
    return of_value if grams == of_grams else of_value * grams // of_grams


def locked_lots(pks: Iterable[int]) -> dict[int, WoolLot]:
    """These lots as they are now, locked in the order of their keys."""
    lots = (
        WoolLot.objects.select_for_update(of=("self",))
        .select_related("yarn", "colour")
        .filter(pk__in=list(pks))
        .order_by("pk")
    )
    return {lot.pk: lot for lot in lots}


def locked_custodies(member: Member, lots: Iterable[int]) -> dict[int, Custody]:
    """What she holds of these lots, locked, by lot; the lots are locked before."""
    rows = (
        Custody.objects.select_for_update().filter(member=member, lot__in=list(lots)).order_by("pk")
    )
    return {row.lot_id: row for row in rows}


def take_from_store(lot: WoolLot, grams: int) -> Move:
    """Out of the store; the caller puts it somewhere and saves. Raises NotEnoughInStore."""
    if grams > lot.store_g:
        raise NotEnoughInStore(has=kilos(lot.store_g), wool=lot, asked=kilos(grams))
    value = part_of(grams, lot.store_g, lot.store_value_minor)
    lot.store_g -= grams
    lot.store_value_minor -= value
    return Move(lot, grams, value)


def take_from_hand(lot: WoolLot, custody: Custody | None, member: Member, grams: int) -> Move:
    """Out of her hands; the caller puts it somewhere and saves. Raises NotEnoughInHand."""
    has = custody.grams if custody else 0
    if custody is None or grams > has:
        raise NotEnoughInHand(member=member.name, has=kilos(has), wool=lot, asked=kilos(grams))
    value = part_of(grams, custody.grams, custody.value_minor)
    custody.grams -= grams
    custody.value_minor -= value
    custody.save(update_fields=["grams", "value_minor"])
    lot.held_g -= grams
    lot.held_value_minor -= value
    return Move(lot, grams, value)


def put_in_hand(move: Move, custody: Custody | None, member: Member) -> None:
    """Into her hands."""
    custody = custody or Custody(lot=move.lot, member=member)
    custody.grams += move.grams
    custody.value_minor += move.value_minor
    custody.save()
    move.lot.held_g += move.grams
    move.lot.held_value_minor += move.value_minor


def already(
    *, reference: str, kind: str, member: Member | None, wool: Sequence[tuple[object, int]]
) -> list[WoolMovement]:
    """The movements that were written under `reference` before; none if it is new.

    `wool` says what is asked now, as (lot or need, grams). Raises AlreadyDone if it was something
    else: another kind, another member, other wool or another weight.
    """
    there = list(
        WoolMovement.objects.filter(reference=reference)
        .select_related("lot__yarn", "lot__colour", "member")
        .order_by("part")
    )
    if not there:
        return []
    asked = {_wool_key(what): grams for what, grams in wool}
    by_lot = all(isinstance(what, WoolLot) for what, _grams in wool)
    found: dict[object, int] = {}
    for one in there:
        key = one.lot_id if by_lot else (one.lot.yarn_id, one.lot.colour_id)
        found[key] = found.get(key, 0) + one.grams
    member_id = member.pk if member else None
    if found != asked or any((one.kind, one.member_id) != (kind, member_id) for one in there):
        raise AlreadyDone(reference=reference)
    return there


def _wool_key(what: object) -> object:
    return what.key if isinstance(what, Need) else getattr(what, "pk", None)


def record(
    *,
    moves: Sequence[Move],
    kind: str,
    member: Member | None,
    reference: str,
    actor: User,
    on: date,
) -> list[WoolMovement]:
    """Save the lots and write the movements, each a part of `reference`."""
    for move in moves:
        move.lot.save()
    return WoolMovement.objects.bulk_create(
        WoolMovement(
            lot=move.lot,
            member=member,
            kind=kind,
            grams=move.grams,
            value_minor=move.value_minor,
            reference=reference,
            part=part,
            on=on,
            actor=actor,
        )
        for part, move in enumerate(moves, start=1)
    )
