"""Of what an account's balance consists, where somebody above the books knows it: which customer,
which order, who carries an advance, what is still on its way.

The ledger knows accounts and amounts alone. A higher floor registers a source for a role and tells
the single items; reports show them under the account, and never reckon with them.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from djmoney.money import Money

from ledger.models import Account


@dataclass(frozen=True)
class Item:
    """A part of an account's balance: whose, for what, how much, due when."""

    who: str
    what: str
    amount: Money
    due: date | None = None
    url: str = ""

    @property
    def words(self) -> str:
        """What it is, and by when it is due."""
        if self.due is None:
            return self.what
        day = date_format(self.due, "DATE_FORMAT")
        return _("%(what)s, due on %(day)s") % {"what": self.what, "day": day}

    @property
    def told(self) -> str:
        """Whose, what, and by when."""
        return f"{self.who}: {self.words}"


Source = Callable[[Account, date], Iterable[Item]]
_sources: dict[str, list[Source]] = {}


def source(*roles: str) -> Callable[[Source], Source]:
    """Register who tells the items of accounts of `roles`, at the end of a day."""

    def register(tell: Source) -> Source:
        for role in roles:
            if tell not in _sources.setdefault(role, []):
                _sources[role].append(tell)
        return tell

    return register


def of(account: Account, day: date, *, but: Source | None = None) -> Iterator[Item]:
    """What is known about the balance of `account` at the end of `day`; without what `but` tells."""
    for tell in _sources.get(account.role, ()):
        if tell is not but:
            yield from tell(account, day)
