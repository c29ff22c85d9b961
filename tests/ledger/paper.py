"""The books with a pencil on paper: added up anew each time, and nothing of the house's own code.

A mistake in the ledger can not hide here: this file imports nothing but the standard library.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations, product

#: A line of the bank: day, text, céntimos (positive for money that came), which of its twins.
Line = tuple[date, str, int, int]


@dataclass
class Slip:
    """What an entry changed in the bank, and which entry it takes back."""

    day: date
    minor: int
    undoes: int | None = None
    is_undone: bool = False


@dataclass
class Pair:
    """Lines and slips that belong together, as (line, slip, céntimos); or did."""

    parts: list[tuple[Line, int, int]]
    is_undone: bool = False


@dataclass
class Bank:
    """The bank's paper beside ours: what it told, what we wrote, and what was ticked off."""

    lines: list[Line] = field(default_factory=list)
    #: By whatever key the caller knows an entry.
    slips: dict[int, Slip] = field(default_factory=dict)
    pairs: list[Pair] = field(default_factory=list)

    def tell(self, rows: list[tuple[date, str, int]]) -> list[Line]:
        """A file's rows, in its order: each movement once in however many files it stands."""
        alike: dict[tuple[date, str, int], int] = {}
        told = []
        for row in rows:
            alike[row] = alike.get(row, 0) + 1
            line = (*row, alike[row])
            told.append(line)
            if line not in self.lines:
                self.lines.append(line)
        return told

    def write(self, key: int, day: date, minor: int, undoes: int | None = None) -> None:
        """An entry that touches the bank; or takes one back that did."""
        self.slips[key] = Slip(day, minor, undoes)
        if undoes in self.slips:
            self.slips[undoes].is_undone = True

    def ticked(self, what: Line | int) -> int:
        """How many céntimos of a line, or of a slip, are ticked off."""
        place = 0 if isinstance(what, tuple) else 1
        standing = (one for pair in self.pairs if not pair.is_undone for one in pair.parts)
        return sum(part[2] for part in standing if part[place] == what)

    def left(self, line: Line) -> int:
        """What of a line waits."""
        return line[2] - self.ticked(line)

    def waits(self, key: int) -> int:
        """What of a slip waits: one that was taken back before the bank told of it does not, and
        what takes it back does not either.
        """
        slip = self.slips[key]
        if slip.is_undone and not self.ticked(key):
            return 0
        if slip.undoes in self.slips and not self.ticked(slip.undoes):
            return 0
        return slip.minor - self.ticked(key)

    def tick(self, lines: list[Line], keys: list[int], *, rest: bool) -> bool:
        """Tick lines and slips off together; or say that it may not be."""
        lines, keys = list(dict.fromkeys(lines)), list(dict.fromkeys(keys))
        told = {one: self.left(one) for one in lines}
        wrote = {one: self.waits(one) for one in keys}
        if not all(told.values()) or not all(wrote.values()):
            return False
        here, there = sum(told.values()), sum(wrote.values())
        if here * there <= 0 or any(one * here < 0 for one in told.values()):
            return False
        if here != there:
            goes_back = any(one * here < 0 for one in wrote.values())
            if not rest or (len(lines) > 1 and len(keys) > 1) or goes_back:
                return False
        self.pairs.append(Pair(self._parts(told, wrote, here)))
        return True

    def fitting(self) -> list[tuple[list[Line], list[int]]]:
        """What could be ticked off and comes out even, with one on one side at least."""
        lines = [one for one in self.lines if self.left(one)][:6]
        keys = [one for one in self.slips if self.waits(one)][:6]
        some = [[one] for one in lines], [[one] for one in keys]
        many = (
            [list(two) for two in combinations(lines, 2)],
            [list(two) for two in combinations(keys, 2)],
        )
        tries = [*product(many[0], some[1]), *product(some[0], many[1]), *product(some[0], some[1])]
        return [
            (one, other)
            for one, other in tries
            if sum(map(self.left, one)) == sum(map(self.waits, other)) != 0
        ]

    def _parts(
        self, told: dict[Line, int], wrote: dict[int, int], here: int
    ) -> list[tuple[Line, int, int]]:
        """Who is ticked off with how much; what goes the other way stands with the largest."""
        parts: list[tuple[Line, int, int]] = []
        by_day = sorted(told, key=lambda one: (one[0], self.lines.index(one)))
        order = list(self.slips)
        keys = sorted(wrote, key=lambda one: (self.slips[one].day, order.index(one)))
        largest = max(by_day, key=lambda one: abs(told[one]))
        for key in keys:
            if wrote[key] * here < 0:
                parts.append((largest, key, wrote[key]))
                told[largest] -= wrote.pop(key)
        for line in by_day:
            for key in [one for one in keys if wrote.get(one)]:
                minor = min(abs(told[line]), abs(wrote[key])) * (1 if here > 0 else -1)
                if minor:
                    parts.append((line, key, minor))
                    told[line] -= minor
                    wrote[key] -= minor
        return parts


class Paper:
    """The same books on paper: what was written, added up anew each time; nothing of ours."""

    def __init__(self) -> None:
        self.written: list[tuple[date, dict[str, int]]] = []
        self.closed = date.min
        self.bank = Bank()

    def write(self, day: date, **net: int) -> None:
        """An entry by what it changes, debits minus credits, of each account."""
        assert sum(net.values()) == 0
        self.written.append((day, net))

    def first_open(self, day: date) -> date:
        """The day, or the first after what is closed."""
        return max(day, self.closed + timedelta(days=1)) if self.closed > date.min else day

    def takes(self, day: date) -> bool:
        """Whether an entry of this day may still be written."""
        first = min((on for on, _ in self.written), default=date.min)
        return day > self.closed and day >= first

    def balance(self, name: str, day: date = date.max) -> int:
        """What is on an account at the end of a day."""
        return sum(net.get(name, 0) for on, net in self.written if on <= day)
