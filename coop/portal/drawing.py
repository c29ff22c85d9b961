"""Numbers as things that can be counted with a finger: suns, coins and notes.

Pure functions; the templates draw what they return.
"""

from dataclasses import dataclass

from djmoney.money import Money

from coop.kit.cash import kind_of, label_of, pieces_of
from coop.kit.money import amounts_are_hidden, to_minor

#: More of one kind than this are drawn once, with their number.
PILE = 4

DAYS_OF_A_WEEK = 7
MOST_WEEKS = 8


@dataclass(frozen=True)
class Cash:
    """So many notes or coins of one kind: "20", "0.50"."""

    label: str
    kind: str
    count: int

    @property
    def drawn(self) -> range:
        """How many pictures to draw."""
        return range(self.count if self.count <= PILE else 1)

    @property
    def is_pile(self) -> bool:
        """Drawn once, with its number beside it."""
        return self.count > PILE


def cash(amount: Money) -> list[Cash]:
    """The fewest notes and coins that make `amount`; what is less than the smallest stays digits.

    Nothing for a currency whose cash we have not drawn, or for an amount below zero, or where
    amounts are hidden.
    """
    if amounts_are_hidden():
        return []
    code = amount.currency.code
    rest = to_minor(amount)
    found = []
    for value in pieces_of(code):
        count, rest = divmod(rest, value) if rest > 0 else (0, rest)
        if count:
            found.append(Cash(label_of(value), kind_of(value, code), count))
    return found


@dataclass(frozen=True)
class Suns:
    """Days as suns: a large one is a week."""

    days: int

    @property
    def weeks(self) -> range:
        """Large suns; no more than fit in a row."""
        return range(min(self.days // DAYS_OF_A_WEEK, MOST_WEEKS) if self.days > 0 else 0)

    @property
    def single(self) -> range:
        """Small suns; none when there are more weeks than are drawn."""
        if self.days // DAYS_OF_A_WEEK > MOST_WEEKS or self.days <= 0:
            return range(0)
        return range(self.days % DAYS_OF_A_WEEK)

    @property
    def is_today(self) -> bool:
        """It is due today."""
        return self.days == 0

    @property
    def is_late(self) -> bool:
        """Its day has passed."""
        return self.days < 0
