"""Writing the books into a file, whole or not at all."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import BinaryIO

from django.conf import settings

from coop.kit.money import books_currency
from ledger.reports.export import beancount, hledger, tables
from ledger.reports.export.read import Books, one_moment

FORMATS = ("beancount", "hledger", "csv", "xlsx")
#: Told after so many lines.
STEP = 50_000


def write(form: str, file: Path | BinaryIO, *, progress: Callable[[str], object]) -> int:
    """Write the books in `form` to `file`, which stays as it was if anything goes wrong.

    Returns how many entries there were. Raises OSError, TooManyRows.
    """
    books = Books()
    with one_moment():
        if isinstance(file, Path):
            _whole(file, form, books, progress)
        else:
            _write(file, form, books, progress)
        return books.count


def _whole(file: Path, form: str, books: Books, progress: Callable[[str], object]) -> None:
    where = file.resolve().parent
    with ExitStack() as undo:
        with NamedTemporaryFile(dir=where, prefix=f".{file.name}.", delete=False) as new:
            undo.callback(Path(new.name).unlink)
            _write(new, form, books, progress)
        # Books are for whoever keeps them: the file is its owner's alone, as made.
        os.replace(new.name, file)  # noqa: PTH105 - between two names, at once
        undo.pop_all()


def _write(to: object, form: str, books: Books, progress: Callable[[str], object]) -> None:
    out: BinaryIO = to  # type: ignore[assignment]
    house = settings.WAGTAIL_SITE_NAME
    if form == "xlsx":
        out.write(tables.xlsx(books, house))
        return
    for number, line in enumerate(_lines(form, books, house), start=1):
        out.write(f"{line}\n".encode())
        if not number % STEP:
            progress(f"{number} lines")


def _lines(form: str, books: Books, house: str) -> Iterator[str]:
    if form == "beancount":
        return beancount.lines(books, house, books_currency())
    if form == "hledger":
        return hledger.lines(books, house, books_currency())
    return tables.csv_lines(books)
