"""Bringing in a bank's file: all of it or nothing, and each movement once."""

from collections import defaultdict
from dataclasses import dataclass

from django.db import transaction
from djmoney.money import Money

from coop.people.models import User
from ledger.bank.errors import (
    AlsoInCurrency,
    LookAgain,
    NoAccountInCurrency,
    NotAMoneyAccount,
    SeveralDoubts,
    WrongCurrencyOfFile,
)
from ledger.bank.models import ColumnMap, Statement
from ledger.bank.queries import statements_of
from ledger.bank.reading import Columns, Hints, RawLine, RawStatement, read_statement
from ledger.bank.reading.columns import table_of
from ledger.bank.reading.plan import signature
from ledger.bank.reading.read import check_size, rows_of
from ledger.bank.services.lines import Arrival
from ledger.models import Account
from ledger.services.blocks import one_at_a_time

#: What only one does at a time: importing and matching.
BANK = 0x4D494E50


@dataclass(frozen=True)
class Imported:
    """What came of a file in one account: the statement, and how many lines were new."""

    statement: Statement
    new: int
    known: int
    #: Whether the statement was here already.
    is_again: bool


@dataclass(frozen=True)
class Typed:
    """What somebody says beside a file that says no balances, in the account's currency."""

    opening: Money | None = None
    closing: Money | None = None


@transaction.atomic
def import_file(
    *,
    data: bytes,
    name: str,
    account: Account,
    actor: User | None,
    hints: Hints | None = None,
    typed: Typed | None = None,
    insisted: bool = False,
) -> list[Imported]:
    """Read a bank's file into `account`; lines in another currency into its sister in that one.

    The same file again adds nothing and gives the statement that is there. `actor` is None from
    the command line. Columns said in `hints` are remembered for the bank. A file of
    another account, one that contradicts itself, or one that would begin with a second account
    is refused with a LookAgain, unless somebody
    looked and `insisted`.

    Raises a NotRead that says what is wrong and in which line; then nothing is imported.
    """
    if not Account.objects.with_statements().filter(pk=account.pk).exists():
        raise NotAMoneyAccount(account=account.code)
    check_size(len(data))
    asked = hints or Hints()
    hints = Hints(known=remembered(account), columns=asked.columns, order=asked.order)
    raw = read_statement(data, hints)
    one_at_a_time(BANK)
    if raw.format in {"csv", "xlsx"}:
        _remember(data, account, hints, actor)
    typed = typed or Typed()
    found: list[Imported] = []
    doubts: list[LookAgain] = []
    for place, one in _by_account(raw, account):
        if place != account and not statements_of(place).exists():
            at, currency = one.lines[0].at, one.currency
            doubts.append(AlsoInCurrency(currency=currency, line=at, account=place.code))
        arrival = Arrival(one, data, name, place, actor)
        opening, closing = (typed.opening, typed.closing) if place == account else (None, None)
        found.append(Imported(*arrival.write(opening, closing)))
        doubts += arrival.doubts
    if doubts and not insisted:
        # All of them at once: who insists must have read each.
        raise doubts[0] if len(doubts) == 1 else SeveralDoubts(doubts=" ".join(map(str, doubts)))
    return found


def remembered(account: Account) -> dict[str, Columns]:
    """The columns that were said for this account's bank, by the head of its tables."""
    rows = ColumnMap.objects.filter(account=account)
    return {one.header: Columns(one.places, one.order or None) for one in rows}  # type: ignore[arg-type]


def _remember(data: bytes, account: Account, hints: Hints, actor: User | None) -> None:
    """Keep the columns by which a table was read; what was said anew replaces what was known."""
    table = table_of(rows_of(data), hints)
    said = {
        "places": dict(table.columns.places),
        "order": hints.order or table.columns.order or "",
        "by": actor,
    }
    header = signature(table.header)
    if hints.columns is not None or hints.order:
        ColumnMap.objects.update_or_create(account=account, header=header, defaults=said)
    else:
        ColumnMap.objects.get_or_create(account=account, header=header, defaults=said)


def _by_account(raw: RawStatement, account: Account) -> list[tuple[Account, RawStatement]]:
    """The file, taken apart by currency. Raises WrongCurrencyOfFile or NoAccountInCurrency."""
    if raw.currency and raw.currency != account.currency:
        raise WrongCurrencyOfFile(
            currency=raw.currency, account=account.code, kept=account.currency
        )
    by_currency: dict[str, list[RawLine]] = defaultdict(list)
    for line in raw.lines:
        by_currency[line.currency or account.currency].append(line)
    if set(by_currency) <= {account.currency}:
        return [(account, raw)]
    found = []
    for currency, lines in by_currency.items():
        place = _sister(account, currency, lines[0].at)
        at = {one.at for one in lines}
        remarks = [one for one in raw.remarks if one.get("at") in at]
        if place != account:
            remarks.append({"key": "other_currency", "currency": currency, "account": place.code})
        found.append(
            (place, RawStatement(raw.format, lines, currency, raw.bank_number, remarks=remarks))
        )
    return sorted(found, key=lambda one: one[0] != account)


def _sister(account: Account, currency: str, at: int) -> Account:
    """The account of the same role in another currency."""
    if currency == account.currency:
        return account
    places = Account.objects.money().filter(currency=currency, is_open=True, is_header=False)
    found = places.filter(role=account.role).first() if account.role else None
    bare = account.code.removesuffix(f"-{account.currency}")
    found = found or places.filter(code__in=[bare, f"{bare}-{currency}"]).first()
    if found is None:
        raise NoAccountInCurrency(line=at, currency=currency, account=account.code)
    return found
