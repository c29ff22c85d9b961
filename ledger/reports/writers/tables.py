"""A report as a table to take away. Nothing in it is a formula: a spreadsheet reckons with nothing
that somebody wrote into a memo.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from djmoney.money import Money
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from coop.kit.lists import csv_answer
from coop.kit.money import minor_digits
from ledger.reports.papers import Cell, Column, Report, Row

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: A cell of a spreadsheet holds no more than this.
_MOST_IN_A_CELL = 32_000
_WIDTHS = {"text": 34, "money": 16, "day": 12, "number": 10}


def as_csv(report: Report, name: str) -> HttpResponse:
    """The report's rows as CSV; amounts as plain figures with their currency beside them."""
    place = _currency_at(report.columns)
    rows = ([_plain(one) for one in _with_currency(row, place)] for row in report.rows)
    # All of them: a report says itself when it is too long.
    return csv_answer(name, _heads(report, place), rows, most=len(report.rows))


def as_xlsx(report: Report, name: str) -> HttpResponse:
    """The report's rows as a spreadsheet."""
    answer = HttpResponse(xlsx_bytes(report), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return answer


def xlsx_bytes(report: Report) -> bytes:
    """The spreadsheet itself: one sheet, its first row the heads, which stay when one scrolls."""
    place = _currency_at(report.columns)
    heads = _heads(report, place)
    rows = (
        ([*_with_currency(row, place)], row.level not in {"line", "part"}) for row in report.rows
    )
    return workbook(report.title, heads, rows, widths=_widths(report.columns, place))


def workbook(title: str, heads: Sequence[str], rows: Any, *, widths: Sequence[int] = ()) -> bytes:
    """A spreadsheet of one sheet from heads and rows of (cells, whether they are strong)."""
    book = Workbook(write_only=True)
    book.properties.title = title
    add_sheet(book, title, heads, rows, widths=widths)
    return saved(book)


def add_sheet(
    book: Workbook, title: str, heads: Sequence[str], rows: Any, *, widths: Sequence[int] = ()
) -> None:
    """One more sheet in `book`."""
    sheet = book.create_sheet(_sheet_name(title))
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = "A2"
    sheet.append([_cell(sheet, one, strong=True) for one in heads])
    for cells, strong in rows:
        sheet.append([_cell(sheet, one, strong=strong) for one in cells])


def saved(book: Workbook) -> bytes:
    """The spreadsheet as a file holds it."""
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _heads(report: Report, place: int | None) -> list[str]:
    heads = [one.label for one in report.columns]
    if place is not None:
        heads.insert(place, _("Currency"))
    return heads


def _currency_at(columns: Sequence[Column]) -> int | None:
    """Before the first amount."""
    return next((place for place, one in enumerate(columns) if one.sort == "money"), None)


def _widths(columns: Sequence[Column], place: int | None) -> list[int]:
    widths = [_WIDTHS[one.sort] for one in columns]
    if place is not None:
        widths.insert(place, 10)
    return widths


def _with_currency(row: Row, place: int | None) -> Iterator[Cell]:
    amounts = [one for one in row.cells if isinstance(one, Money)]
    for at, cell in enumerate(row.cells):
        if at == place:
            yield amounts[0].currency.code if amounts else ""
        yield cell


def _plain(cell: Cell) -> str | int | Decimal | date | None:
    return cell.amount if isinstance(cell, Money) else cell


def _cell(sheet: Any, value: Any, *, strong: bool) -> WriteOnlyCell:
    """A cell that holds a figure, a day or words, and never a formula."""
    plain = _plain(value)
    if isinstance(plain, str):
        cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", plain)[:_MOST_IN_A_CELL])
        # openpyxl takes words that begin with = for a formula, and some for an error.
        cell.data_type = "s"
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    else:
        cell = WriteOnlyCell(sheet, plain)
    if isinstance(value, Money):
        digits = minor_digits(value.currency.code)
        cell.number_format = "#,##0" + (f".{'0' * digits}" if digits else "")
    elif isinstance(plain, date):
        cell.number_format = "yyyy-mm-dd"
    if strong:
        cell.font = Font(bold=True)
    return cell


def _sheet_name(title: str) -> str:
    """At most 31 signs, none of those that a sheet's name may not have."""
    return "".join(" " if sign in "[]:*?/\\'" else sign for sign in title)[:31].strip() or "1"
