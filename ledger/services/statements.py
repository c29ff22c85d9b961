"""The SQL that writes an entry: the same rows with as few statements as each database allows.

This is the path that every event of the house takes. PostgreSQL takes an entry with its postings in
one statement and the balances with the seal in another, planned once a connection; SQLite, which is
in the same process, takes each table by itself.
"""

# ruff: noqa: S608 - these are put together from our own words only
from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

from django.db import connection

if TYPE_CHECKING:
    from ledger.canonical import SealedPosting
    from ledger.services.rows import Draft, LockedAccount

#: SQLite takes 999 parameters at once in its oldest builds.
PIECE = 100
#: PostgreSQL takes 65,535.
AT_ONCE = 1000

_COLUMNS = "(day, kind, memo, reference, reverses_id, payment_id, created_by_id, created_at)"
_ENTRY = f"""
INSERT INTO ledger_journalentry {_COLUMNS} VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
    ON CONFLICT (reference) DO NOTHING RETURNING id"""
_POSTING_COLUMNS = "(entry_id, position, account_id, day, side, amount_minor, seq, balance_after)"
_SEAL = "INSERT INTO ledger_seal (entry_id, version, salt, leaf) VALUES (%s, %s, %s, %s)"

# PostgreSQL plans such a statement once for each number of rows: the types of its parameters are
# written down, and each of them is sent as text, since the driver would send a number as one of
# three types, by its size.
_LINE = "(%s::int, %s::bigint, %s::text, %s::bigint, %s::bigint, %s::bigint)"
_NOW = "(%s::bigint, %s::bigint, %s::bigint, %s::text)"
_ENTRY_WITH_POSTINGS = f"""
WITH entry AS ({_ENTRY})
INSERT INTO ledger_posting {_POSTING_COLUMNS}
SELECT entry.id, line.position, line.account, %s::date, line.side, line.amount, line.seq,
       line.balance
  FROM entry, (VALUES {{lines}}) AS line (position, account, side, amount, seq, balance)
 ORDER BY line.position
RETURNING entry_id, position, id"""
_BALANCES_OF_VALUES = """
UPDATE ledger_accountbalance
   SET seq = now.seq, amount_minor = now.amount, head = now.head
  FROM (VALUES {accounts}) AS now (id, seq, amount, head)
 WHERE ledger_accountbalance.account_id = now.id"""
_BALANCES_AND_SEAL = f"WITH balances AS ({_BALANCES_OF_VALUES}) {_SEAL}"
_BALANCES = """
UPDATE ledger_accountbalance SET seq = v.column2, amount_minor = v.column3, head = v.column4
  FROM (VALUES {values}) AS v WHERE ledger_accountbalance.account_id = v.column1"""


def insert_entry(
    cursor: Any, draft: "Draft", sealed: "Sequence[SealedPosting]"
) -> tuple[int, list[int]] | None:
    """Write the entry and its postings; its key and theirs in order.

    None, and nothing written, if its reference is there.
    """
    entry = (
        connection.ops.adapt_datefield_value(draft.day),
        draft.kind,
        draft.memo,
        draft.reference,
        draft.reverses.pk if draft.reverses else None,
        draft.payment.pk if draft.payment else None,
        draft.created_by_id,
        connection.ops.adapt_datetimefield_value(draft.created_at),
    )
    at_once = connection.vendor == "postgresql" and len(draft.lines) <= AT_ONCE
    return (_insert_at_once if at_once else _insert_apart)(cursor, entry, draft, sealed)


def _insert_at_once(
    cursor: Any, entry: tuple[Any, ...], draft: "Draft", sealed: "Sequence[SealedPosting]"
) -> tuple[int, list[int]] | None:
    lines = [
        str(one)
        for position, (line, posting) in enumerate(zip(draft.lines, sealed, strict=True))
        for one in (position, line.account_id, line.side, line.amount_minor, posting.seq,
                    posting.balance_after)
    ]  # fmt: skip
    sql = _ENTRY_WITH_POSTINGS.format(lines=", ".join([_LINE] * len(draft.lines)))
    cursor.execute(sql, (*entry, draft.day, *lines))
    made = sorted(cursor.fetchall(), key=lambda row: row[1])
    return (made[0][0], [key for _, _, key in made]) if made else None


def _insert_apart(
    cursor: Any, entry: tuple[Any, ...], draft: "Draft", sealed: "Sequence[SealedPosting]"
) -> tuple[int, list[int]] | None:
    cursor.execute(_ENTRY, entry)
    made = cursor.fetchone()
    if made is None:
        return None
    values = [
        (made[0], position, line.account_id, entry[0], line.side, line.amount_minor, one.seq,
         one.balance_after)
        for position, (line, one) in enumerate(zip(draft.lines, sealed, strict=True))
    ]  # fmt: skip
    keys = list[tuple[int, int]]()
    for start in range(0, len(values), PIECE):
        part = values[start : start + PIECE]
        rows = ", ".join(["(%s, %s, %s, %s, %s, %s, %s, %s)"] * len(part))
        cursor.execute(
            f"INSERT INTO ledger_posting {_POSTING_COLUMNS} VALUES {rows} RETURNING position, id",
            list(chain(*part)),
        )
        keys += cursor.fetchall()
    return made[0], [key for _, key in sorted(keys)]


def insert_seal(
    cursor: Any, locked: "dict[int, LockedAccount]", seal: tuple[int, int, str, str]
) -> None:
    """Move the balances, and seal the entry: its key, version, salt and leaf."""
    if connection.vendor == "postgresql" and len(locked) <= AT_ONCE:
        marks, values = _accounts(list(locked.values()))
        cursor.execute(_BALANCES_AND_SEAL.format(accounts=marks), (*values, *map(str, seal)))
        return
    update_balances(cursor, locked)
    cursor.execute(_SEAL, seal)


def update_balances(cursor: Any, locked: "dict[int, LockedAccount]") -> None:
    """Write where the accounts and their chains stand now."""
    accounts = list(locked.values())
    for start in range(0, len(accounts), PIECE):
        part = accounts[start : start + PIECE]
        if connection.vendor == "postgresql":
            marks, values = _accounts(part)
            cursor.execute(_BALANCES_OF_VALUES.format(accounts=marks), values)
            continue
        rows = [(one.id, one.seq, one.amount_minor, one.head) for one in part]
        sql = _BALANCES.format(values=", ".join(["(%s, %s, %s, %s)"] * len(part)))
        cursor.execute(sql, list(chain(*rows)))


def _accounts(accounts: "Sequence[LockedAccount]") -> tuple[str, list[str]]:
    values = [
        str(one)
        for account in accounts
        for one in (account.id, account.seq, account.amount_minor, account.head)
    ]
    return ", ".join([_NOW] * len(accounts)), values
