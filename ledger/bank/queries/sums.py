"""Which few amounts make up another exactly: bounded, and the same answer every time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

#: An item: its key, its amount in minor units, its day.
Item = tuple[int, int, date]

#: Of so many items, the nearest first, are sums tried; so many of them in one.
NEAREST, MOST = 18, 8
#: So many steps at most for one sum, and for all the sums of a page.
STEPS, STEPS_IN_ALL = 20_000, 200_000


@dataclass
class Steps:
    """How many steps were taken on a page; when there are none left, no more sums are tried."""

    taken: int = 0

    @property
    def left(self) -> int:
        """How many one sum may still take."""
        return min(STEPS, STEPS_IN_ALL - self.taken)


def sums_to(target: int, items: Sequence[Item], steps: Steps | None = None) -> list[int]:
    """The keys of at least two items that add up to `target`; none if two ways would, or if not
    every way could be tried.

    All items of one day together come first: so banks gather a day's receipts and a pay day.
    """
    sign = 1 if target > 0 else -1
    usable = [(key, amount * sign, day) for key, amount, day in items if amount * sign > 0]
    target *= sign
    by_day: dict[date, list[Item]] = {}
    for one in usable:
        by_day.setdefault(one[2], []).append(one)
    for of_day in by_day.values():
        if len(of_day) > 1 and sum(amount for _key, amount, _day in of_day) == target:
            return [key for key, _amount, _day in of_day]
    steps = steps or Steps()
    if steps.left <= 0:
        return []
    search = _Search(target, [one for one in usable if one[1] < target][:NEAREST], steps.left)
    steps.taken += search.steps
    return search.only()


class _Search:
    """Depth first, with what is still reachable; stops at the second answer."""

    def __init__(self, target: int, items: Sequence[Item], most: int) -> None:
        self.items = items
        self.most = most
        self.rest = [0] * (len(items) + 1)
        for place in range(len(items) - 1, -1, -1):
            self.rest[place] = self.rest[place + 1] + items[place][1]
        self.found: list[list[int]] = []
        self.steps = 0
        self._go(0, target, [])

    def only(self) -> list[int]:
        """The answer, if there is exactly one and every possibility was tried."""
        return self.found[0] if len(self.found) == 1 and self.steps <= self.most else []

    def _go(self, place: int, left: int, chosen: list[int]) -> None:
        self.steps += 1
        if self.steps > self.most or len(self.found) > 1:
            return
        if left == 0:
            if len(chosen) > 1:
                self.found.append([*chosen])
            return
        if place == len(self.items) or len(chosen) == MOST or self.rest[place] < left:
            return
        key, amount, _day = self.items[place]
        if amount <= left:
            self._go(place + 1, left - amount, [*chosen, key])
        self._go(place + 1, left, chosen)
