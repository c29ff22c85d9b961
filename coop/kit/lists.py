"""Lists of the office: how they are sorted, and taken away as a table."""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import StringIO
from itertools import islice
from operator import attrgetter
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse

#: So many rows a table that is taken away has at most.
MOST_ROWS = 5000
#: A spreadsheet would reckon with a cell that begins like this. Where people write decimal commas
#: it splits a row at semicolons instead, so what follows one counts as a beginning too.
_BEGINS_A_FORMULA = re.compile(r"(^|[;\t\r\n])(?=\s*[=+\-@＝＋－＠]|[\t\r])")


class ListFilter(forms.Form):
    """What narrows a list. It is sent by GET: the address alone brings the same list again."""

    @property
    def chosen(self) -> dict[str, Any]:
        """What to look for; what makes no sense is left out, and the rest still holds."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) or "" for name in self.fields}


@dataclass(frozen=True)
class SortColumn:
    """A column's head: where a press on it leads, and how it is sorted now."""

    url: str
    #: "ascending", "descending", or nothing: for aria-sort.
    state: str = ""


class Sorting:
    """Which order of a list the address asks for (?sort=-total).

    `columns` names the fields by which each column sorts; anything else is the default.
    """

    def __init__(
        self, request: HttpRequest, columns: Mapping[str, Sequence[str]], *, default: str
    ) -> None:
        self.request, self.columns = request, columns
        asked = request.GET.get("sort", "")
        self.chosen = asked if asked.removeprefix("-") in columns else default

    @property
    def fields(self) -> list[str]:
        """What to order by."""
        fields = self.columns[self.chosen.removeprefix("-")]
        return [_turned(one) for one in fields] if self.chosen.startswith("-") else list(fields)

    def in_order(self, rows: Iterable[Any]) -> list[Any]:
        """Rows that no database sorts, each of `fields` an attribute of theirs."""
        found = list(rows)
        for name in reversed(self.fields):
            found.sort(key=attrgetter(name.removeprefix("-")), reverse=name.startswith("-"))
        return found

    def __getitem__(self, key: str) -> SortColumn:
        """The head of a column, for a template: `sorting.total`. Raises KeyError for no column."""
        if key not in self.columns:
            raise KeyError(key)
        is_here = self.chosen.removeprefix("-") == key
        is_down = is_here and self.chosen.startswith("-")
        query = self.request.GET.copy()
        query.pop("p", None)
        query["sort"] = key if is_down or not is_here else f"-{key}"
        state = ("descending" if is_down else "ascending") if is_here else ""
        return SortColumn(f"?{query.urlencode()}", state)


def _turned(field: str) -> str:
    return field.removeprefix("-") if field.startswith("-") else f"-{field}"


def wants_csv(request: HttpRequest) -> bool:
    """Whether the list is asked for as a table to take away (?as=csv)."""
    return request.GET.get("as") == "csv"


def csv_url(request: HttpRequest) -> str:
    """The same list, as a table to take away."""
    query = request.GET.copy()
    query.pop("p", None)
    query["as"] = "csv"
    return f"?{query.urlencode()}"


def csv_answer(
    name: str, head: Sequence[Any], rows: Iterable[Sequence[Any]], *, most: int = MOST_ROWS
) -> HttpResponse:
    """A table as a file that spreadsheets open: UTF-8 with its mark, nothing that they reckon."""
    written = StringIO()
    writer = csv.writer(written)
    writer.writerow([plain_cell(str(one)) for one in head])
    writer.writerows([plain_cell(one) for one in row] for row in islice(rows, most))
    answer = HttpResponse("\ufeff" + written.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def plain_cell(value: Any) -> str:
    """A cell of a table to take away; only figures and days may begin with a sign."""
    text = "" if value is None else str(value)
    if isinstance(value, int | Decimal | date):
        return text
    return _BEGINS_A_FORMULA.sub(r"\1'", text)
