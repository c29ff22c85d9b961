"""What the books miss of a month that was closed meanwhile: on which day it is written."""

from datetime import date, timedelta

from ledger import queries as books
from ledger.bank.models import BankLine


def day_to_write(line: BankLine) -> date:
    """The day of what is written for a line: its own, or the first open one after closed days."""
    closed = books.closed_until()
    return line.day if closed is None or line.day > closed else closed + timedelta(days=1)
