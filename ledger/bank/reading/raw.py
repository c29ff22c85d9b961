"""What every file of a bank comes to, whatever its format."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

#: A remark about how a file was read: a key of `ledger.bank.remarks` and its facts.
Remark = dict[str, Any]


@dataclass(frozen=True)
class RawDetail:
    """One of the payments that a line gathers; its amount signed, where the file says it."""

    amount: Decimal | None = None
    text: str = ""
    counterparty: str = ""
    reference: str = ""


@dataclass(frozen=True)
class RawLine:
    """One movement, as the file says it. `at` is its line in the file, from one."""

    at: int
    day: date
    amount: Decimal
    text: str = ""
    counterparty: str = ""
    reference: str = ""
    bank_id: str = ""
    #: Only where it differs from the file's currency, or the file has none.
    currency: str = ""
    #: What it gathers, if the bank gathered several into one.
    details: tuple[RawDetail, ...] = ()


@dataclass
class RawStatement:
    """All movements of a file, in its order, with the balances that it says."""

    format: str
    lines: list[RawLine]
    currency: str = ""
    bank_number: str = ""
    opening: Decimal | None = None
    closing: Decimal | None = None
    #: The day of the closing balance; without it the last line's.
    closing_day: date | None = None
    remarks: list[Remark] = field(default_factory=list)


def one_line(text: str | None) -> str:
    """`text` without breaks and doubled spaces."""
    return " ".join((text or "").split())


def decoded(data: bytes) -> str:
    """The text of a bank's file: UTF-8, UTF-16 with its mark, or what Windows wrote."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
