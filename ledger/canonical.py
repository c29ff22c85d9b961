"""The exact bytes that a seal vouches for, and the hashes made of them.

Version 1 is JSON with sorted keys, no spaces, and UTF-8. It names accounts by code and people by
key, never by name, and holds every column of the entry and of its postings except the database's
own ids and the number, for which the block vouches. Version 2 holds the ids too, since other
tables (a matched bank line, a reading) name postings and entries by them. Sealed entries keep their
version for ever.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

VERSION = 2
EMPTY_HEAD = "0" * 64

_as_json = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode


@dataclass(frozen=True)
class SealedPosting:
    """A posting, with what its account is."""

    account: str
    kind: str
    currency: str
    is_money: bool
    side: str
    amount_minor: int
    seq: int
    balance_after: int
    id: int | None = None  # since version 2

    @property
    def signed_minor(self) -> int:
        """The amount as it changes debits minus credits."""
        return self.amount_minor if self.side == "debit" else -self.amount_minor


@dataclass(frozen=True)
class SealedPayment:
    """The payment behind an entry: who receives, who asked and who signed when (people's keys)."""

    reference: str
    payee: int | None
    requested_by: int
    requested_on: date
    signatures: tuple[tuple[int, date], ...]

    def canonical(self) -> list[object]:
        """As it stands in the canonical form, the signatures by signer."""
        signed = [[signer, day.isoformat()] for signer, day in sorted(self.signatures)]
        asked = [self.requested_by, self.requested_on.isoformat()]
        return [self.reference, self.payee, *asked, signed]


@dataclass(frozen=True)
class SealedEntry:
    """An entry with its postings in order, as it is sealed."""

    reference: str
    day: date
    kind: str
    memo: str
    reverses: str | None
    created_by: int | None
    created_at: datetime
    payment: SealedPayment | None
    postings: Sequence[SealedPosting]
    id: int | None = None  # since version 2


def canonical_form(entry: SealedEntry, version: int = VERSION) -> bytes:
    """The bytes of `entry` in a version of the canonical form.

    Raises ValueError for a version that never was.
    """
    if version not in {1, 2}:
        raise ValueError(f"No canonical form {version}")
    payment, with_ids = entry.payment, version > 1
    content: dict[str, object] = {
        "form": f"minka-entry-{version}",
        "reference": entry.reference,
        "day": entry.day.isoformat(),
        "kind": entry.kind,
        "memo": entry.memo,
        "reverses": entry.reverses,
        "created_by": entry.created_by,
        "created_at": entry.created_at.astimezone(UTC).isoformat(timespec="microseconds"),
        "payment": payment and payment.canonical(),
        "postings": [
            [
                one.account,
                one.kind,
                one.currency,
                one.is_money,
                one.side,
                one.amount_minor,
                one.seq,
                one.balance_after,
                *([one.id] if with_ids else []),
            ]
            for one in entry.postings
        ],
    }
    if with_ids:
        content["id"] = entry.id
    return _as_json(content).encode()


def leaf_hash(entry: SealedEntry, salt: str, version: int = VERSION) -> str:
    """SHA-256 over the salt and the canonical form: the seal's leaf."""
    return hashlib.sha256(bytes.fromhex(salt) + canonical_form(entry, version)).hexdigest()


def next_head(head: str, leaf: str, *, signed_minor: int, seq: int, balance_after: int) -> str:
    """The head of an account's chain after one more posting; the first follows an empty head."""
    content = f"{head or EMPTY_HEAD}{leaf}:{signed_minor}:{seq}:{balance_after}"
    return hashlib.sha256(content.encode()).hexdigest()


def block_header(
    *,
    number: int,
    previous_root: str,
    day: date,
    first_number: int,
    last_number: int,
    closed_until: date | None,
    created_at: datetime,
    trace_count: int | None = None,
    trace_root: str | None = None,
) -> bytes:
    """The first leaf of a block's tree: the root before it, and what the block says of itself.

    Blocks of the first form knew of no traces (`ledger.traces`); they keep their form for ever.
    """
    content: list[object] = [
        "minka-block-1" if trace_root is None else "minka-block-2",
        number,
        previous_root,
        day.isoformat(),
        first_number,
        last_number,
        closed_until and closed_until.isoformat(),
        created_at.astimezone(UTC).isoformat(timespec="microseconds"),
        *([] if trace_root is None else [trace_count, trace_root]),
    ]
    return json.dumps(content, separators=(",", ":")).encode()
