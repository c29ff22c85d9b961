"""The tables of cash. Write them only through `ledger.cash.services`."""

from ledger.cash.models.boxes import Box, Holding
from ledger.cash.models.counts import Agreement, Count
from ledger.cash.models.handing import HandingOver, HandingSign

__all__ = ["Agreement", "Box", "Count", "HandingOver", "HandingSign", "Holding"]
