"""Many entries at once: books taken over, a year's bank lines, a payroll.

The same rules as `posting.post_entry`, the same rows, chains and seals, in a handful of statements
for all of them: accounts are locked once, keys are taken ahead, rows go in by COPY on PostgreSQL.
Every trigger still looks at every row.
"""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import chain
from typing import Any

from django.db import connection
from django.utils import timezone

from coop.people.models import User
from ledger import canonical, signatures
from ledger.errors import ReferenceConflict
from ledger.models import JournalEntry
from ledger.services import posting, rows, statements
from ledger.services.lines import Line
from ledger.services.rows import Draft, LockedAccount

#: References asked for at once; SQLite takes 999 parameters in its oldest builds.
PIECE = 500


@dataclass(frozen=True)
class NewEntry:
    """An entry to be, as `post_entry` takes it; what needs a payment or undoes is posted alone."""

    day: date
    kind: str
    memo: str
    lines: Sequence[Line]
    reference: str
    created_by: User | None


def post_entries(entries: Iterable[NewEntry]) -> list[int]:
    """Write all of them or none, in their order; the key of each.

    A reference that is there already gives the entry that is there, if its content is the same.
    Raises what post_entry raises, for the first that is refused; then nothing is written.
    """
    moment = timezone.now()
    drafts = [
        Draft(
            day=one.day,
            kind=str(one.kind),
            memo=one.memo,
            reference=one.reference,
            lines=posting.shape(one.lines),
            created_by_id=one.created_by.pk if one.created_by else None,
            created_at=moment,
            payment=None,
            reverses=None,
        )
        for one in entries
    ]
    if not drafts:
        return []
    with posting.one_transaction():
        locked, bounds = rows.lock_accounts(
            line.account_id for draft in drafts for line in draft.lines
        )
        keys = _already_there(drafts)
        new = {one.reference: one for one in drafts if one.reference not in keys}
        for draft in new.values():
            its = {line.account_id: locked[line.account_id] for line in draft.lines}
            posting.check(draft, its, bounds)
            signatures.check(draft, its)
            bounds = posting.bounds_after(draft, bounds)
        keys |= _write(list(new.values()), locked)
        return [keys[one.reference] for one in drafts]


def _already_there(drafts: list[Draft]) -> dict[str, int]:
    """Keys by reference of those that are in the books. Raises ReferenceConflict."""
    first: dict[str, Draft] = {}
    for one in drafts:
        if first.setdefault(one.reference, one) != one:
            raise ReferenceConflict(reference=one.reference)
    there: dict[str, int] = {}
    references = list(first)
    for start in range(0, len(references), PIECE):
        piece = references[start : start + PIECE]
        for reference in JournalEntry.objects.filter(reference__in=piece).values_list(
            "reference", flat=True
        ):
            found = posting.already_there(first[reference])
            assert found is not None  # noqa: S101 - it was just read
            there[reference] = found.pk
    return there


def _write(drafts: list[Draft], locked: dict[int, LockedAccount]) -> dict[str, int]:
    """Entries, postings, balances, then seals: a seal is checked against all before it."""
    count = sum(len(one.lines) for one in drafts)
    if not drafts:
        return {}
    adapted = cache(connection.ops.adapt_datefield_value)
    moment = connection.ops.adapt_datetimefield_value(drafts[0].created_at)  # one for all of them
    with connection.cursor() as cursor:
        keys = _keys(cursor, "ledger_journalentry", len(drafts))
        posting_keys = iter(_keys(cursor, "ledger_posting", count))
        entries, postings, seals = [], list[tuple[Any, ...]](), []
        for key, draft in zip(keys, drafts, strict=True):
            day = adapted(draft.day)
            entries.append(_entry_row(key, draft, day, moment))
            sealed = [
                rows.advance(line, locked[line.account_id], next(posting_keys))
                for line in draft.lines
            ]
            postings += _posting_rows(key, draft, day, sealed)
            salt = secrets.token_hex(16)
            leaf = canonical.leaf_hash(rows.sealed_entry(key, draft, sealed, None), salt)
            rows.chain_on(draft, sealed, locked, leaf)
            seals.append((key, canonical.VERSION, salt, leaf))
        _insert(cursor, "ledger_journalentry", _ENTRY, entries)
        _insert(cursor, "ledger_posting", _POSTING, postings)
        statements.update_balances(cursor, locked)
        _insert(cursor, "ledger_seal", _SEAL, seals)
    return {one.reference: key for key, one in zip(keys, drafts, strict=True)}


_ENTRY = ("id", "day", "kind", "memo", "reference", "created_by_id", "created_at")
_POSTING = (
    "id", "entry_id", "position", "account_id", "day", "side", "amount_minor", "seq",
    "balance_after",
)  # fmt: skip
_SEAL = ("entry_id", "version", "salt", "leaf")


def _entry_row(key: int, draft: Draft, day: Any, moment: Any) -> tuple[Any, ...]:
    return (
        key,
        day,
        draft.kind,
        draft.memo,
        draft.reference,
        draft.created_by_id,
        moment,
    )


def _posting_rows(
    key: int, draft: Draft, day: Any, sealed: list[canonical.SealedPosting]
) -> Iterable[tuple[Any, ...]]:
    for position, (line, one) in enumerate(zip(draft.lines, sealed, strict=True)):
        yield (
            one.id, key, position, line.account_id, day, one.side, one.amount_minor, one.seq,
            one.balance_after,
        )  # fmt: skip


def _keys(cursor: Any, table: str, count: int) -> list[int]:
    """Keys that nobody else will have."""
    if connection.vendor == "postgresql":
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [table, count],
        )
        return [key for (key,) in cursor.fetchall()]
    # The transaction is alone with the database; no key is used again, even of rows that are gone.
    cursor.execute(
        f"SELECT MAX((SELECT COALESCE(MAX(id), 0) FROM {table}),"  # noqa: S608 - our own words
        " COALESCE((SELECT seq FROM sqlite_sequence WHERE name = %s), 0))",
        [table],
    )
    first = cursor.fetchone()[0] + 1
    return list(range(first, first + count))


def _insert(cursor: Any, table: str, columns: tuple[str, ...], values: list[Any]) -> None:
    names = ", ".join(columns)
    if connection.vendor == "postgresql":
        with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for row in values:
                copy.write_row(row)
        return
    row = f"({', '.join(['%s'] * len(columns))})"
    at_once = 900 // len(columns)
    for start in range(0, len(values), at_once):
        part = values[start : start + at_once]
        sql = f"INSERT INTO {table} ({names}) VALUES {', '.join([row] * len(part))}"  # noqa: S608
        cursor.execute(sql, list(chain(*part)))
