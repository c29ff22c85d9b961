"""Every write of the ledger."""

from ledger.services.accounts import (
    close_account,
    install_chart,
    open_account,
    open_currency,
    open_member_account,
)
from ledger.services.blocks import gather_all, gather_block
from ledger.services.exchange import becomes_expense, becomes_income, crossing
from ledger.services.handing import How, one_time_code
from ledger.services.lines import Line, credit, debit
from ledger.services.moving import move_money
from ledger.services.payments import (
    hand_over,
    pay_payment,
    request_payment,
    sign_payment,
    void_payment,
)
from ledger.services.periods import request_closing, sign_closing, void_closing
from ledger.services.posting import post_entry, reverse_entry
from ledger.services.rates import record_rate

__all__ = [
    "How",
    "Line",
    "becomes_expense",
    "becomes_income",
    "close_account",
    "credit",
    "crossing",
    "debit",
    "gather_all",
    "gather_block",
    "hand_over",
    "install_chart",
    "move_money",
    "one_time_code",
    "open_account",
    "open_currency",
    "open_member_account",
    "pay_payment",
    "post_entry",
    "record_rate",
    "request_closing",
    "request_payment",
    "reverse_entry",
    "sign_closing",
    "sign_payment",
    "void_closing",
    "void_payment",
]
