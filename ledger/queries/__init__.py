"""Reading the books. No balance is ever added up from postings."""

from ledger.queries.balances import (
    AccountLine,
    Statement,
    StatementPage,
    TrialBalance,
    TrialLine,
    account,
    accounts_with_balances,
    asked_for,
    balance,
    balance_on,
    balances,
    member_accounts,
    payable_members,
    statement,
    trial_balance,
)
from ledger.queries.journal import entries, entry_in_full, newest_block, sides_of, total_of
from ledger.queries.open_book import (
    Flow,
    OpenBook,
    Place,
    money_places,
    open_book_summary,
    public_entries,
)
from ledger.queries.words import describe

__all__ = [
    "AccountLine",
    "Flow",
    "OpenBook",
    "Place",
    "Statement",
    "StatementPage",
    "TrialBalance",
    "TrialLine",
    "account",
    "accounts_with_balances",
    "asked_for",
    "balance",
    "balance_on",
    "balances",
    "describe",
    "entries",
    "entry_in_full",
    "member_accounts",
    "money_places",
    "newest_block",
    "open_book_summary",
    "payable_members",
    "public_entries",
    "sides_of",
    "statement",
    "total_of",
    "trial_balance",
]
