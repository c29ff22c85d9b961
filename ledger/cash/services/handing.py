"""Handing a box over: with what was counted in it, and the signatures of both."""

from datetime import date

from django.db import transaction

from coop.kit import days
from coop.people.models import User
from coop.people.pins import TypedPin
from ledger.cash.errors import (
    BoxMoved,
    CountAlone,
    HandedAlready,
    HandingCalledOff,
    HandingEnded,
    HandingThere,
    MayNotCallOff,
    MayNotCount,
    NotHerBox,
    NotHerTurn,
    NotTheHolder,
    ReceiverHasIt,
)
from ledger.cash.models import (
    Count,
    HandingEnd,
    HandingHeard,
    HandingOver,
    HandingSign,
    Holding,
    Proof,
)
from ledger.cash.services.counts import COUNT, may_count
from ledger.cash.services.proofs import prove
from ledger.services.rows import lock_accounts

#: In the place of a giver who is not there.
OTHERS_NEEDED = 2
#: Of why it was called off.
MOST_LETTERS = 200


@transaction.atomic
def ask_handing_over(
    *,
    count: Count,
    receiver: User,
    actor: User,
    absence: str = "",
    on: date | None = None,
) -> HandingOver:
    """The box that was counted goes to `receiver`; then giver and receiver sign.

    `absence` says why the holder is not there: then two others sign in her place. The same again
    gives what is there. Raises MayNotCount, CountAlone, BoxMoved, HandingEnded, HandingCalledOff,
    ReceiverHasIt or HandingThere.
    Source: issue 5, "handing over is count plus two signatures"; rules, "the president left".
    """
    count = _locked(count)
    if not may_count(actor, count.box):
        raise MayNotCount
    if not hasattr(count, "agreement"):
        raise CountAlone
    there = HandingOver.objects.filter(count=count).select_related("receiver").first()
    if there is not None:
        end = HandingEnd.objects.filter(handing_over=there).select_related("actor").first()
        if end is not None:
            raise HandingCalledOff(name=end.actor)
        if there.receiver_id != receiver.pk:
            raise HandingThere(name=there.receiver)
        return there
    _check_unmoved(count)
    _check_newest(count)
    now = newest_holding(count)
    if now.holder_id == receiver.pk:
        raise ReceiverHasIt(name=receiver)
    return HandingOver.objects.create(
        count=count,
        giver=now.holder,
        receiver=receiver,
        absence=absence.strip(),
        asked_by=actor,
        on=on or days.today(),
    )


def sign_handing_over(
    *,
    handing_over: HandingOver,
    person: User,
    actor: User,
    drawing: str = "",
    typed: TypedPin | None = None,
) -> HandingOver:
    """`person` signs, at her own screen or with her name drawn and her PIN; the last signature
    hands it over.

    Signing again changes nothing. Raises HandedAlready, HandingCalledOff, HandingEnded, NotHerTurn, BoxMoved, NotTheHolder where
    the box is with somebody else by now, or what `prove` does.
    """
    handing_over = HandingOver.objects.select_related("giver", "receiver").get(pk=handing_over.pk)
    if _is_signed(handing_over, person):
        return handing_over
    proof = prove(person=person, actor=actor, drawing=drawing, typed=typed)
    return _sign(handing_over, person, actor, proof, drawing)


def _is_signed(handing_over: HandingOver, person: User) -> bool:
    """Whether she has signed already.

    Raises HandedAlready, HandingCalledOff, or NotHerTurn for who never may.
    """
    if handing_over.signs.filter(person=person).exists():
        return True
    if Holding.objects.filter(handing_over=handing_over).exists():
        raise HandedAlready
    end = HandingEnd.objects.filter(handing_over=handing_over).select_related("actor").first()
    if end is not None:
        raise HandingCalledOff(name=end.actor)
    if not _may_sign(handing_over, person):
        raise NotHerTurn(name=person)
    return False


@transaction.atomic
def _sign(
    handing_over: HandingOver, person: User, actor: User, proof: Proof, drawing: str
) -> HandingOver:
    count = _locked(handing_over.count)
    if _is_signed(handing_over, person):
        return handing_over
    _check_unmoved(count)
    _check_newest(count)
    now = newest_holding(count)
    if now.holder_id != handing_over.giver_id:
        raise NotTheHolder(name=now.holder)
    HandingSign.objects.create(
        handing_over=handing_over,
        person=person,
        proof=proof,
        drawing="" if person.pk == actor.pk else drawing,
        written_by=actor,
    )
    if is_complete(handing_over):
        Holding.objects.create(
            box=count.box,
            number=now.number + 1,
            holder=handing_over.receiver,
            since=handing_over.on,
            handing_over=handing_over,
        )
    return handing_over


@transaction.atomic
def call_off_handing_over(*, handing_over: HandingOver, actor: User, note: str = "") -> HandingOver:
    """The box stays where it is; what was signed counts for nothing any more.

    Who gives or receives it says so, or one who counts boxes. Calling it off again changes
    nothing. Raises HandedAlready once it has been handed over, or MayNotCallOff.
    """
    handing_over = HandingOver.objects.select_related("count__box").get(pk=handing_over.pk)
    count = _locked(handing_over.count)
    parties = {handing_over.giver_id, handing_over.receiver_id}
    if actor.pk not in parties and not may_count(actor, count.box):
        raise MayNotCallOff
    if HandingEnd.objects.filter(handing_over=handing_over).exists():
        return handing_over
    if Holding.objects.filter(handing_over=handing_over).exists():
        raise HandedAlready
    HandingEnd.objects.create(
        handing_over=handing_over, actor=actor, note=note.strip()[:MOST_LETTERS]
    )
    return handing_over


@transaction.atomic
def hear_of_handing_over(*, handing_over: HandingOver, actor: User) -> HandingOver:
    """Whoever had the box has read that it went to another while she was away.

    Saying it again changes nothing. Raises NotHerBox for everybody else.
    """
    if handing_over.giver_id != actor.pk or not hasattr(handing_over, "holding"):
        raise NotHerBox
    HandingHeard.objects.get_or_create(handing_over=handing_over, defaults={"person": actor})
    return handing_over


def newest_holding(count: Count) -> Holding:
    """Who has the counted box now. A box always has one."""
    return Holding.objects.filter(box=count.box).select_related("holder").order_by("-number")[0]


def is_complete(handing_over: HandingOver) -> bool:
    """Whether everybody has signed who must."""
    signed = set(handing_over.signs.values_list("person_id", flat=True))
    others = signed - {handing_over.giver_id, handing_over.receiver_id}
    given = handing_over.giver_id in signed or (
        bool(handing_over.absence) and len(others) >= OTHERS_NEEDED
    )
    return handing_over.receiver_id in signed and given


def _may_sign(handing_over: HandingOver, person: User) -> bool:
    if person.pk in {handing_over.giver_id, handing_over.receiver_id}:
        return True
    # Where the giver has signed after all, nobody signs in her place.
    return handing_over.is_without_giver and person.has_perm(COUNT)


def _locked(count: Count) -> Count:
    lock_accounts([count.box_id])
    return Count.objects.select_related("box__account", "agreement").get(pk=count.pk)


def _check_unmoved(count: Count) -> None:
    locked, _bounds = lock_accounts([count.box_id])
    if locked[count.box_id].seq != count.seq + int(count.counted_minor != count.expected_minor):
        raise BoxMoved


def _check_newest(count: Count) -> None:
    """A box changes hands with its last count: so no two handings over of one box wait."""
    if Count.objects.filter(box=count.box, pk__gt=count.pk, agreement__isnull=False).exists():
        raise HandingEnded
