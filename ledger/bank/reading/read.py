"""Any file of a bank: what it is by its content, never by its name, then its reader."""

import re

from ledger.bank.errors import EmptyFile, HasEntities, NoLines, TooBig, TooManyLines, UnknownFile
from ledger.bank.reading import camt, columns, ofx, qif, swift
from ledger.bank.reading.plan import Hints
from ledger.bank.reading.raw import RawStatement, decoded
from ledger.bank.reading.tables import MOST_ROWS, Row, rows_of_csv, rows_of_xlsx

#: A year of a busy account has about one; a file of two hundred is a mistake or an attack.
MOST_BYTES = 5_000_000


def check_size(size: int) -> None:
    """Raises TooBig or EmptyFile, before a byte is read."""
    if size > MOST_BYTES:
        raise TooBig(size=-(-size // 1_000_000), most=MOST_BYTES // 1_000_000)
    if size == 0:
        raise EmptyFile


def kind_of(data: bytes) -> str:
    """ofx, qif, camt, mt940, csv or xlsx. Raises UnknownFile or HasEntities."""
    if data.startswith(b"PK\x03\x04"):
        return "xlsx"
    if data.startswith((b"\xd0\xcf\x11\xe0", b"%PDF", b"\x1f\x8b", b"\x89PNG", b"\xff\xd8\xff")):
        raise UnknownFile
    head = decoded(data[:20_000])
    found = re.search(r"<!\s*(DOCTYPE|ENTITY)", head, re.IGNORECASE)
    if found:
        raise HasEntities(line=1 + head.count("\n", 0, found.start()))
    if "OFXHEADER" in head or re.search(r"<OFX>", head, re.IGNORECASE):
        return "ofx"
    if re.search(r"^\s*!(type|account|option)", head, re.IGNORECASE | re.MULTILINE):
        return "qif"
    if re.match(r"\s*<", head):
        return "camt"
    if re.search(r"^:(20|25|28C?|60[FM]):", head, re.MULTILINE):
        return "mt940"
    return "csv"


def rows_of(data: bytes) -> list[Row]:
    """The rows of a table (CSV or XLSX)."""
    return rows_of_xlsx(data) if kind_of(data) == "xlsx" else rows_of_csv(data)


def read_statement(data: bytes, hints: Hints | None = None) -> RawStatement:
    """Read a bank's file whole. Raises a NotRead that says what is wrong, and in which line."""
    check_size(len(data))
    hints = hints or Hints()
    kind = kind_of(data)
    if kind == "ofx":
        raw = ofx.read(data)
    elif kind == "qif":
        raw = qif.read(data, hints)
    elif kind == "camt":
        raw = camt.read(data)
    elif kind == "mt940":
        raw = swift.read(data)
    else:
        raw = columns.read(rows_of(data), hints, kind)
    if len(raw.lines) + sum(len(one.details) for one in raw.lines) > MOST_ROWS:
        raise TooManyLines(most=MOST_ROWS)
    if not raw.lines and raw.closing is None:
        raise NoLines
    return raw
