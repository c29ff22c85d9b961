"""A buyer's list as a file: read and judged line by line, before anything is ordered.

Columns `design`, `quantity`, `date`, and beside them what a person reads to fill them in: `name`,
`size`, `colour`, `price`. Commas, semicolons or tabs; UTF-8 (with or without a mark) or Latin-1,
as spreadsheets save them.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy
from djmoney.money import Money

from catalog.models import Product, Variant
from coop.kit.lists import plain_cell
from coop.kit.money import format_money, from_minor, total
from orders.shop.values import Wanted

Value = TypeVar("Value")

MOST_BYTES = 200_000
MOST_LINES = 500
MOST_PIECES = 10_000
FARTHEST = timedelta(days=730)

COLUMNS = ("design", "quantity", "date")
# What stands beside the code for whoever fills the list in. Only the code decides.
_TO_READ = ("name", "size", "colour", "price")
_WORDS = {
    "design": pgettext_lazy("column of a list", "design"),
    "quantity": pgettext_lazy("column of a list", "quantity"),
    "date": pgettext_lazy("column of a list", "date"),
    "name": pgettext_lazy("column of a list", "name"),
    "size": pgettext_lazy("column of a list", "size"),
    "colour": pgettext_lazy("column of a list", "colour"),
    "price": pgettext_lazy("column of a list", "price"),
}
# What a person might write over a column, in either language.
_HEADINGS = {
    "design": "design",
    "sku": "design",
    "diseño": "design",
    "diseno": "design",
    "modelo": "design",
    "quantity": "quantity",
    "cantidad": "quantity",
    "date": "date",
    "fecha": "date",
    "name": "name",
    "nombre": "name",
    "size": "size",
    "talla": "size",
    "colour": "colour",
    "color": "colour",
    "price": "price",
    "precio": "price",
}
_WHOLE_NUMBER = re.compile(r"[+-]?[0-9]+\Z")
_ISO = re.compile(r"(?P<y>[0-9]{4})-(?P<m>[0-9]{1,2})-(?P<d>[0-9]{1,2})\Z")
_DAY_FIRST = re.compile(r"(?P<d>[0-9]{1,2})[/.](?P<m>[0-9]{1,2})[/.](?P<y>[0-9]{4})\Z")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True)
class Problem:
    """A mistake, and in which line of the file; 0 for the file as a whole."""

    line: int
    sentence: str

    def __str__(self) -> str:
        if not self.line:
            return self.sentence
        return _("Line %(line)s: %(sentence)s") % {"line": self.line, "sentence": self.sentence}


@dataclass
class Reading:
    """What a file says, and everything that is wrong with it."""

    wanted: list[Wanted] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        """Whether it may be ordered."""
        return bool(self.wanted) and not self.problems

    @property
    def pieces(self) -> int:
        """How many pieces it asks for."""
        return sum(one.quantity for one in self.wanted)

    @property
    def first_day(self) -> date | None:
        """The first day for which something is wanted."""
        return min((one.wanted_on for one in self.wanted if one.wanted_on), default=None)

    @property
    def last_day(self) -> date | None:
        """The last one: then all of it is sent."""
        return max((one.wanted_on for one in self.wanted if one.wanted_on), default=None)

    @property
    def total(self) -> Money:
        """What they cost."""
        return total(one.amount for one in self.wanted)


class _Mistake(Exception):
    """One cell is wrong; its text says how to put it right."""


def price_list() -> list[Variant]:
    """What is sold wholesale: everything listed with a wholesale price."""
    variants = Variant.objects.filter(
        is_listed=True,
        product__is_listed=True,
        design__is_retired=False,
        wholesale_price_minor__isnull=False,
    ).exclude(product__kind=Product.Kind.UNIQUE)
    return list(
        variants.select_related("product__category", "design", "colour").order_by(
            "product__category__position", "product__slug", "position", "sku"
        )
    )


def template() -> str:
    """The file to fill in, in the reader's language: a line for each article, with what it is.

    Lines left without a quantity are not ordered.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(_WORDS[column] for column in (*COLUMNS, *_TO_READ))
    for variant in price_list():
        colour = variant.colour.name if variant.colour else ""
        price = format_money(from_minor(variant.wholesale_price_minor or variant.price_minor))
        # The number goes back as it is; the words beside it are only read.
        told = [plain_cell(one) for one in (variant.product.name, variant.size, colour, price)]
        writer.writerow([variant.sku, "", "", *told])
    # The mark tells spreadsheets that it is UTF-8.
    return "\ufeff" + out.getvalue()


def read(data: bytes, *, on: date) -> Reading:
    """Judge a whole file as of the day `on`; nothing is written."""
    reading = Reading()
    try:
        rows = list(_rows(_text(data)))
        columns = _columns(rows[0][1]) if rows else {}
        if len(rows) < 2:
            raise _Mistake(_("The file has no lines to order. Write one for each design."))
        if len(rows) - 1 > MOST_LINES:
            raise _Mistake(_("The file has more than %d lines: make two of it.") % MOST_LINES)
    except _Mistake as mistake:
        reading.problems.append(Problem(0, str(mistake)))
        return reading
    _Reader(reading, columns, on).read(rows)
    return reading


def template_name() -> str:
    """What the file to fill in is called."""
    return pgettext("name of a file", "minka-order.csv")


# The file ----------------------------------------------------------------------------------
def _text(data: bytes) -> str:
    if not data.strip():
        raise _Mistake(_("The file is empty."))
    if len(data) > MOST_BYTES:
        raise _Mistake(_("The file is too big: %d kB at most.") % (MOST_BYTES // 1000))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    if _CONTROL.search(text):
        raise _Mistake(_("This is not a text file. Save your table as CSV and send that."))
    return text


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each line that says something, with its number and its cells."""
    heading = text.lstrip().split("\n", 1)[0]
    delimiter = max(";,\t", key=heading.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            stripped = [cell.strip() for cell in cells]
            if any(stripped):
                yield reader.line_num, stripped
    except csv.Error as problem:
        sentence = _("Line %d cannot be read. Is a quotation mark open?") % reader.line_num
        raise _Mistake(sentence) from problem


def _columns(heading: list[str]) -> dict[str, int]:
    """Where each column stands."""
    found: dict[str, int] = {}
    for place, cell in enumerate(heading):
        name = _HEADINGS.get(cell.lower())
        if cell and (name is None or name in found):
            raise _Mistake(
                _("The column “%(column)s” is not known. The columns are: %(columns)s.")
                % {"column": cell[:40], "columns": _named(COLUMNS)}
            )
        if name:
            found[name] = place
    missing = [column for column in COLUMNS if column not in found]
    if missing:
        raise _Mistake(
            _("The first line must name the columns: %(columns)s. Missing: %(missing)s.")
            % {"columns": _named(COLUMNS), "missing": _named(missing)}
        )
    return found


def _named(columns: Iterable[str]) -> str:
    """Columns by the words of the reader's language."""
    return ", ".join(str(_WORDS[column]) for column in columns)


# The lines ---------------------------------------------------------------------------------
class _Reader:
    """Reads the lines of one file, gathering what is wanted and what is wrong."""

    def __init__(self, reading: Reading, columns: dict[str, int], on: date) -> None:
        self.reading, self.columns, self.on = reading, columns, on
        self.by_word: dict[str, list[Variant]] = {}
        for variant in price_list():
            self.by_word.setdefault(variant.design.code.lower(), []).append(variant)
            if variant.sku.lower() != variant.design.code.lower():
                self.by_word.setdefault(variant.sku.lower(), []).append(variant)
        self.seen: dict[int, int] = {}

    def read(self, rows: list[tuple[int, list[str]]]) -> None:
        """Every line below the heading."""
        for number, cells in rows[1:]:
            self._read_line(number, cells)
        if not self.reading.problems and not self.reading.wanted:
            sentence = _("No quantity is filled in. Write how many of each design, and the date.")
            self.reading.problems.append(Problem(0, sentence))
        if not self.reading.problems and self.reading.pieces > MOST_PIECES:
            sentence = _("That is more than %d pieces. Write to us about such an order.")
            self.reading.problems.append(Problem(0, sentence % MOST_PIECES))

    def _read_line(self, number: int, cells: list[str]) -> None:
        places = set(self.columns.values())
        if any(cell for place, cell in enumerate(cells) if place not in places):
            self._wrong(number, _("there are more cells than columns."))
            return
        values = {
            name: cells[place] if place < len(cells) else "" for name, place in self.columns.items()
        }
        if not values["quantity"] and not values["date"]:
            # A design of the template that nobody filled in.
            return
        variant = self._try(number, self._variant, values["design"])
        quantity = self._try(number, _quantity, values["quantity"])
        wanted_on = self._try(number, self._day, values["date"])
        if variant is None or quantity is None or wanted_on is None:
            return
        if variant.pk in self.seen:
            sentence = _("%(sku)s stands already in line %(line)s. Add the two up in one line.")
            self._wrong(number, sentence % {"sku": variant.sku, "line": self.seen[variant.pk]})
            return
        self.seen[variant.pk] = number
        price_minor = variant.wholesale_price_minor or variant.price_minor
        self.reading.wanted.append(Wanted(variant, quantity, price_minor, wanted_on))

    def _try(self, number: int, reader: Callable[[str], Value], cell: str) -> Value | None:
        try:
            return reader(cell)
        except _Mistake as mistake:
            self._wrong(number, str(mistake))
            return None

    def _wrong(self, number: int, sentence: str) -> None:
        self.reading.problems.append(Problem(number, sentence))

    def _variant(self, cell: str) -> Variant:
        if not cell:
            raise _Mistake(_("the design is missing."))
        found = self.by_word.get(cell.lower(), [])
        if not found:
            raise _Mistake(
                _("“%s” is not in your price list. Write the code as it stands there.") % cell[:40]
            )
        if len(found) > 1:
            raise _Mistake(
                _("“%(code)s” comes in several: write which one, %(skus)s.")
                % {"code": cell[:40], "skus": ", ".join(one.sku for one in found[:12])}
            )
        return found[0]

    def _day(self, cell: str) -> date:
        match = _ISO.match(cell) or _DAY_FIRST.match(cell)
        try:
            day = date(*(int(match[part]) for part in "ymd")) if match else None
        except ValueError:
            day = None
        if day is None:
            raise _Mistake(
                _("“%s” is not a date. Write 2026-12-31 or 31/12/2026.") % cell[:40]
                if cell
                else _("the date is missing.")
            )
        if day < self.on:
            raise _Mistake(_("the date %s has passed.") % cell)
        if day > self.on + FARTHEST:
            raise _Mistake(_("the date %s is more than two years away.") % cell)
        return day


def _quantity(cell: str) -> int:
    if not cell:
        raise _Mistake(_("the quantity is missing."))
    if not _WHOLE_NUMBER.match(cell):
        raise _Mistake(_("“%s” is not a whole number of pieces.") % cell[:40])
    # No number of more digits is read: it is too large whatever it says.
    digits = cell.lstrip("+-").lstrip("0")
    quantity = int(cell) if len(digits) < 10 else MOST_PIECES + 1
    if cell.startswith("-") or quantity < 1:
        raise _Mistake(_("the quantity %s is not possible: at least 1.") % cell[:40])
    if quantity > MOST_PIECES:
        raise _Mistake(_("the quantity is too large: %d at most.") % MOST_PIECES)
    return quantity
