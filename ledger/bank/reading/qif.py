"""QIF: a letter and a value a line, "^" after each movement.

The format is five letters; libraries for it guess the order of day and month and say no line.
"""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from ledger.bank.errors import AskDates, Problem, WrongLines
from ledger.bank.reading import values
from ledger.bank.reading.plan import Hints
from ledger.bank.reading.raw import RawLine, RawStatement, decoded, one_line

#: Of a bank, cash or a card; lists of accounts and categories are passed over.
_MOVEMENTS = ("!type:bank", "!type:cash", "!type:ccard", "!type:oth a", "!type:oth l")


@dataclass
class _Record:
    at: int
    fields: dict[str, tuple[int, str]] = field(default_factory=dict)

    def of(self, letter: str) -> str:
        return self.fields.get(letter, (0, ""))[1]

    def line_of(self, letter: str) -> int:
        return self.fields.get(letter, (self.at, ""))[0]


def read(data: bytes, hints: Hints) -> RawStatement:
    """Read a file. Raises WrongLines with every line that is wrong, or AskDates."""
    records = _records(decoded(data))
    days = [one.of("D").replace("'", "/").replace(" ", "") for one in records]
    order = hints.order or values.order_of(days)
    if order is None and days:
        raise AskDates(example=days[0])
    problems: list[Problem] = []
    lines = []
    for record, told in zip(records, days, strict=True):
        day = values.day(told, order or "dmy")
        amount = values.number(record.of("T") or record.of("U"))
        if day is None:
            why = _("“%(told)s” is no day.") % {"told": told[:40]}
            problems.append(Problem(record.line_of("D"), why))
        if amount is None:
            why = _("“%(told)s” is no amount.") % {"told": record.of("T")[:40]}
            problems.append(Problem(record.line_of("T"), why))
        if day is None or amount is None:
            continue
        payee, memo = record.of("P"), record.of("M")
        lines.append(
            RawLine(
                at=record.at,
                day=day,
                amount=amount,
                text=one_line(f"{payee} {memo}"),
                counterparty=payee,
                reference=record.of("N"),
            )
        )
    if problems:
        raise WrongLines(problems)
    return RawStatement("qif", lines)


def _records(text: str) -> list[_Record]:
    records, current, counts = [], None, True
    for at, row in enumerate(text.splitlines(), start=1):
        told = row.strip()
        if not told:
            continue
        if told.startswith("!"):
            counts = told.lower().startswith(_MOVEMENTS)
            current = None
        elif told == "^":
            if current is not None:
                records.append(current)
            current = None
        elif counts:
            current = current or _Record(at)
            current.fields.setdefault(told[0], (at, one_line(told[1:])))
    if current is not None:
        why = _("the last movement is not ended by “^”: the file was cut off.")
        raise WrongLines([Problem(current.at, why)])
    return records
