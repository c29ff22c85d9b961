"""Reading statements, what is open on both sides, and what may belong together."""

from ledger.bank.queries.open import (
    Side,
    Summary,
    account_summaries,
    address_of,
    lines_of,
    open_lines,
    open_postings,
    statements_of,
)
from ledger.bank.queries.standing import Standing, standing_of

__all__ = [
    "Side",
    "Standing",
    "Summary",
    "account_summaries",
    "address_of",
    "lines_of",
    "open_lines",
    "open_postings",
    "standing_of",
    "statements_of",
]
