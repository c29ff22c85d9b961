"""Hearing what a phone tells: once, whatever the signal does."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from coop.kit.errors import Refusal
from coop.portal.offline.acts import act_named
from coop.portal.offline.errors import NotHerPhone, SameKeyOtherWords, TooMuch
from coop.portal.offline.models import Told
from coop.portal.offline.seals import MAY_WAIT, open_seen
from coop.portal.standing import Standing

#: Longer than a phone may wait with it: a key that is forgotten cannot come back.
KEEP_TOLD = MAY_WAIT + timedelta(days=15)
#: What one woman can tell in a day; more is a program.
MOST_A_DAY = 200


@dataclass(frozen=True)
class Word:
    """One thing that a phone tells: its key, the act, on what, and the proof of what she saw."""

    key: UUID
    act: str
    number: int
    seen: str
    told_at: datetime
    is_late: bool = False
    #: What she chose, where there was a choice: a number, a day.
    value: str = ""

    @property
    def fingerprint(self) -> str:
        """Of what it says, whenever it is said."""
        said = [self.act, str(self.number), self.seen, *([self.value] if self.value else [])]
        return sha256("|".join(said).encode()).hexdigest()


def hear(*, standing: Standing, word: Word) -> Told:
    """Do what she told, and keep the answer, in one transaction; the second time only answer.

    What the house refuses is an answer too, also when it is told too late, or is not understood.
    An answer to something that waited for signal (`is_late`) stays on her screens until she has
    read it. Raises NotHerPhone, SameKeyOtherWords or TooMuch; then nothing was written or done.
    """
    before = _heard(standing, word)
    if before:
        return before
    _refuse_flood(standing)
    try:
        with transaction.atomic():
            # The row first: of two at once the second waits here, and finds it written.
            told = _write(standing, word)
            try:
                with transaction.atomic():
                    told.sentence = _do(standing, word)
            except Refusal as refusal:
                told.outcome, told.sentence = Told.Outcome.REFUSED, str(refusal)
            told.save(update_fields=["outcome", "sentence"])
    except IntegrityError:
        heard = _heard(standing, word)
        if heard is None:
            raise
        return heard
    return told


def _do(standing: Standing, word: Word) -> str:
    act = act_named(word.act)
    seen = open_seen(word.seen, user=standing.user, act=word.act, number=word.number)
    return act.do(standing, word.number, seen, word.value)


def _write(standing: Standing, word: Word) -> Told:
    return Told.objects.create(
        key=word.key,
        user=standing.user,
        act=word.act,
        number=word.number,
        fingerprint=word.fingerprint,
        told_at=word.told_at,
        is_read=not word.is_late,
    )


def _heard(standing: Standing, word: Word) -> Told | None:
    """The answer of the first time. Raises NotHerPhone or SameKeyOtherWords."""
    told = Told.objects.filter(key=word.key).first()
    if told is None:
        return None
    if told.user_id != standing.user.pk:
        raise NotHerPhone
    if told.fingerprint != word.fingerprint:
        raise SameKeyOtherWords
    if word.is_late and told.is_read:
        # The first answer was lost on the way: she has not read it.
        told.is_read = False
        told.save(update_fields=["is_read"])
    return told


def _refuse_flood(standing: Standing) -> None:
    since = timezone.now() - timedelta(days=1)
    if Told.objects.filter(user=standing.user, heard_at__gte=since).count() >= MOST_A_DAY:
        raise TooMuch


def read(*, standing: Standing, pk: int) -> None:
    """She has seen an answer; it leaves her screens."""
    Told.objects.filter(user=standing.user, pk=pk).update(is_read=True)


def forget_told() -> int:
    """Forget what was heard long ago; how many rows."""
    old = Told.objects.filter(heard_at__lt=timezone.now() - KEEP_TOLD)
    return old.delete()[0]
