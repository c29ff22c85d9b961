"""The ledger's tables. Write them only through `ledger.services`; the database insists on it."""

from ledger.models.accounts import Account, AccountBalance, AccountEvent, AccountMonth
from ledger.models.audits import AuditRun, Reading
from ledger.models.closing import Closing, ClosingEntry, ClosingSignature
from ledger.models.grants import (
    Grant,
    GrantBudget,
    GrantLine,
    GrantPayment,
    GrantPlan,
    GrantUse,
)
from ledger.models.handing import CodeTry, Handing
from ledger.models.journal import JournalEntry, Posting
from ledger.models.payments import Approval, Payment, PaymentEvent
from ledger.models.rates import ExchangeRate
from ledger.models.seals import Block, BlockItem, Period, Seal
from ledger.models.surplus import SurplusDecision, SurplusShare
from ledger.models.traces import RowTrace
from ledger.models.vouchers import Voucher, VoucherWord

__all__ = [
    "Account",
    "AccountBalance",
    "AccountEvent",
    "AccountMonth",
    "Approval",
    "AuditRun",
    "Block",
    "BlockItem",
    "Closing",
    "ClosingEntry",
    "ClosingSignature",
    "CodeTry",
    "ExchangeRate",
    "Grant",
    "GrantBudget",
    "GrantLine",
    "GrantPayment",
    "GrantPlan",
    "GrantUse",
    "Handing",
    "JournalEntry",
    "Payment",
    "PaymentEvent",
    "Period",
    "Posting",
    "Reading",
    "RowTrace",
    "Seal",
    "SurplusDecision",
    "SurplusShare",
    "Voucher",
    "VoucherWord",
]
