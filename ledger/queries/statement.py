"""An account's postings with the balance after each, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, overload

from django.core.paginator import Paginator
from django.db import connection
from djmoney.money import Money

from coop.kit.money import from_minor
from coop.kit.prepared import as_date, prepared_cursor
from ledger.models import Account
from ledger.queries.balances import kept_of, natural

PAGE_SIZE = 50


class StatementRow(NamedTuple):
    """A posting as a statement shows it; amounts in minor units of the account's currency."""

    account: Account
    seq: int
    day: date
    side: str
    amount_minor: int
    balance_after: int
    entry_id: int
    memo: str

    @property
    def amount(self) -> Money:
        """The amount, on the side that `side` says."""
        return from_minor(self.amount_minor, self.account.currency)

    @property
    def balance(self) -> Money:
        """The account's balance after this posting, positive on its natural side."""
        return natural(self.account, self.balance_after)


#: Plain SQL, since a page of a busy account is read more often than anything else of the books:
#: making a hundred objects of it takes three times as long as the database takes to find it.
_ROWS = """
SELECT p.seq, p.day, p.side, p.amount_minor, p.balance_after, p.entry_id, e.memo
  FROM ledger_posting p JOIN ledger_journalentry e ON e.id = p.entry_id
 WHERE p.account_id = {mark} AND p.seq <= {mark} AND p.seq > {mark}
 ORDER BY p.seq DESC"""


class Statement(Sequence[StatementRow]):
    """An account's postings in the order of posting, the newest first.

    `seq` counts without gaps: its length is the newest one, and any slice is a range of it, so
    that a paginator over ten million rows is as quick as over ten.
    """

    def __init__(self, account: Account) -> None:
        self.account = account
        self._newest, self._amount_minor = kept_of(account)

    @property
    def balance(self) -> Money:
        """What is on the account now."""
        return natural(self.account, self._amount_minor)

    def __len__(self) -> int:
        return self._newest

    @overload
    def __getitem__(self, place: int) -> StatementRow: ...
    @overload
    def __getitem__(self, place: slice) -> list[StatementRow]: ...
    def __getitem__(self, place: int | slice) -> StatementRow | list[StatementRow]:
        if isinstance(place, int):
            return self[place : place + 1][0]
        start, stop, _ = place.indices(len(self))
        return self._between(oldest=len(self) - stop, newest=len(self) - start)

    def _between(self, *, oldest: int, newest: int) -> list[StatementRow]:
        """The postings after `oldest` up to `newest`, backwards."""
        bounds: list[object] = [self.account.pk, newest, oldest]
        mark = "%s"
        if connection.vendor == "postgresql":
            bounds, mark = [str(one) for one in bounds], "%s::bigint"
        with prepared_cursor() as cursor:
            cursor.execute(_ROWS.format(mark=mark), bounds)
            found = cursor.fetchall()
        return [StatementRow(self.account, seq, as_date(day), *rest) for seq, day, *rest in found]


@dataclass(frozen=True)
class StatementPage:
    """A page of an account's postings, the newest first, with the balance after each."""

    account: Account
    rows: list[StatementRow]
    number: int
    pages: int
    count: int

    @property
    def has_next(self) -> bool:
        """Whether older postings follow."""
        return self.number < self.pages

    @property
    def has_previous(self) -> bool:
        """Whether newer postings come before."""
        return self.number > 1


def statement(account: Account, page: int = 1, size: int = PAGE_SIZE) -> StatementPage:
    """Page `page` of the account's statement; a page beyond the last is the last."""
    paginator = Paginator(Statement(account), size)
    found = paginator.get_page(page)
    rows = list(found.object_list)
    return StatementPage(account, rows, found.number, paginator.num_pages, paginator.count)
