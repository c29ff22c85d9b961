"""What a reader of the open book wants to see: a year, a month, an order, one sort of things, words."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ledger import queries as ledger
from ledger.models import JournalEntry
from orders.shop.telling import of_order

Kind = JournalEntry.Kind
_MONTH = re.compile(r"([12]\d{3})-(\d\d)")
_YEAR = re.compile(r"[12]\d{3}")
#: Longer numbers than these are no keys.
_KEY = re.compile(r"[1-9][0-9]{0,17}", re.ASCII)
#: So much of a question is read.
_LONGEST = 60


@dataclass(frozen=True)
class Sort:
    """One sort of entries: its name in the address, its picture in a dye, its word."""

    name: str
    picture: str
    dye: str
    word: str | Promise
    kinds: Collection[str] = ()
    came_in: bool | None = None


SORTS = (
    Sort("in", "coins", "chilca", pgettext_lazy("money", "Came in"), came_in=True),
    Sort("out", "give", "qolle", pgettext_lazy("money", "Went out"), came_in=False),
    Sort("work", "knit", "pink", _("Pieces"), kinds=(Kind.PIECE_PASSED, Kind.PREMIUM)),
    Sort(
        "wool",
        "wool",
        "lake",
        _("Wool"),
        kinds=(Kind.WOOL_BOUGHT, Kind.WOOL_ISSUED, Kind.WOOL_RETURNED, Kind.WOOL_WASTED),
    ),
)
_BY_NAME = {one.name: one for one in SORTS}


@dataclass(frozen=True)
class Wishes:
    """What the address asks for; what makes no sense in it is no wish."""

    month: date | None
    sort: Sort | None
    words: str
    #: Its first day.
    year: date | None = None
    #: The key of an order of the shop.
    order: int | None = None

    @classmethod
    def read(cls, query: QueryDict) -> "Wishes":
        """Out of an address."""
        words = query.get("words", "")[:_LONGEST].strip()
        month = _month(query.get("month", ""))
        year, order = query.get("year", ""), query.get("order", "")
        return cls(
            month,
            _BY_NAME.get(query.get("what", "")),
            words,
            year=date(int(year), 1, 1) if _YEAR.fullmatch(year) and not month else None,
            order=int(order) if _KEY.fullmatch(order) else None,
        )

    def __bool__(self) -> bool:
        return bool(self.month or self.year or self.order or self.sort or self.words)

    def entries(self, *, names: bool = False) -> QuerySet[JournalEntry]:
        """The entries that are wished for; by `names` of women too where the reader reads them."""
        since = until = None
        if self.month:
            since, until = ledger.whole_month(self.month)
        elif self.year:
            since, until = self.year, date(self.year.year, 12, 31)
        found = ledger.entries(
            since=since,
            until=until,
            kinds=self.sort.kinds if self.sort else (),
            came_in=self.sort.came_in if self.sort else None,
        )
        if self.order:
            found = ledger.about(found, of_order(self.order))
        return ledger.looking_for(found, self.words, names=names) if self.words else found


def _month(text: str) -> date | None:
    found = _MONTH.fullmatch(text)
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), 1)
    except ValueError:
        return None
