"""A report as a file: PDF, spreadsheet, table."""

from ledger.reports.writers.pdf import as_pdf
from ledger.reports.writers.tables import as_csv, as_xlsx

__all__ = ["as_csv", "as_pdf", "as_xlsx"]
