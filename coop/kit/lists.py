"""Lists of the office: how they are sorted, and taken away as a table."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Any

from django.http import HttpRequest, HttpResponse

#: So many rows a table that is taken away has at most.
MOST_ROWS = 5000
#: A spreadsheet would reckon with what begins like this.
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


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

    def __getitem__(self, key: str) -> SortColumn:
        """The head of a column, for a template: `sorting.total`."""
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


def csv_answer(name: str, head: Sequence[Any], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """A table as a file that spreadsheets open: UTF-8 with its mark, nothing that they reckon."""
    written = StringIO()
    writer = csv.writer(written)
    writer.writerow([str(one) for one in head])
    for at, row in enumerate(rows):
        if at == MOST_ROWS:
            break
        writer.writerow([_plain(one) for one in row])
    answer = HttpResponse("\ufeff" + written.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def _plain(value: Any) -> str:
    text = "" if value is None else str(value)
    if isinstance(value, str) and text.startswith(_FORMULAS):
        return f"'{text}"
    return text
