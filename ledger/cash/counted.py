"""What goes out of a box without signatures is a difference that two counted: said kindly.

The trigger `cash_seal_rules` keeps the same rules in the database.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.cash.errors import CountAlone
from ledger.cash.models import Box, Count
from ledger.errors import WrongSource
from ledger.evidence import asked_of
from ledger.models import Account, JournalEntry

if TYPE_CHECKING:
    from ledger.services.rows import Draft, LockedAccount

PREFIX = "cash-count:"


def reference_of(count: Count) -> str:
    """Under which reference the difference of a count is in the books."""
    return f"{PREFIX}{count.pk}"


@asked_of(JournalEntry.Kind.CASH_COUNTED)
def difference_was_counted(draft: Draft, locked: dict[int, LockedAccount]) -> None:
    """Raises CountAlone unless the draft is just the difference of a count that stands."""
    key = draft.reference.removeprefix(PREFIX)
    count = Count.objects.filter(agreement__isnull=False, pk=int(key) if key.isdecimal() else 0)
    if (found := count.first()) is None or {
        (one.side, one.account_id, one.amount_minor) for one in draft.lines
    } != _lines(found, locked):
        raise CountAlone


@asked_of(JournalEntry.Kind.BANK_CHARGE)
def no_bank_charges_a_box(draft: Draft, locked: dict[int, LockedAccount]) -> None:
    """Raises WrongSource where a bank charge would take money that lies in a box."""
    out = [one.account_id for one in draft.lines if one.side == "credit"]
    for key in Box.objects.filter(pk__in=out).values_list("pk", flat=True):
        raise WrongSource(kind=JournalEntry.Kind.BANK_CHARGE.label, account=locked[key].code)


def _lines(count: Count, locked: dict[int, LockedAccount]) -> set[tuple[str, int, int]]:
    amount = abs(count.counted_minor - count.expected_minor)
    role = Account.Role.CASH_SHORT if count.is_short else Account.Role.CASH_OVER
    other = next((key for key, one in locked.items() if one.role == role), 0)
    box, against = ("credit", "debit") if count.is_short else ("debit", "credit")
    return {(box, count.box_id, amount), (against, other, amount)}
