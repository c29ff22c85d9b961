"""The ledger's tables. Write them only through `ledger.services`; the database insists on it."""

from ledger.models.accounts import Account, AccountBalance, AccountMonth
from ledger.models.audits import AuditRun, Reading
from ledger.models.handing import CodeTry, Handing
from ledger.models.journal import JournalEntry, Posting
from ledger.models.payments import Approval, Payment, PaymentEvent
from ledger.models.rates import ExchangeRate
from ledger.models.seals import Block, BlockItem, Period, Seal

__all__ = [
    "Account",
    "AccountBalance",
    "AccountMonth",
    "Approval",
    "AuditRun",
    "Block",
    "BlockItem",
    "CodeTry",
    "ExchangeRate",
    "Handing",
    "JournalEntry",
    "Payment",
    "PaymentEvent",
    "Period",
    "Posting",
    "Reading",
    "Seal",
]
