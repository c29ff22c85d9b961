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
# What a hand writes: spaces and ends of lines wherever it likes, and any sort of dash. The same
# three stand in `ledger/checker/checker.js`, which browsers of 2015 read: nothing looks behind.
_DASHES = re.compile(r"[\u2010-\u2015\u2212]")
_GROUP = re.compile(r"(?:^|[^0-9X-])([0-9]{4})\s*-\s*([0-9X])(?![0-9X-])")
_DAY = re.compile(
    r"(?:^|[^0-9])((?:[0-9]\s*){4})-\s*([0-9]\s*[0-9])\s*-\s*([0-9]\s*[0-9])(?![0-9])"
)


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
    def begin(self) -> str:
        """What stands before the groups, in the reader's language."""
        return _("Block %(block)s, entries up to %(last)s, %(day)s:") % {
            "block": self.block,
            "last": self.last_number,
            "day": f"{self.day:%Y-%m-%d}",
        }

    @property
    def text(self) -> str:
        """The line as it is copied, in the reader's language."""
        return f"{self.begin} {' '.join(self.checked)} = {self.sum}"


def line_of(block: Block) -> RootLine:
    """The line of a block."""
    return RootLine(block.number, block.last_number, block.day, groups_of(block.root))


@dataclass(frozen=True)
class Copied:
    """A line as somebody copied it, as far as it can be read."""

    head: tuple[int, ...]
    """The numbers before the day: the block, and its last entry."""
    day: str
    groups: tuple[str, ...]
    """Each with its check digit, as `1234-5`."""
    end: str


def take_apart(text: str) -> Copied:
    """A line as it was copied or typed: spaces, ends of lines and sorts of dashes do not count."""
    text = _DASHES.sub("-", text.upper())
    day = _DAY.search(text)
    before, after = (text[: day.start()], text[day.end() :]) if day else ("", text)
    groups, _equals, end = after.partition("=")
    signs, end = re.sub(r"[^0-9X]", "", groups), re.sub(r"[^0-9]", "", end)
    size = DIGITS + 1
    if len(signs) == GROUPS * size + 2 and not end:
        signs, end = signs[:-2], signs[-2:]
    if len(signs) == GROUPS * size:
        told = [(signs[at : at + DIGITS], signs[at + DIGITS]) for at in range(0, len(signs), size)]
    else:
        told = _GROUP.findall(groups)
    return Copied(
        head=tuple(int(one) for one in re.findall(r"[0-9]{1,18}", before)),
        day="-".join(re.sub(r"\s", "", one) for one in day.groups()) if day else "",
        groups=tuple(f"{group}-{digit}" for group, digit in told),
        end=end,
    )


def read_line(text: str) -> RootLine:
    """A line as somebody copied or typed it.

    Raises Miscopied, which says where: a group whose check digit does not fit, a missing group,
    or the last number.
    """
    copied = take_apart(text)
    if not copied.day or len(copied.head) != 2:
        raise Miscopied(where=_("the block, its last entry or its day cannot be read"))
    for place, checked in enumerate(copied.groups, start=1):
        group, _dash, digit = checked.partition("-")
        if not group.isdigit() or check_digit(group) != digit:
            raise Miscopied(where=_("group %(place)s is miscopied") % {"place": place})
    if len(copied.groups) != GROUPS:
        count = {"count": len(copied.groups), "wanted": GROUPS}
        raise Miscopied(where=_("%(count)s groups stand there instead of %(wanted)s") % count)
    try:
        on = date.fromisoformat(copied.day)
    except ValueError as wrong:
        raise Miscopied(where=_("there is no such day")) from wrong
    block, last = copied.head
    line = RootLine(block, last, on, tuple(one[:DIGITS] for one in copied.groups))
    if copied.end != line.sum:
        raise Miscopied(where=_("the last number does not fit the others"))
    return line


def first_difference(text: str, line: RootLine) -> str:
    """Where a copied line is another than `line`; nothing where it is the same.

    The nine groups are enough; what stands before and after them must be right where it stands
    there. Answers `block`, `group 3`, `head` or `end`; `ledger/checker/checker.js` does the same.
    """
    copied = take_apart(text)
    if copied.head and copied.head[0] != line.block:
        return "block"
    for place, (told, right) in enumerate(zip(copied.groups, line.checked, strict=False), start=1):
        if told != right:
            return f"group {place}"
    if len(copied.groups) != GROUPS:
        return f"group {min(len(copied.groups), GROUPS) + 1}"
    days = {"", f"{line.day:%Y-%m-%d}"}
    if copied.day not in days or copied.head[1:] not in {(), (line.last_number,)}:
        return "head"
    return "" if copied.end in {"", line.sum} else "end"


def difference_words() -> dict[str, str]:
    """What is said of a difference; `{place}` is a group's, `{begin}` how the line begins."""
    return {
        "block": _("This is another line. Look for the one that begins with “{begin}”."),
        "group": _(
            "This is not the same line: group {place} is another. Look whether it was copied well."
            " If it was, do not believe the receipt."
        ),
        "head": _(
            "The groups are the same, but the numbers before them are others. Look at them again."
        ),
        "end": _("The groups are the same, but the last number is another. Look at it again."),
    }


def told_difference(where: str, line: RootLine) -> str:
    """What `first_difference` found, in a sentence."""
    what, _space, place = where.partition(" ")
    return difference_words()[what].format(place=place, begin=line.begin)


@dataclass(frozen=True)
class Judged:
    """Whether the books still have the line that was copied; the one that they have now if not."""

    holds: bool
    words: str
    line: RootLine | None = None


def judge(copied: RootLine) -> Judged:
    """What the books say to a line that was copied out of them before (a query)."""
    told = {"number": copied.block, "last": copied.last_number}
    block = Block.objects.filter(number=copied.block).first()
    if block is None:
        words = _("The books have no block %(number)s: they are not the books that were sealed.")
        return Judged(False, words % told)
    if line_of(block) != copied:
        words = _("Block %(number)s has another line now: the books are not what was sealed.")
        return Judged(False, words % told, line_of(block))
    words = _(
        "The line is the same. Entries up to %(last)s are what they were when it was copied, if the"
        " audit finds nothing."
    )
    return Judged(True, words % told)
