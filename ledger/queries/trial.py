"""The trial balance: every account that holds something, debits beside credits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from django.db import connection
from djmoney.money import Money

from coop.kit.money import books_currency, from_minor
from coop.kit.prepared import prepared_cursor
from coop.kit.translated import in_language
from coop.people.models import User
from ledger.queries.balances import nets_as_of


class TrialLine(NamedTuple):
    """An account on the trial balance: its balance stands on one side, the other is None.

    Who holds it is looked up for a page of them (`holders_of`): of thousands of accounts one page
    is seen. `net_minor` is debits minus credits in minor units of the account's currency; never 0.
    """

    account_id: int
    code: str
    name_es: str
    name_en: str
    kind: str
    role: str
    currency: str
    holder_id: int | None
    net_minor: int

    @property
    def name(self) -> str:
        """In the active language, else in Spanish."""
        return in_language(self, "name")

    @property
    def debit(self) -> Money | None:
        """What is on the account, if debits are more."""
        return from_minor(self.net_minor, self.currency) if self.net_minor > 0 else None

    @property
    def credit(self) -> Money | None:
        """What is on the account, if credits are more."""
        return from_minor(-self.net_minor, self.currency) if self.net_minor < 0 else None


@dataclass(frozen=True)
class TrialBalance:
    """Every account that holds something, currency by currency (the books' own first); in each
    of them both sides are equal.
    """

    as_of: date | None
    lines: list[TrialLine]

    @cached_property
    def totals(self) -> list[tuple[str, Money, Money]]:
        """Currency, sum of debits, sum of credits; the books' own first."""
        sums: dict[str, list[int]] = {}
        for line in self.lines:
            both = sums.setdefault(line.currency, [0, 0])
            both[line.net_minor < 0] += abs(line.net_minor)
        return [
            (code, from_minor(both[0], code), from_minor(both[1], code))
            for code, both in sums.items()
        ]

    @property
    def is_balanced(self) -> bool:
        """Whether both sides are equal in each currency."""
        return all(debit == credit for _, debit, credit in self.totals)


#: Plain SQL, as for a statement: of a thousand accounts the objects would cost more than the rows.
_LINES = """
SELECT a.id, a.code, a.name_es, a.name_en, a.kind, a.role, a.currency, a.holder_id, b.amount_minor
  FROM ledger_account a JOIN ledger_accountbalance b ON b.account_id = a.id
 {where}
 ORDER BY a.currency <> {mark}, a.currency, a.code"""


def trial_balance(as_of: date | None = None) -> TrialBalance:
    """The trial balance at the end of `as_of`, or as it stands now."""
    where = "" if as_of else "WHERE b.amount_minor <> 0"
    mark = "%s::text" if connection.vendor == "postgresql" else "%s"
    with prepared_cursor() as cursor:
        cursor.execute(_LINES.format(where=where, mark=mark), [books_currency()])
        rows = cursor.fetchall()
    lines = list(map(TrialLine._make, rows))
    if as_of:
        nets = nets_as_of(as_of)
        told = ((one, nets.get(one.account_id, 0)) for one in lines)
        lines = [one._replace(net_minor=net) for one, net in told if net]
    return TrialBalance(as_of, lines)


def holders_of(lines: Iterable[TrialLine]) -> dict[int, User]:
    """Who holds these accounts, by the accounts' keys."""
    held = {one.account_id: one.holder_id for one in lines if one.holder_id}
    people = User.objects.in_bulk(set(held.values()))
    return {account: people[person] for account, person in held.items()}
