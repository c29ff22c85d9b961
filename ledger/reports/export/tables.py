"""The books as tables: a row for each posting; in a spreadsheet the accounts and rates too."""

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from io import StringIO

from django.utils.translation import gettext as _
from djmoney.money import Money
from openpyxl import Workbook

from coop.kit.lists import plain_cell
from coop.kit.money import from_minor
from ledger.models import JournalEntry, Posting
from ledger.reports.errors import TooManyRows
from ledger.reports.export.read import Books
from ledger.reports.writers.tables import add_sheet, saved

#: A sheet has no more rows than this.
MOST_ROWS = 1_048_575
Value = str | int | date | Decimal | Money | None


def posting_heads() -> list[str]:
    """The heads of the table of postings."""
    return [
        _("No."),
        _("Day"),
        _("Kind"),
        _("Reference"),
        _("Memo"),
        _("Code"),
        _("Account"),
        _("Currency"),
        _("Debit"),
        _("Credit"),
    ]


def postings(books: Books) -> Iterator[list[Value]]:
    """A row for each posting, entry by entry."""
    for entry in books.entries():
        yield from _of(entry, books)


def _of(entry: JournalEntry, books: Books) -> Iterator[list[Value]]:
    for one in entry.postings.all():
        account = books.accounts[one.account_id].account
        amount = from_minor(one.amount_minor, account.currency)
        is_debit = one.side == Posting.Side.DEBIT
        yield [
            entry.number,
            entry.day,
            entry.get_kind_display(),
            entry.reference,
            entry.memo,
            account.code,
            account.name,
            account.currency,
            amount if is_debit else None,
            None if is_debit else amount,
        ]


def csv_lines(books: Books) -> Iterator[str]:
    """The table of postings, line by line, for any program; nothing in it is a formula."""
    yield "\ufeff" + _line(posting_heads())
    for row in postings(books):
        yield _line(plain_cell(one.amount if isinstance(one, Money) else one) for one in row)


def _line(cells: Iterable[str]) -> str:
    written = StringIO()
    csv.writer(written, lineterminator="").writerow(list(cells))
    return written.getvalue()


def xlsx(books: Books, house: str) -> bytes:
    """A spreadsheet of three sheets: accounts with what they hold, postings, rates.

    Raises TooManyRows.
    """
    if Posting.objects.count() > MOST_ROWS:
        raise TooManyRows(most=MOST_ROWS)
    book = Workbook(write_only=True)
    book.properties.title = house
    heads = [_("Code"), _("Account"), _("Kind"), _("Currency"), _("Balance")]
    accounts = (
        (
            [
                one.account.code,
                one.account.name,
                one.account.get_kind_display(),
                one.account.currency,
                from_minor(one.account.natural_sign * one.balance_minor, one.account.currency),
            ],
            False,
        )
        for one in books.accounts.values()
    )
    add_sheet(book, _("Accounts"), heads, accounts, widths=(14, 36, 12, 10, 16))
    rows = ((row, False) for row in postings(books))
    widths = (8, 12, 20, 28, 34, 12, 30, 10, 14, 14)
    add_sheet(book, _("Journal"), posting_heads(), rows, widths=widths)
    rates = (([one.day, one.currency, one.rate], False) for one in books.rates())
    add_sheet(book, _("Exchange rates"), [_("Day"), _("Currency"), _("Costs")], rates)
    return saved(book)
