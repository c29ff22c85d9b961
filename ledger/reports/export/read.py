"""Everything in the books, read once from the first entry to the last, in pieces."""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db import connection, transaction
from django.db.models import Prefetch

from coop.kit.days import today
from coop.kit.money import from_minor
from ledger.models import Account, AccountBalance, ExchangeRate, JournalEntry, Posting

#: Entries that are held in memory at a time.
PIECE = 1000
_ROOTS = {
    Account.Kind.ASSET: "Assets",
    Account.Kind.LIABILITY: "Liabilities",
    Account.Kind.EQUITY: "Equity",
    Account.Kind.INCOME: "Income",
    Account.Kind.EXPENSE: "Expenses",
}


@contextmanager
def one_moment() -> Iterator[None]:
    """Everything that is read inside is of one moment, and nobody who writes has to wait."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        # Django would begin with a lock for writing: this reads alone.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield


@dataclass(frozen=True)
class Named:
    """An account as other programs call it, with what is on it: debits minus credits."""

    account: Account
    name: str
    balance_minor: int


class Books:
    """Accounts, entries and rates. Read inside `one_moment`."""

    @cached_property
    def accounts(self) -> dict[int, Named]:
        """The accounts that take postings, by key; each with a name that no other has."""
        balances = dict(AccountBalance.objects.values_list("account", "amount_minor"))
        taken: set[str] = set()
        found: dict[int, Named] = {}
        for one in Account.objects.filter(is_header=False).order_by("code"):
            name = _program_name(one)
            if name.lower() in taken:
                name = f"{name}-{one.pk}"
            taken.add(name.lower())
            found[one.pk] = Named(one, name, balances.get(one.pk, 0))
        return found

    @cached_property
    def count(self) -> int:
        """How many entries there are."""
        return JournalEntry.objects.count()

    @cached_property
    def days(self) -> tuple[date, date]:
        """The first day of the books and the last; today for empty books."""
        days = JournalEntry.objects.order_by("day", "id").values_list("day", flat=True)
        return days.first() or today(), days.last() or today()

    def entries(self) -> Iterator[JournalEntry]:
        """Every entry in the order of days, with its postings."""
        postings = Posting.objects.order_by("position")
        rows = JournalEntry.objects.order_by("day", "id")
        yield from rows.prefetch_related(Prefetch("postings", postings)).iterator(chunk_size=PIECE)

    def rates(self) -> Iterator[ExchangeRate]:
        """The rates that count, by day and currency: of each day the newest word."""
        kept: ExchangeRate | None = None
        for one in ExchangeRate.objects.order_by("currency", "day", "version").iterator():
            if kept is not None and (kept.currency, kept.day) != (one.currency, one.day):
                yield kept
            kept = one
        if kept is not None:
            yield kept


def _program_name(account: Account) -> str:
    """What both programs take for a name: Assets:1011-Caja. Members stay codes."""
    plain = unicodedata.normalize("NFKD", f"{account.code} {account.name_es}")
    words = re.sub(r"[^A-Za-z0-9]+", "-", plain.encode("ascii", "ignore").decode()).strip("-")
    return f"{_ROOTS[Account.Kind(account.kind)]}:{words[:1].upper()}{words[1:]}"


def plain(minor: int, currency: str) -> str:
    """An amount without signs of thousands, in its currency: "1240.00 PEN"."""
    return f"{from_minor(minor, currency).amount:f} {currency}"


def one_line(text: str) -> str:
    """Words without line breaks or other signs that nobody sees."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
