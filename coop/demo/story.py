"""The thread of the demo's year: how big it is, which day it is, what happens on which day."""

import random
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from coop.kit.days import month_of

Act = Callable[[date], None]

#: The same story every time that it begins on the same day.
SEED = 3810


@dataclass(frozen=True)
class Scale:
    """How many members, months of history, products, and retail orders in all those months."""

    members: int = 30
    months: int = 12
    products: int = 38
    orders: int = 120


class Calendar:
    """What will happen on which day, in the order in which it was written down."""

    def __init__(self) -> None:
        self._days: defaultdict[date, deque[Act]] = defaultdict(deque)
        self._now = date.min

    def put(self, day: date, act: Act) -> None:
        """Let `act` happen on `day`; on a day that has passed, it happens now."""
        self._days[max(day, self._now)].append(act)

    def live(self, day: date) -> None:
        """Let everything of `day` happen, also what is written down meanwhile."""
        self._now = day
        while self._days[day]:
            self._days[day].popleft()(day)
        del self._days[day]


@dataclass
class Story:
    """What every part of the builder needs to know."""

    scale: Scale
    first_day: date
    today: date
    calendar: Calendar = field(default_factory=Calendar)
    rng: random.Random = field(default_factory=lambda: random.Random(SEED))  # noqa: S311

    @classmethod
    def until(cls, today: date, scale: Scale) -> "Story":
        """A story of `scale.months` months that ends today."""
        return cls(scale=scale, first_day=months_before(today, scale.months), today=today)

    def days(self) -> Iterator[date]:
        """Every day from the first until today."""
        day = self.first_day
        while day <= self.today:
            yield day
            day += timedelta(days=1)

    def chance(self, percent: int) -> bool:
        """True in `percent` of a hundred cases."""
        return self.rng.randrange(100) < percent

    def soon(self, day: date, fewest: int, most: int) -> date:
        """A working day some days after `day`."""
        return working_day(day + timedelta(days=self.rng.randint(fewest, most)))


def months_before(day: date, months: int) -> date:
    """The same day of the month that many months ago, or that month's last."""
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    first = date(years, month + 1, 1)
    return min(first + timedelta(days=day.day - 1), last_of_month(first))


def last_of_month(day: date) -> date:
    """The last day of `day`'s month."""
    return month_of(month_of(day) + timedelta(days=31)) - timedelta(days=1)


def working_day(day: date) -> date:
    """`day`, or the Monday after it when it is a Sunday."""
    return day + timedelta(days=1) if day.weekday() == 6 else day
