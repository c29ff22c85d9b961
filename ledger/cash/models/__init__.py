"""The tables of cash. Write them only through `ledger.cash.services`."""

from ledger.cash.models.advances import Advance, AdvancePart
from ledger.cash.models.boxes import Box, Holding
from ledger.cash.models.counts import Agreement, Count, Proof
from ledger.cash.models.handing import HandingEnd, HandingHeard, HandingOver, HandingSign
from ledger.cash.models.pay_days import PayDay, PayDayLine

__all__ = [
    "Advance",
    "AdvancePart",
    "Agreement",
    "Box",
    "Count",
    "HandingEnd",
    "HandingHeard",
    "HandingOver",
    "HandingSign",
    "Holding",
    "PayDay",
    "PayDayLine",
    "Proof",
]
