"""The rows of an entry, written with as few statements as there can be.

Plain SQL, the same on SQLite and PostgreSQL: this is the path that every event of the house
takes. What may be written is decided in `posting`; the triggers (`ledger.triggers`) check again.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
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
       b.seq, b.amount_minor, b.head,
       (SELECT p.last_day FROM ledger_period p ORDER BY p.last_day DESC LIMIT 1),
       (SELECT e.day FROM ledger_journalentry e ORDER BY e.day LIMIT 1)
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


def insert_tells() -> bool:
    """Whether `write` itself notices a reference that is there: PostgreSQL's insert does."""
    return connection.vendor == "postgresql"


def key_of(reference: str) -> int | None:
    """The key of the entry that has this reference, if there is one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM ledger_journalentry WHERE reference = %s", [reference])
        found = cursor.fetchone()
    return found[0] if found else None


def write(
    draft: Draft, locked: dict[int, LockedAccount], signed: canonical.SealedPayment | None
) -> JournalEntry | None:
    """Insert entry, postings and seal, and move the balances; the seal moves the months.

    Nothing is written, and None given, if the reference is there already (`insert_tells`).
    """
    sealed = [advance(line, locked[line.account_id]) for line in draft.lines]
    with connection.cursor() as cursor:
        entry = _insert_entry(cursor, draft)
        if entry is None:
            return None
        _insert_postings(cursor, entry, draft, sealed)
        salt = secrets.token_hex(16)
        leaf = canonical.leaf_hash(sealed_entry(entry.pk, draft, sealed, signed), salt)
        chain_on(draft, sealed, locked, leaf)
        update_balances(cursor, locked)
        cursor.execute(
            "INSERT INTO ledger_seal (entry_id, version, salt, leaf) VALUES (%s, %s, %s, %s)",
            [entry.pk, canonical.VERSION, salt, leaf],
        )
    return entry


def chain_on(
    draft: Draft,
    sealed: list[canonical.SealedPosting],
    locked: dict[int, LockedAccount],
    leaf: str,
) -> None:
    """Move the heads of the accounts' chains past these postings."""
    for line, posting in zip(draft.lines, sealed, strict=True):
        account = locked[line.account_id]
        account.head = canonical.next_head(
            account.head,
            leaf,
            signed_minor=posting.signed_minor,
            seq=posting.seq,
            balance_after=posting.balance_after,
        )


def advance(
    line: DraftLine, account: LockedAccount, key: int | None = None
) -> canonical.SealedPosting:
    """The posting of a line, and its account one further."""
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
        id=key,
    )


def sealed_entry(
    key: int,
    draft: Draft,
    postings: list[canonical.SealedPosting],
    signed: canonical.SealedPayment | None,
) -> canonical.SealedEntry:
    """The entry as its seal vouches for it."""
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
        id=key,
    )


def _insert_entry(cursor: Any, draft: Draft) -> JournalEntry | None:
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
        " created_by_id, created_at) VALUES (%s, %s, %s, %s, %s, %s, %s, %s)"
        " ON CONFLICT (reference) DO NOTHING RETURNING id",
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
    made = cursor.fetchone()
    if made is None:
        return None
    entry.pk = made[0]
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
        sql = f"{_INSERT_POSTINGS}{', '.join([row] * len(part))} RETURNING position, id"
        cursor.execute(sql, list(chain(*part)))
        for position, key in cursor.fetchall():
            sealed[position] = replace(sealed[position], id=key)


def update_balances(cursor: Any, locked: dict[int, LockedAccount]) -> None:
    """Write where the accounts and their chains stand now."""
    values = [(one.id, one.seq, one.amount_minor, one.head) for one in locked.values()]
    for start in range(0, len(values), 100):
        part = values[start : start + 100]
        sql = _UPDATE_BALANCES.format(values=", ".join(["(%s, %s, %s, %s)"] * len(part)))
        cursor.execute(sql, list(chain(*part)))
