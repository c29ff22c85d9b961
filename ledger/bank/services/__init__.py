"""Every write of the reconciliation."""

from ledger.bank.services.importing import Imported, Typed, import_file
from ledger.bank.services.matching import match_lines, undo_match
from ledger.bank.services.statements import type_closing, withdraw_statement
from ledger.bank.services.writing import ask_payment_for, write_entry

__all__ = [
    "Imported",
    "Typed",
    "ask_payment_for",
    "import_file",
    "match_lines",
    "type_closing",
    "undo_match",
    "withdraw_statement",
    "write_entry",
]
