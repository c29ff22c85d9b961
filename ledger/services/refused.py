"""What the database refused of an entry, in the words of the house.

Two programs can meet: what was right when one looked is no longer right when it writes. Then the
database refuses (`ledger.triggers`), and whoever wrote reads what happened, not a broken page.
What no race can bring about stays an IntegrityError: it is a fault of ours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.formats import date_format

from ledger.errors import (
    AccountClosedMeanwhile,
    ClosedMeanwhile,
    LedgerError,
    PaidMeanwhile,
    ReferenceConflict,
    ReversedMeanwhile,
)

if TYPE_CHECKING:
    from django.db import IntegrityError

    from ledger.services.rows import Draft

#: What a rule or a unique key says when it refuses, and what that means to whoever wrote.
#: The transaction is broken by then: nothing more can be read, on PostgreSQL.
MEANINGS: dict[str, type[LedgerError]] = {
    "the day is in a closed period": ClosedMeanwhile,
    "an account of the entry is closed or a header": AccountClosedMeanwhile,
    "a member is paid no more than she is owed": PaidMeanwhile,
    "payment_id": PaidMeanwhile,
    "reverses_id": ReversedMeanwhile,
    "reference": ReferenceConflict,
}


def in_words(refused: IntegrityError, draft: Draft) -> LedgerError | None:
    """What the refusal means; None for one that only a fault of ours can bring about."""
    said = str(refused)
    for words, meaning in MEANINGS.items():
        if words in said:
            return meaning(day=date_format(draft.day, "DATE_FORMAT"), reference=draft.reference)
    return None
