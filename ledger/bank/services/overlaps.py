"""Files that tell of the same days: a movement that the bank calls by other words is the same one.

Banks rename movements between a first list and the booked one, and between one kind of file and
another. Where two files both hold a whole day, and each tells of as many movements of an amount
on it, they are the same; where a file may have begun or ended within the day, nobody can know:
then both are kept, and it is told.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date

from ledger.bank.models import BankLine
from ledger.bank.queries import statements_of
from ledger.bank.reading.raw import Remark
from ledger.models import Account

#: So many movements under other words are told one by one.
_MOST_TOLD = 20
_Key = tuple[date, int]


def known_by_other_words(
    account: Account, drafts: Sequence[tuple[BankLine, int]], there: dict[str, BankLine]
) -> tuple[dict[str, BankLine], list[Remark]]:
    """Which new lines are here already under other words, by their key; and what is to be told.

    `drafts` are a file's lines with where they stand in it; `there` those that are known as told.
    """
    new: dict[_Key, list[tuple[BankLine, int]]] = defaultdict(list)
    for line, at in drafts:
        if line.key not in there:
            new[line.day, line.amount_minor].append((line, at))
    if not new:
        return {}, []
    days = [line.day for line, _at in drafts]
    untold = _untold(account, new, {one.pk for one in there.values()})
    spans = statements_of(account).values_list("first_day", "last_day")
    inner = {
        day
        for day in {key[0] for key in untold}
        if min(days) < day < max(days) and any(first < day < last for first, last in spans)
    }
    same: dict[str, BankLine] = {}
    remarks: list[Remark] = []
    unsure = 0
    for key, known in untold.items():
        lines = new[key]
        if key[0] not in inner or len(lines) != len(known) or _are_numbered(lines, known):
            unsure += 0 if _are_numbered(lines, known) else min(len(lines), len(known))
            continue
        for (line, at), before in zip(lines, known, strict=True):
            same[line.key] = before
            remarks.append({"key": "renamed", "at": at, "told": line.text, "taken": before.text})
    if more := len(remarks) - _MOST_TOLD:
        remarks[_MOST_TOLD:] = [{"key": "renamed_more", "count": more}] if more > 0 else []
    if unsure:
        remarks.append({"key": "looks_imported", "count": unsure})
    return same, remarks


def _untold(account: Account, new: Collection[_Key], told: set[int]) -> dict[_Key, list[BankLine]]:
    """Lines that are here, of a day and an amount that come anew, and that this file does not
    call as they are called here; in their order.
    """
    days = [day for day, _amount in new]
    rows = BankLine.objects.filter(account=account, day__gte=min(days), day__lte=max(days))
    found: dict[_Key, list[BankLine]] = defaultdict(list)
    for one in rows.standing().counting().order_by("day", "pk"):
        key = (one.day, one.amount_minor)
        if key in new and one.pk not in told:
            found[key].append(one)
    return dict(found)


def _are_numbered(new: Sequence[tuple[BankLine, int]], known: Sequence[BankLine]) -> bool:
    """Whether the bank itself numbers both: then other numbers are other movements."""
    return any(line.bank_id for line, _at in new) and any(one.bank_id for one in known)
