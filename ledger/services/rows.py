"""The rows of an entry, written with as few statements as there can be.

Plain SQL, the same on SQLite and PostgreSQL: this is the path that every event of the house
takes. What may be written is decided in `posting`; the triggers (`ledger.triggers`) check again.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import Any

from django.db import connection

from coop.kit.money import to_minor
from ledger import canonical
from ledger.models import JournalEntry, Payment
from ledger.services.lines import Line


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A line in minor units."""

    account_id: int
    side: str
    amount_minor: int
    currency: str

    @classmethod
    def of(cls, line: Line) -> "DraftLine":
        """A line of Money, as the rows hold it."""
        return cls(
            line.account.pk, str(line.side), to_minor(line.amount), line.amount.currency.code
        )

    @property
    def signed_minor(self) -> int:
        """The amount as it changes debits minus credits."""
        return self.amount_minor if self.side == "debit" else -self.amount_minor


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry before it is written."""

    day: date
    kind: str
    memo: str
    reference: str
    lines: tuple[DraftLine, ...]
    created_by_id: int | None
    created_at: datetime
    payment: Payment | None
    reverses: JournalEntry | None


@dataclass(slots=True)
class LockedAccount:
    """An account whose balance row this transaction holds."""

    id: int
    code: str
    kind: str
    currency: str
    role: str
    is_money: bool
    is_header: bool
    is_open: bool
    seq: int
    amount_minor: int
    head: str


@dataclass(frozen=True, slots=True)
class Bounds:
    """The days between which the books are open; None where nothing bounds them."""

    first_day: date | None
    closed_until: date | None


_LOCK = """
SELECT a.id, a.code, a.kind, a.currency, a.role, a.is_money, a.is_header, a.is_open,
       b.seq, b.amount_minor, b.head, (SELECT MAX(p.last_day) FROM ledger_period p),
       (SELECT MIN(e.day) FROM ledger_journalentry e)
  FROM ledger_accountbalance b JOIN ledger_account a ON a.id = b.account_id
 WHERE b.account_id IN ({ids}) ORDER BY b.account_id"""

_INSERT_POSTINGS = """
INSERT INTO ledger_posting
       (entry_id, position, account_id, day, side, amount_minor, seq, balance_after)
VALUES """
_UPDATE_BALANCES = """
UPDATE ledger_accountbalance SET seq = v.column2, amount_minor = v.column3, head = v.column4
  FROM (VALUES {values}) AS v WHERE ledger_accountbalance.account_id = v.column1"""


def lock_accounts(ids: Iterable[int]) -> tuple[dict[int, LockedAccount], Bounds]:
    """Lock the balances of these accounts, in the order of their keys; also the books' bounds.

    SQLite has locked the whole database by now (its transactions begin IMMEDIATE).
    """
    wanted = sorted(set(ids))
    sql = _LOCK.format(ids=", ".join(["%s"] * len(wanted)))
    if connection.features.has_select_for_update_of:
        sql += " FOR UPDATE OF b"
    with connection.cursor() as cursor:
        cursor.execute(sql, wanted)
        found = cursor.fetchall()
    if len(found) != len(wanted):
        raise LookupError(f"No balance row for an account among {wanted}")
    locked = {row[0]: LockedAccount(*_booleans(row[:11])) for row in found}
    return locked, Bounds(closed_until=_as_date(found[0][11]), first_day=_as_date(found[0][12]))


def _booleans(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return (*row[:5], bool(row[5]), bool(row[6]), bool(row[7]), *row[8:])


def _as_date(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def write(
    draft: Draft, locked: dict[int, LockedAccount], signed: canonical.SealedPayment | None
) -> JournalEntry:
    """Insert entry, postings and seal, and move the balances; the seal moves the months."""
    sealed = [_advance(line, locked[line.account_id]) for line in draft.lines]
    salt = secrets.token_hex(16)
    leaf = canonical.leaf_hash(_sealed_entry(draft, sealed, signed), salt)
    heads = {account.id: account.head for account in locked.values()}
    for line, posting in zip(draft.lines, sealed, strict=True):
        heads[line.account_id] = canonical.next_head(
            heads[line.account_id],
            leaf,
            signed_minor=posting.signed_minor,
            seq=posting.seq,
            balance_after=posting.balance_after,
        )
    with connection.cursor() as cursor:
        entry = _insert_entry(cursor, draft)
        _insert_postings(cursor, entry, draft, sealed)
        _update_balances(cursor, locked, heads)
        cursor.execute(
            "INSERT INTO ledger_seal (entry_id, version, salt, leaf) VALUES (%s, %s, %s, %s)",
            [entry.pk, canonical.VERSION, salt, leaf],
        )
    return entry


def _advance(line: DraftLine, account: LockedAccount) -> canonical.SealedPosting:
    account.seq += 1
    account.amount_minor += line.signed_minor
    return canonical.SealedPosting(
        account=account.code,
        kind=account.kind,
        currency=account.currency,
        is_money=account.is_money,
        side=line.side,
        amount_minor=line.amount_minor,
        seq=account.seq,
        balance_after=account.amount_minor,
    )


def _sealed_entry(
    draft: Draft, postings: list[canonical.SealedPosting], signed: canonical.SealedPayment | None
) -> canonical.SealedEntry:
    return canonical.SealedEntry(
        reference=draft.reference,
        day=draft.day,
        kind=draft.kind,
        memo=draft.memo,
        reverses=draft.reverses.reference if draft.reverses else None,
        created_by=draft.created_by_id,
        created_at=draft.created_at,
        payment=signed,
        postings=postings,
    )


def _insert_entry(cursor: Any, draft: Draft) -> JournalEntry:
    entry = JournalEntry(
        day=draft.day,
        kind=draft.kind,
        memo=draft.memo,
        reference=draft.reference,
        reverses=draft.reverses,
        payment=draft.payment,
        created_by_id=draft.created_by_id,
        created_at=draft.created_at,
    )
    cursor.execute(
        "INSERT INTO ledger_journalentry (day, kind, memo, reference, reverses_id, payment_id,"
        " created_by_id, created_at) VALUES (%s, %s, %s, %s, %s, %s, %s, %s) RETURNING id",
        [
            connection.ops.adapt_datefield_value(draft.day),
            draft.kind,
            draft.memo,
            draft.reference,
            entry.reverses_id,
            entry.payment_id,
            draft.created_by_id,
            connection.ops.adapt_datetimefield_value(draft.created_at),
        ],
    )
    entry.pk = cursor.fetchone()[0]
    state = entry._state  # noqa: SLF001 - Django's documented way to say that a row is stored
    state.adding, state.db = False, connection.alias
    return entry


def _insert_postings(
    cursor: Any, entry: JournalEntry, draft: Draft, sealed: list[canonical.SealedPosting]
) -> None:
    day = connection.ops.adapt_datefield_value(draft.day)
    values = [
        (entry.pk, position, line.account_id, day, line.side, line.amount_minor, one.seq,
         one.balance_after)
        for position, (line, one) in enumerate(zip(draft.lines, sealed, strict=True))
    ]  # fmt: skip
    row = "(%s, %s, %s, %s, %s, %s, %s, %s)"
    # SQLite takes 999 parameters at once in its oldest builds.
    for start in range(0, len(values), 100):
        part = values[start : start + 100]
        cursor.execute(_INSERT_POSTINGS + ", ".join([row] * len(part)), list(chain(*part)))


def _update_balances(cursor: Any, locked: dict[int, LockedAccount], heads: dict[int, str]) -> None:
    values = [(one.id, one.seq, one.amount_minor, heads[one.id]) for one in locked.values()]
    for start in range(0, len(values), 100):
        part = values[start : start + 100]
        sql = _UPDATE_BALANCES.format(values=", ".join(["(%s, %s, %s, %s)"] * len(part)))
        cursor.execute(sql, list(chain(*part)))
