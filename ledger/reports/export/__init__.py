"""The whole books for other programs: beancount, hledger, CSV, XLSX."""

from ledger.reports.export.read import one_moment
from ledger.reports.export.writing import FORMATS, write

__all__ = ["FORMATS", "one_moment", "write"]
