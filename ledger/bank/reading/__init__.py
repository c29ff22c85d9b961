"""Files of banks, read into plain values. Nothing here touches the database."""

from ledger.bank.reading.plan import Columns, Hints
from ledger.bank.reading.raw import RawLine, RawStatement
from ledger.bank.reading.read import MOST_BYTES, kind_of, read_statement

__all__ = [
    "MOST_BYTES",
    "Columns",
    "Hints",
    "RawLine",
    "RawStatement",
    "kind_of",
    "read_statement",
]
