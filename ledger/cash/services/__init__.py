"""Every write of cash."""

from ledger.cash.services.boxes import open_box
from ledger.cash.services.counts import agree, count_box
from ledger.cash.services.handing import ask_handing_over, sign_handing_over

__all__ = ["agree", "ask_handing_over", "count_box", "open_box", "sign_handing_over"]
