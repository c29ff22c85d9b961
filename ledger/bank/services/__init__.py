"""Every write of the reconciliation."""

from ledger.bank.services.changing import book_as_arrived
from ledger.bank.services.importing import Imported, Typed, import_file
from ledger.bank.services.matching import match_lines, match_suggested, undo_match
from ledger.bank.services.receiving import record_awaited
from ledger.bank.services.rules import forget_rule
from ledger.bank.services.same import say_same, undo_same
from ledger.bank.services.statements import type_closing, withdraw_statement
from ledger.bank.services.writing import ask_payment_for, write_entry

__all__ = [
    "Imported",
    "Typed",
    "ask_payment_for",
    "book_as_arrived",
    "forget_rule",
    "import_file",
    "match_lines",
    "match_suggested",
    "record_awaited",
    "say_same",
    "type_closing",
    "undo_match",
    "undo_same",
    "withdraw_statement",
    "write_entry",
]
