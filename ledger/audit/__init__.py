"""What must always hold in the books, checked row by row on the live database.

Importing this registers the checks with `coop.kit.audit`.
"""

from ledger.audit import balances, blocks, closing, entries, money, papers, rates, seals, traces

__all__ = [
    "balances",
    "blocks",
    "closing",
    "entries",
    "money",
    "papers",
    "rates",
    "seals",
    "traces",
]
