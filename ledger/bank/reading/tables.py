"""CSV and XLSX as rows of text; what could do harm is refused before a cell is read."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from ledger.bank.errors import (
    HasEntities,
    HasFormulas,
    HasMacros,
    Problem,
    TooBig,
    TooManyLines,
    UnknownFile,
    WrongLines,
)
from ledger.bank.reading.raw import decoded, one_line

MOST_ROWS = 20_000
MOST_COLUMNS = 60
#: What a workbook may have when it is unpacked.
MOST_UNPACKED = 30_000_000
#: Excel keeps zeros in front of a number by writing ="0012": no formula that reckons.
_QUOTED = re.compile(r'=\s*"([^"]*)"')
_HARMFUL = ("vbaProject", "externalLinks/", "activeX/", "embeddings/", "macrosheets/")


@dataclass(frozen=True)
class Row:
    """A row that is not empty: its line in the file, and its cells as text."""

    at: int
    cells: list[str]

    def cell(self, place: int | None) -> str:
        """The cell in a column; nothing where the row is shorter."""
        if place is None or place >= len(self.cells):
            return ""
        return self.cells[place]


def rows_of_csv(data: bytes) -> list[Row]:
    """The rows of a table in text. Raises HasFormulas, TooManyLines, UnknownFile or WrongLines."""
    text = decoded(data)
    if "\0" in text:
        raise UnknownFile
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    rows = []
    try:
        for cells in reader:
            told = [_csv_cell(one, reader.line_num) for one in cells[:MOST_COLUMNS]]
            if any(told):
                rows.append(Row(reader.line_num, told))
            if len(rows) > MOST_ROWS:
                raise TooManyLines(most=MOST_ROWS)
    except csv.Error as wrong:
        why = _("it is not written as a table is: a quotation mark is not closed.")
        raise WrongLines([Problem(reader.line_num, why)]) from wrong
    return rows


def _delimiter(text: str) -> str:
    """What stands between cells: whatever splits the first lines into the most, alike."""
    head = [one for one in text.splitlines()[:40] if one.strip()]
    best = max(";\t,|", key=lambda mark: sum(one.count(mark) > 0 for one in head) * 100
               + max((one.count(mark) for one in head), default=0))  # fmt: skip
    return best if any(best in one for one in head) else ","


def _csv_cell(cell: str, at: int) -> str:
    told = one_line(cell)
    if quoted := _QUOTED.fullmatch(told):
        return quoted[1]
    if told.startswith(("=", "@")):
        raise HasFormulas(where=_("Line %(line)s") % {"line": at})
    return told


def rows_of_xlsx(data: bytes) -> list[Row]:
    """The rows of a workbook's first sheet that has any.

    Raises HasMacros, HasEntities, HasFormulas, TooBig, TooManyLines or UnknownFile.
    """
    _check_package(data)
    try:
        # Row by row, so that a large sheet does not fill the memory; not data-only, since a
        # formula must be seen as one.
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        for sheet in book.worksheets:
            rows = list(_rows(sheet))
            if rows:
                return rows
    except (InvalidFileException, KeyError, ValueError, zipfile.BadZipFile, SyntaxError) as wrong:
        raise UnknownFile from wrong
    return []


def _check_package(data: bytes) -> None:
    """Raises HasMacros, HasEntities, TooBig or UnknownFile, before the workbook is opened."""
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile as wrong:
        raise UnknownFile from wrong
    with package:
        parts = package.infolist()
        unpacked = sum(one.file_size for one in parts)
        if unpacked > MOST_UNPACKED:
            raise TooBig(size=unpacked // 1_000_000, most=MOST_UNPACKED // 1_000_000)
        names = [one.filename for one in parts]
        if any(bad in name for bad in _HARMFUL for name in names):
            raise HasMacros
        if "[Content_Types].xml" not in names:
            raise UnknownFile
        for name in names:
            if name.endswith((".xml", ".rels")):
                _check_part(package, name)


def _check_part(package: zipfile.ZipFile, name: str) -> None:
    try:
        content = package.read(name)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as wrong:
        raise UnknownFile from wrong
    found = re.search(rb"<!\s*(DOCTYPE|ENTITY)", content, re.IGNORECASE)
    utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    if found or utf16:
        raise HasEntities(line=1 + content[: found.start() if found else 0].count(b"\n"))
    if name == "[Content_Types].xml" and b"macroEnabled" in content:
        raise HasMacros


def _rows(sheet: Any) -> Iterator[Row]:
    for count, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), start=1):
        if count > MOST_ROWS:
            raise TooManyLines(most=MOST_ROWS)
        told = [_xlsx_cell(one) for one in cells]
        if any(told):
            yield Row(count, told)


def _xlsx_cell(cell: Any) -> str:
    if cell.data_type == "f":
        raise HasFormulas(where=_("Cell %(cell)s") % {"cell": cell.coordinate})
    value = cell.value
    if isinstance(value, datetime | date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, int | float) and not isinstance(value, bool):
        # A workbook stores binary fractions: as many digits as it shows, never more than cents.
        return f"{Decimal(repr(value)).quantize(Decimal('0.0001')).normalize():f}"
    return one_line(str(value)) if value is not None else ""
