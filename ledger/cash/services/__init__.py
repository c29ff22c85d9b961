"""Every write of cash."""

from ledger.cash.services.advances import add_receipt, ask_advance, bring_back
from ledger.cash.services.boxes import open_box
from ledger.cash.services.counts import agree, count_box
from ledger.cash.services.handing import (
    ask_handing_over,
    call_off_handing_over,
    hear_of_handing_over,
    sign_handing_over,
)
from ledger.cash.services.pay_days import ask_pay_day, sign_together

__all__ = [
    "add_receipt",
    "agree",
    "ask_advance",
    "ask_handing_over",
    "ask_pay_day",
    "bring_back",
    "call_off_handing_over",
    "count_box",
    "hear_of_handing_over",
    "open_box",
    "sign_handing_over",
    "sign_together",
]
