"""Which few amounts make up another exactly: bounded, and the same answer every time."""

from collections.abc import Sequence
from datetime import date

#: An item: its key, its amount in minor units, its day.
Item = tuple[int, int, date]

#: Of so many items, the nearest first, are sums tried; so many of them in one.
NEAREST, MOST = 18, 6
#: So many steps at most.
STEPS = 20_000


def sums_to(target: int, items: Sequence[Item]) -> list[int]:
    """The keys of at least two items that add up to `target`; none if two ways would.

    All items of one day together come first: so banks gather a day's receipts and a pay day.
    """
    sign = 1 if target > 0 else -1
    usable = [(key, amount * sign, day) for key, amount, day in items if amount * sign > 0]
    target *= sign
    for day in dict.fromkeys(day for _key, _amount, day in usable):
        of_day = [one for one in usable if one[2] == day]
        if len(of_day) > 1 and sum(amount for _key, amount, _day in of_day) == target:
            return [key for key, _amount, _day in of_day]
    return _Search(target, [one for one in usable if one[1] < target][:NEAREST]).only()


class _Search:
    """Depth first, with what is still reachable; stops at the second answer."""

    def __init__(self, target: int, items: Sequence[Item]) -> None:
        self.items = items
        self.rest = [0] * (len(items) + 1)
        for place in range(len(items) - 1, -1, -1):
            self.rest[place] = self.rest[place + 1] + items[place][1]
        self.found: list[list[int]] = []
        self.steps = 0
        self._go(0, target, [])

    def only(self) -> list[int]:
        """The answer, if there is exactly one and every possibility was tried."""
        return self.found[0] if len(self.found) == 1 and self.steps <= STEPS else []

    def _go(self, place: int, left: int, chosen: list[int]) -> None:
        self.steps += 1
        if self.steps > STEPS or len(self.found) > 1:
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
