"""Counting a box: one counts, a second saw the same, the difference is booked."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from coop.kit import days
from coop.people.models import User
from coop.people.pins import TypedPin
from ledger.cash.counted import reference_of
from ledger.cash.errors import (
    BoxMoved,
    CountedAlready,
    CountStands,
    MayNotCount,
    NegativeCount,
    SamePerson,
    TooMany,
)
from ledger.cash.models import Agreement, Box, Count, Proof
from ledger.cash.models.counts import COLUMNS
from ledger.cash.services.proofs import prove
from ledger.models import Account, JournalEntry
from ledger.queries import account as account_of
from ledger.services import credit, debit, post_entry
from ledger.services.rows import lock_accounts

COUNT = "cash.count_box"
#: Of one kind of note nobody has more in a box.
MOST_OF_ONE = 100_000


def may_count(person: User, box: Box) -> bool:
    """Those of the Junta, and whoever has the box."""
    return person.has_perm(COUNT) or holds(person, box)


def holds(person: User, box: Box) -> bool:
    """Whether the box is with her now."""
    newest = box.holdings.order_by("-number").first()
    return newest is not None and newest.holder_id == person.pk


@transaction.atomic
def count_box(
    *,
    box: Box,
    numbers: Mapping[int, int],
    counter: User,
    other_minor: int = 0,
    note: str = "",
    on: date | None = None,
    reference: str,
) -> Count:
    """Write down how many of each note and coin lay in the box; `numbers` by what one is worth.

    It stands once a second person agrees (`agree`). The same `reference` again gives the count
    that is there. Raises MayNotCount, NegativeCount, TooMany or CountedAlready.
    """
    box = Box.objects.select_related("account").get(pk=box.pk)
    if not may_count(counter, box):
        raise MayNotCount
    if other_minor < 0 or any(one < 0 for one in numbers.values()):
        raise NegativeCount
    if any(one > MOST_OF_ONE for one in numbers.values()) or other_minor > MOST_OF_ONE * 100:
        raise TooMany
    counted = other_minor + sum(value * numbers.get(value, 0) for value in COLUMNS)
    there = Count.objects.filter(reference=reference).select_related("box__account").first()
    if there is not None:
        if (there.box_id, there.counted_minor) != (box.pk, counted):
            raise CountedAlready
        return there
    locked, _bounds = lock_accounts([box.pk])
    return Count.objects.create(
        box=box,
        on=on or days.today(),
        counter=counter,
        other_minor=other_minor,
        counted_minor=counted,
        expected_minor=locked[box.pk].amount_minor,
        seq=locked[box.pk].seq,
        note=note,
        reference=reference,
        **{column: numbers.get(value, 0) for value, column in COLUMNS.items()},
    )


def agree(
    *, count: Count, person: User, actor: User, drawing: str = "", typed: TypedPin | None = None
) -> Count:
    """A second `person` counted the same; a difference goes into the books.

    She is at her own screen (`actor` is she), or draws her name on another's and types her PIN.
    Saying it again changes nothing. Raises CountStands for another's word, SamePerson, BoxMoved,
    or what `prove` does. Source: accounting, "cash count differs".
    """
    if _is_agreed(count, person):
        return Count.objects.select_related("box__account", "counter").get(pk=count.pk)
    if person.pk == count.counter_id:
        raise SamePerson(name=count.counter)
    proof = prove(person=person, actor=actor, drawing=drawing, typed=typed)
    return _agree(count, person, actor, proof, drawing)


@transaction.atomic
def _agree(count: Count, person: User, actor: User, proof: Proof, drawing: str) -> Count:
    count = Count.objects.select_related("box__account", "counter").get(pk=count.pk)
    short, over = (_other(count, one) for one in ("cash_short", "cash_over"))
    locked, _bounds = lock_accounts([count.box_id, short.pk, over.pk])
    if _is_agreed(count, person):
        return count
    if locked[count.box_id].seq != count.seq:
        raise BoxMoved
    Agreement.objects.create(
        count=count,
        person=person,
        proof=proof,
        drawing="" if person.pk == actor.pk else drawing,
        written_by=actor,
    )
    _book(count, short, over, actor)
    return count


def _is_agreed(count: Count, person: User) -> bool:
    """Whether she has said it already. Raises CountStands where another did."""
    there = Agreement.objects.filter(count=count).first()
    if there is not None and there.person_id != person.pk:
        raise CountStands
    return there is not None


def _other(count: Count, role: str) -> Account:
    return account_of(role, count.box.account.currency)


def _book(count: Count, short: Account, over: Account, actor: User) -> None:
    """Cash short (or cash) / cash (or cash over)."""
    amount, box = abs(count.difference), count.box.account
    if not amount.amount:
        return
    lines = (
        [debit(short, amount), credit(box, amount)]
        if count.is_short
        else [debit(box, amount), credit(over, amount)]
    )
    post_entry(
        day=count.on,
        kind=JournalEntry.Kind.CASH_COUNTED,
        memo=box.code,
        lines=lines,
        reference=reference_of(count),
        created_by=actor,
    )
