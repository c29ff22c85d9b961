"""The rows of an entry, written with as few statements as there can be.

Plain SQL, the same on SQLite and PostgreSQL: this is the path that every event of the house
takes. What may be written is decided in `posting`; the triggers (`ledger.triggers`) check again.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import connection

from coop.kit.money import to_minor
from coop.kit.prepared import as_date, prepared_cursor
from ledger import canonical
from ledger.models import JournalEntry, Payment
from ledger.services import statements
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
_LOCK_POSTGRESQL = f"{_LOCK} FOR UPDATE OF b"


def lock_accounts(ids: Iterable[int]) -> tuple[dict[int, LockedAccount], Bounds]:
    """Lock the balances of these accounts, in the order of their keys; also the books' bounds.

    SQLite has locked the whole database by now (its transactions begin IMMEDIATE).
    """
    wanted = sorted(set(ids))
    with prepared_cursor() as cursor:
        if connection.vendor == "postgresql":
            marks = ", ".join(["%s::bigint"] * len(wanted))
            cursor.execute(_LOCK_POSTGRESQL.format(ids=marks), [str(one) for one in wanted])
        else:
            cursor.execute(_LOCK.format(ids=", ".join(["%s"] * len(wanted))), wanted)
        found = cursor.fetchall()
    if len(found) != len(wanted):
        raise LookupError(f"No balance row for an account among {wanted}")
    locked = {row[0]: LockedAccount(*_booleans(row[:11])) for row in found}
    return locked, Bounds(closed_until=as_date(found[0][11]), first_day=as_date(found[0][12]))


def _booleans(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return (*row[:5], bool(row[5]), bool(row[6]), bool(row[7]), *row[8:])


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
    with prepared_cursor() as cursor:
        made = statements.insert_entry(cursor, draft, sealed)
        if made is None:
            return None
        key, posting_keys = made
        sealed = [replace(one, id=its) for one, its in zip(sealed, posting_keys, strict=True)]
        salt = secrets.token_hex(16)
        leaf = canonical.leaf_hash(sealed_entry(key, draft, sealed, signed), salt)
        chain_on(draft, sealed, locked, leaf)
        statements.insert_seal(cursor, locked, (key, canonical.VERSION, salt, leaf))
    return _stored(key, draft)


def _stored(key: int, draft: Draft) -> JournalEntry:
    entry = JournalEntry(
        pk=key,
        day=draft.day,
        kind=draft.kind,
        memo=draft.memo,
        reference=draft.reference,
        reverses=draft.reverses,
        payment=draft.payment,
        created_by_id=draft.created_by_id,
        created_at=draft.created_at,
    )
    state = entry._state  # noqa: SLF001 - Django's documented way to say that a row is stored
    state.adding, state.db = False, connection.alias
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
