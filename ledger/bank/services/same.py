"""Saying that two lines are one movement which the bank told twice, and taking that back."""

from django.db import transaction

from coop.people.models import User
from ledger.bank.errors import NotTheSame, SaidAlready, SameIsMatched
from ledger.bank.models import BankLine, Part, SaidSame
from ledger.bank.queries.same import may_be_same, said_of
from ledger.bank.services.importing import BANK
from ledger.services.blocks import one_at_a_time


@transaction.atomic
def say_same(*, line: BankLine, other: BankLine, actor: User) -> SaidSame:
    """Say that two lines are one: the one that is matched counts, else the one that came first.

    Both stay as the bank told them; the other counts no more until `undo_same`. Nothing else in
    the books changes.
    Raises NotTheSame, SameIsMatched or SaidAlready.
    """
    one_at_a_time(BANK)
    if said_of(line).exists() or said_of(other).filter(line=other).exists():
        raise SaidAlready
    if not may_be_same(line).filter(pk=other.pk).exists():
        raise NotTheSame
    known, again = sorted((line, other), key=lambda one: (not _is_matched(one), one.pk))
    if _is_matched(again):
        raise SameIsMatched
    if said_of(again).exists():
        raise SaidAlready
    return SaidSame.objects.create(line=again, known=known, by=actor)


@transaction.atomic
def undo_same(*, said: SaidSame, actor: User) -> SaidSame:
    """Take it back: they are two, and both count. Raises SaidAlready."""
    one_at_a_time(BANK)
    if not SaidSame.objects.standing().filter(pk=said.pk).exists():
        raise SaidAlready
    return SaidSame.objects.create(line=said.line, known=said.known, by=actor, undoes=said)


def _is_matched(line: BankLine) -> bool:
    return Part.objects.standing().filter(line=line).exists()
