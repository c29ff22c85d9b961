"""Rates from a table (CSV): all of them, or none and the line that is wrong."""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.db import transaction
from django.utils.translation import gettext as _

from coop.kit.errors import Refusal
from coop.people.models import User
from ledger.errors import RatesFileWrong
from ledger.models import ExchangeRate
from ledger.services.rates import record_rate

MOST_BYTES, MOST_LINES = 1_000_000, 5000
#: What people call the columns.
COLUMNS = {
    "day": ("day", "date", "fecha", "día", "dia"),
    "currency": ("currency", "moneda", "divisa", "code", "código", "codigo"),
    "rate": ("rate", "costs", "venta", "tasa", "tipo de cambio", "cuesta", "valor"),
}
_DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y%m%d")
_CURRENCY = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True)
class RateLine:
    """A line of the table, read."""

    line: int
    day: date
    currency: str
    rate: Decimal


def read_rates(content: bytes) -> list[RateLine]:
    """The rates of a table with a heading that names day, currency and rate.

    Comma, semicolon or tab between columns; a decimal comma or point. Raises RatesFileWrong.
    """
    if len(content) > MOST_BYTES:
        raise RatesFileWrong(line=1, why=_("The file is too large: a megabyte at most."))
    rows = list(_rows(_text(content)))
    if not rows:
        raise RatesFileWrong(line=1, why=_("The file is empty."))
    (at, heading), *lines = rows
    places = _places(at, heading)
    read = [_line(number, cells, places) for number, cells in lines]
    if not read:
        raise RatesFileWrong(line=at, why=_("There is no rate below the heading."))
    if len(read) > MOST_LINES:
        told = _("The file has more than %(most)s lines.") % {"most": MOST_LINES}
        raise RatesFileWrong(line=MOST_LINES + 1, why=told)
    return read


def _text(content: bytes) -> str:
    if b"\x00" in content:
        raise RatesFileWrong(line=1, why=_("This is no table of text: save it as CSV."))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    first = text.lstrip().split("\n", 1)[0]
    between = max(";,\t", key=first.count)
    try:
        for number, row in enumerate(csv.reader(text.splitlines(), delimiter=between), start=1):
            if any(cell.strip() for cell in row):
                yield number, [cell.strip() for cell in row]
    except csv.Error as wrong:
        raise RatesFileWrong(line=1, why=_("This is no table of text: save it as CSV.")) from wrong


def _places(at: int, heading: list[str]) -> dict[str, int]:
    names = [cell.lower() for cell in heading]
    places = {}
    for column, known in COLUMNS.items():
        found = [place for place, name in enumerate(names) if name in known]
        if len(found) != 1:
            told = _("The heading must name day, currency and rate, each once.")
            raise RatesFileWrong(line=at, why=told)
        places[column] = found[0]
    return places


def _line(number: int, cells: list[str], places: dict[str, int]) -> RateLine:
    if len(cells) <= max(places.values()):
        raise RatesFileWrong(line=number, why=_("A column is missing."))
    currency = cells[places["currency"]].upper()
    if not _CURRENCY.fullmatch(currency):
        told = _("“%(text)s” is no currency: write three letters such as USD.")
        raise RatesFileWrong(line=number, why=told % {"text": currency[:20]})
    day = _day(number, cells[places["day"]])
    return RateLine(number, day, currency, _rate(number, cells[places["rate"]]))


def _day(number: int, text: str) -> date:
    for form in _DAYS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    told = _("“%(text)s” is no day: write it as 2026-12-31.") % {"text": text[:20]}
    raise RatesFileWrong(line=number, why=told)


def _rate(number: int, text: str) -> Decimal:
    plain = text.replace(",", ".") if "," in text and "." not in text else text.replace(",", "")
    try:
        rate = Decimal(plain)
    except InvalidOperation as wrong:
        told = _("“%(text)s” is no rate: write a number such as 3.75.") % {"text": text[:20]}
        raise RatesFileWrong(line=number, why=told) from wrong
    return rate


@transaction.atomic
def import_rates(
    *, lines: Iterable[RateLine], source: str, actor: User, insisted: bool = False
) -> int:
    """Write the rates of a table; how many were new. What is there already stays as it is.

    All in order of days; the first that record_rate refuses stops everything, and nothing is
    written. Raises RatesFileWrong with its line.
    """
    before = ExchangeRate.objects.count()
    for one in sorted(lines, key=lambda line: (line.day, line.line)):
        try:
            record_rate(
                currency=one.currency,
                day=one.day,
                rate=one.rate,
                actor=actor,
                source=source,
                insisted=insisted,
            )
        except Refusal as refused:
            raise RatesFileWrong(line=one.line, why=str(refused)) from refused
    return ExchangeRate.objects.count() - before
