"""The newest root as a line for the paper minute book: digits that a hand can copy and check.

    Block 37, entries up to 1250, 2026-11-26: 4821-6 0934-X … = 53

Nine groups of four digits are the root (120 bits of it: whoever keeps two books ready would have
to find two roots with the same digits, and that nobody can). After each group stands its check
digit, as in the numbers of the tax office: 5, 4, 3 and 2 times the digits, added up; the check
digit is what is missing to the next multiple of 11, and X stands for ten. It catches every digit
that was miscopied and every two that changed places. The last number catches groups that changed
places, and a wrong block, entry or day: each group times its place, added to the block's number,
its last entry and its day as one number (20261126); what remains after dividing by 97.
"""

import re
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from ledger.errors import Miscopied
from ledger.models import Block

GROUPS, DIGITS = 9, 4
_WEIGHTS = (5, 4, 3, 2)
_GROUP = re.compile(r"(?<![\dX-])(\d{4})\s*[-–]\s*([\dX])(?![\dX-])", re.IGNORECASE)
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def check_digit(group: str) -> str:
    """What is missing to the next multiple of 11 when 5, 4, 3, 2 times the digits are added."""
    missing = -sum(weight * int(one) for weight, one in zip(_WEIGHTS, group, strict=True)) % 11
    return "X" if missing == 10 else str(missing)


def groups_of(root: str) -> tuple[str, ...]:
    """The nine groups of four digits of a root."""
    digits = f"{int(root, 16) % 10 ** (GROUPS * DIGITS):0{GROUPS * DIGITS}d}"
    return tuple(digits[at : at + DIGITS] for at in range(0, len(digits), DIGITS))


@dataclass(frozen=True)
class RootLine:
    """A root as it is copied by hand."""

    block: int
    last_number: int
    day: date
    groups: tuple[str, ...]

    @property
    def checked(self) -> list[str]:
        """The groups, each with its check digit."""
        return [f"{one}-{check_digit(one)}" for one in self.groups]

    @property
    def sum(self) -> str:
        """The last number of the line."""
        whole = self.block + self.last_number + int(f"{self.day:%Y%m%d}")
        whole += sum(place * int(one) for place, one in enumerate(self.groups, start=1))
        return f"{whole % 97:02d}"

    @property
    def text(self) -> str:
        """The line as it is copied, in the reader's language."""
        words = _("Block %(block)s, entries up to %(last)s, %(day)s:") % {
            "block": self.block,
            "last": self.last_number,
            "day": f"{self.day:%Y-%m-%d}",
        }
        return f"{words} {' '.join(self.checked)} = {self.sum}"


def line_of(block: Block) -> RootLine:
    """The line of a block."""
    return RootLine(block.number, block.last_number, block.day, groups_of(block.root))


def read_line(text: str) -> RootLine:
    """A line as somebody copied or typed it.

    Raises Miscopied, which says where: a group whose check digit does not fit, a missing group,
    or the last number.
    """
    day = _DAY.search(text)
    head = [int(one) for one in re.findall(r"\d{1,18}", text[: day.start()])] if day else []
    groups = _GROUP.findall(text[day.end() :]) if day else []
    ends = re.search(r"=\s*(\d{2})\s*$", text.strip())
    if day is None or len(head) != 2:
        raise Miscopied(where=_("the block, its last entry or its day cannot be read"))
    for place, (group, digit) in enumerate(groups, start=1):
        if check_digit(group) != digit.upper():
            raise Miscopied(where=_("group %(place)s is miscopied") % {"place": place})
    if len(groups) != GROUPS:
        count = {"count": len(groups), "wanted": GROUPS}
        raise Miscopied(where=_("%(count)s groups stand there instead of %(wanted)s") % count)
    try:
        on = date(*(int(one) for one in day.groups()))
    except ValueError as wrong:
        raise Miscopied(where=_("there is no such day")) from wrong
    line = RootLine(head[0], head[1], on, tuple(group for group, _digit in groups))
    if ends is None or ends[1] != line.sum:
        raise Miscopied(where=_("the last number does not fit the others"))
    return line
