"""A hash of everything that a row says, so that the audit sees a change made behind our back."""

import hashlib
import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from ledger.bank.models import BankLine, LineDetail, Match, Statement


def _hash(*values: Any) -> str:
    told = json.dumps(
        values, default=_plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return hashlib.sha256(told.encode()).hexdigest()


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(timezone.get_default_timezone()).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value))


def key_by_id(account_id: int, bank_id: str) -> str:
    """What makes a line one and the same where the bank numbers its movements."""
    return _hash("id", account_id, bank_id)


def key_by_content(account_id: int, day: date, amount_minor: int, text: str, nth: int) -> str:
    """The same where the bank does not: the `nth` of those that are alike on a day."""
    return _hash("content", account_id, day, amount_minor, text, nth)


def key_of(line: BankLine) -> str:
    """The key that a line must have."""
    if line.bank_id:
        return key_by_id(line.account_id, line.bank_id)
    return key_by_content(line.account_id, line.day, line.amount_minor, line.text, line.occurrence)


def of_line(line: BankLine, details: Iterable[LineDetail] = ()) -> str:
    """Over every column of a line, and of what it gathers, in order."""
    gathered = [
        [one.position, one.amount_minor, one.text, one.counterparty, one.reference]
        for one in details
    ]
    return _hash(
        "line", 1, line.account_id, line.day, line.amount_minor, line.text, line.counterparty,
        line.reference, line.bank_id, line.occurrence, line.key,
        *([gathered] if gathered else []),
    )  # fmt: skip


def of_statement(one: Statement, mentions: Iterable[tuple[int, int, str]]) -> str:
    """Over every column of a statement but its withdrawal, and its lines in their order.

    `mentions` are position, line of the file, and the line's digest.
    """
    return _hash(
        "statement", 1, one.number, one.account_id, one.format, one.file_name, one.file_sha256,
        one.bank_number, one.first_day, one.last_day, one.opening_minor, one.closing_minor,
        one.balances, one.remarks, one.imported_by_id, one.imported_at, [*mentions],
    )  # fmt: skip


def of_match(one: Match, parts: Iterable[tuple[int, int, int]], before: str) -> str:
    """Over every column of a match, its parts (line, posting, amount), and the one before it."""
    return _hash(
        "match", 1, one.number, one.how, one.reasons, one.by_id, one.at, one.undoes_id,
        sorted(parts), before,
    )  # fmt: skip
