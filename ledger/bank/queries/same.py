"""Which lines may be one movement that the bank told twice, by other words."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import QuerySet

from ledger.bank.models import BankLine, Mention, SaidSame, Statement

#: A bank that renames a movement may book it so much later.
APART = timedelta(days=5)
#: So many lines of other files are compared with a page of lines.
MOST_ALIKE = 200


def may_be_same(line: BankLine) -> QuerySet[BankLine]:
    """Lines that could be this one: of its amount, near its day, in no file beside it.

    Two that stand in one file are two, and so are two that the bank itself numbers.
    """
    beside = Mention.objects.filter(
        statement__in=Mention.objects.filter(line=line, statement__withdrawn_at=None).values(
            "statement"
        )
    )
    rows = BankLine.objects.filter(
        account=line.account_id,
        amount_minor=line.amount_minor,
        day__range=(line.day - APART, line.day + APART),
    )
    rows = rows.exclude(pk=line.pk).exclude(pk__in=beside.values("line"))
    if line.bank_id:
        rows = rows.filter(bank_id="")
    return rows.standing().counting().order_by("day", "pk")


def hints(statement: Statement, lines: Sequence[BankLine]) -> dict[int, BankLine]:
    """Of a statement's lines those that look like one from another file, by their key, each with
    the nearest such one.

    They are of one amount and near in day, by other words, and one of the two stands on the first
    or last day of its file, which the bank may have cut within that day: elsewhere two files tell
    a whole day, and know it themselves (`services.overlaps`). Three queries for a page of lines.
    """
    if not lines:
        return {}
    known = set(SaidSame.objects.standing().filter(known__in=lines).values_list("known", flat=True))
    asked = [one for one in lines if one.pk not in known]
    alike = _alike(statement, asked)
    if not alike:
        return {}
    files = _files([*asked, *alike])
    found: dict[int, BankLine] = {}
    for line in asked:
        others = [one for one in alike if _looks_like(line, one, files)]
        if others:
            found[line.pk] = min(others, key=lambda one: (abs(one.day - line.day), one.pk))
    return found


def _alike(statement: Statement, lines: Sequence[BankLine]) -> list[BankLine]:
    """Lines of other files with an amount of these, so many at most."""
    if not lines:
        return []
    days = [one.day for one in lines]
    rows = BankLine.objects.filter(
        account=statement.account_id,
        amount_minor__in={one.amount_minor for one in lines},
        day__range=(min(days) - APART, max(days) + APART),
    ).exclude(pk__in=Mention.objects.filter(statement=statement).values("line"))
    return list(rows.standing().counting().order_by("day", "pk")[:MOST_ALIKE])


#: Of each line: the statements in which it stands, with their first and last day.
_Files = dict[int, dict[int, tuple[date, date]]]


def _files(lines: Sequence[BankLine]) -> _Files:
    rows = Mention.objects.filter(line__in=lines, statement__withdrawn_at=None).order_by()
    found: _Files = defaultdict(dict)
    for line, statement, first, last in rows.values_list(
        "line", "statement", "statement__first_day", "statement__last_day"
    ):
        found[line][statement] = (first, last)
    return found


def _looks_like(line: BankLine, other: BankLine, files: _Files) -> bool:
    near = line.amount_minor == other.amount_minor and abs(line.day - other.day) <= APART
    if not near or (line.bank_id and other.bank_id) or _words(line) == _words(other):
        return False
    ours, theirs = files[line.pk], files[other.pk]
    is_beside = bool(ours.keys() & theirs.keys())
    return not is_beside and any(
        one.day in span for one in (line, other) for span in files[one.pk].values()
    )


def _words(line: BankLine) -> str:
    return " ".join(f"{line.text} {line.counterparty}".casefold().split())


def said_of(line: BankLine) -> QuerySet[SaidSame]:
    """What stands of a line: that it is another, or that another is it."""
    rows = SaidSame.objects.standing().select_related("line__account", "known__account", "by")
    return rows.filter(line=line) | rows.filter(known=line)
