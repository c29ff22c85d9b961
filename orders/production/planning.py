"""Sharing work out fairly: a pure function over plain data, so that anyone can check it.

The rule, in one sentence: whoever was given the least, against the hours that she offers, is
asked first, if she knows the technique well enough and has hours left before the work is due.
Hours given are those promised, whether the work is under way or done. Large work is shared in
batches, so that it does not all go to the first; equal cases are decided by the member's key.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum
from fractions import Fraction

from coop.kit.days import month_of, next_month

#: Work is given in batches of about a day and a half, then the next in turn is asked.
BATCH_MINUTES = 600
#: Work whose day has passed is still needed: whoever takes it gets this many days.
LATE_DAYS = 7


@dataclass(frozen=True)
class Job:
    """Pieces of one work order that nobody has been asked to knit; `minutes` is for one."""

    work_order_id: int
    technique_id: int
    level: int
    minutes: int
    quantity: int
    due_on: date


@dataclass(frozen=True)
class Hours:
    """What a member offers in a month, and what of it is promised, in minutes."""

    offered: int
    promised: int


@dataclass(frozen=True)
class Knitter:
    """A member who may be given work: her level by technique, her hours by month.

    Months before the planned ones count for fairness only.
    """

    member_id: int
    levels: Mapping[int, int]
    hours: Mapping[date, Hours]


@dataclass(frozen=True)
class Share:
    """So many pieces of a work order for one member; `why` is read by `sentences.explain`."""

    work_order_id: int
    member_id: int
    month: date
    quantity: int
    minutes: int
    due_on: date
    why: str = ""


class Reason(Enum):
    """Why pieces could not be placed."""

    NOBODY_KNOWS = "nobody_knows"
    NO_HOURS = "no_hours"


@dataclass(frozen=True)
class Unplaced:
    """Pieces for which nobody was found, and why."""

    work_order_id: int
    quantity: int
    reason: Reason


@dataclass(frozen=True)
class Plan:
    """A proposal: nothing is written until `services.assign` takes it."""

    shares: tuple[Share, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()

    @property
    def placed(self) -> int:
        """Pieces that found somebody."""
        return sum(share.quantity for share in self.shares)


@dataclass
class _Hand:
    """A knitter while the plan grows: what she is given counts at once."""

    knitter: Knitter
    given: dict[date, int] = field(default_factory=dict)

    def promised(self) -> int:
        before = sum(hours.promised for hours in self.knitter.hours.values())
        return before + sum(self.given.values())

    def offered(self) -> int:
        return sum(hours.offered for hours in self.knitter.hours.values())

    def load(self) -> Fraction:
        """What she was given against what she offers: the smaller, the sooner her turn."""
        return Fraction(self.promised(), self.offered() or 1)

    def room(self, month: date, first: date, last: date) -> int:
        """Minutes still free in `month`, and that fit between the days `first` and `last`."""
        hours = self.knitter.hours.get(month)
        if hours is None:
            return 0
        given = self.given.get(month, 0)
        length = monthrange(month.year, month.month)[1]
        days = (min(month.replace(day=length), last) - max(month, first)).days + 1
        free = hours.offered - hours.promised - given
        # What this plan gave her before is due before (`share_out` goes by the day).
        return max(0, min(free, hours.offered * days // length - given))


def share_out(
    *,
    jobs: Iterable[Job],
    knitters: Iterable[Knitter],
    on: date,
    batch_minutes: int = BATCH_MINUTES,
) -> Plan:
    """Share `jobs` among `knitters` as of the day `on`. The same input gives the same plan."""
    hands = [_Hand(one) for one in sorted(knitters, key=lambda one: one.member_id)]
    shares: list[Share] = []
    unplaced: list[Unplaced] = []
    for job in sorted(jobs, key=lambda one: (one.due_on, one.work_order_id)):
        able = [one for one in hands if one.knitter.levels.get(job.technique_id, 0) >= job.level]
        placed = list(_place(job, able, on, batch_minutes))
        shares += _merged(placed)
        rest = job.quantity - sum(share.quantity for share in placed)
        if rest:
            reason = Reason.NO_HOURS if able else Reason.NOBODY_KNOWS
            unplaced.append(Unplaced(job.work_order_id, rest, reason))
    return Plan(tuple(shares), tuple(unplaced))


def due_day(job_due_on: date, on: date) -> date:
    """By when it can be asked for: its day, or a week from `on` when its day has passed."""
    return job_due_on if job_due_on >= on else on + timedelta(days=LATE_DAYS)


def _place(job: Job, able: Sequence[_Hand], on: date, batch_minutes: int) -> Iterator[Share]:
    due_on = due_day(job.due_on, on)
    batch = max(1, batch_minutes // job.minutes)
    rest = job.quantity
    while rest:
        turn = _next_in_turn(job, able, on, due_on)
        if turn is None:
            return
        hand, month, room = turn
        fits = room // job.minutes
        wanted = batch if rest - batch > batch // 2 else rest
        quantity = min(rest, wanted, fits)
        why = f"least:{hand.promised()}:{hand.offered()}"
        minutes = quantity * job.minutes
        hand.given[month] = hand.given.get(month, 0) + minutes
        rest -= quantity
        yield Share(
            work_order_id=job.work_order_id,
            member_id=hand.knitter.member_id,
            month=month,
            quantity=quantity,
            minutes=minutes,
            due_on=due_on,
            why=why,
        )


def _next_in_turn(
    job: Job, able: Sequence[_Hand], on: date, due_on: date
) -> tuple[_Hand, date, int] | None:
    """The least given of those who can still knit one, her first month with room, and its room."""
    found: list[tuple[Fraction, int, int, tuple[_Hand, date, int]]] = []
    for hand in able:
        slot = _first_room(hand, job.minutes, on, due_on)
        if slot:
            # Among equals the one who just suffices: the masters stay free for what is hard.
            level = hand.knitter.levels[job.technique_id]
            found.append((hand.load(), level, hand.knitter.member_id, (hand, *slot)))
    return min(found, key=lambda one: one[:3])[3] if found else None


def _first_room(hand: _Hand, minutes: int, on: date, due_on: date) -> tuple[date, int] | None:
    month = month_of(on)
    while month <= due_on:
        room = hand.room(month, on, due_on)
        if room >= minutes:
            return month, room
        month = next_month(month)
    return None


def _merged(shares: Iterable[Share]) -> list[Share]:
    """Batches of one work order for the same member and month become one share."""
    by_key: dict[tuple[int, date], Share] = {}
    for share in shares:
        key = (share.member_id, share.month)
        first = by_key.get(key)
        if first is None:
            by_key[key] = share
        else:
            by_key[key] = Share(
                work_order_id=share.work_order_id,
                member_id=share.member_id,
                month=share.month,
                quantity=first.quantity + share.quantity,
                minutes=first.minutes + share.minutes,
                due_on=share.due_on,
                why=first.why,
            )
    return list(by_key.values())
