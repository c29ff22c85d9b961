"""Every write of cash."""

from ledger.cash.services.boxes import open_box
from ledger.cash.services.counts import agree, count_box
from ledger.cash.services.handing import ask_handing_over, sign_handing_over
from ledger.cash.services.pay_days import ask_pay_day, sign_together

__all__ = [
    "agree",
    "ask_handing_over",
    "ask_pay_day",
    "count_box",
    "open_box",
    "sign_handing_over",
    "sign_together",
]
