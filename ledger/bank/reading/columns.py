"""A table of a bank, row by row, by the columns that were said for it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from django.utils.translation import gettext as _

from ledger.bank.errors import AskColumns, AskDates, Problem, WrongLines
from ledger.bank.reading import values
from ledger.bank.reading.plan import Columns, Hints, plain, signature
from ledger.bank.reading.raw import RawLine, RawStatement, Remark
from ledger.bank.reading.tables import Row

#: So many rows may stand above the head of the columns.
_HEAD_WITHIN = 30
#: Who writes her heads in Spanish writes the day first.
_SPANISH = ("fecha", "f ", "dia")
_OUT = {"d", "dr", "db", "debit", "debito", "débito", "cargo", "c/", "-", "egreso"}
_IN = {"c", "cr", "h", "credit", "credito", "crédito", "abono", "a", "+", "haber", "ingreso"}


@dataclass(frozen=True)
class Table:
    """The head of a table, which columns it has, and the rows below it."""

    header: list[str]
    columns: Columns
    rows: list[Row]


def table_of(rows: list[Row], hints: Hints) -> Table:
    """Find the head and the columns. Raises AskColumns where they are not known."""
    guesses = []
    for place, row in enumerate(rows[:_HEAD_WITHIN]):
        header = row.cells
        known = hints.columns or hints.known.get(signature(header))
        guess = Columns.guess(header)
        if hints.columns is None and known is not None:
            return Table(header, known, rows[place + 1 :])
        if guess.places:
            guesses.append((guess.is_enough, len(guess.places), -place, place, guess))
    if not rows:
        raise AskColumns(header="")
    if guesses:
        is_enough, _count, _near, place, guess = max(guesses, key=lambda one: one[:3])
        if hints.columns is not None:
            return Table(rows[place].cells, hints.columns, rows[place + 1 :])
        if is_enough:
            return Table(rows[place].cells, guess, rows[place + 1 :])
    elif hints.columns is not None:
        return Table(rows[0].cells, hints.columns, rows[1:])
    raise AskColumns(header=", ".join(filter(None, head_of(rows) or rows[0].cells)))


def head_of(rows: list[Row]) -> list[str]:
    """The row that looks most like a head, for the form that asks for its columns."""
    found = [
        (len(Columns.guess(row.cells).places), -place, row)
        for place, row in enumerate(rows[:_HEAD_WITHIN])
    ]
    return max(found, key=lambda one: one[:2])[2].cells if found else []


def read(rows: list[Row], hints: Hints, kind: str) -> RawStatement:
    """Read a table. Raises AskColumns, AskDates, or WrongLines with every line that is wrong."""
    table = table_of(rows, hints)
    places = table.columns.places
    body = [one for one in table.rows if one.cell(places["day"]) or _told_amount(one, places)]
    # What follows the last day with an amount is the bank's small print.
    while body and not (body[-1].cell(places["day"]) and _told_amount(body[-1], places)):
        body.pop()
    days = [one.cell(places["day"]) for one in body]
    order = hints.order or table.columns.order or values.order_of(days)
    if order is None and plain(table.header[places["day"]]).startswith(_SPANISH):
        order = "dmy"
    if order is None and body:
        raise AskDates(example=days[0])
    problems: list[Problem] = []
    read_ = [_Read.of(one, places, order or "dmy", problems) for one in body]
    if problems:
        raise WrongLines(problems)
    return _with_balances(RawStatement(kind, []), [one for one in read_ if one is not None])


def _told_amount(row: Row, places: Mapping[str, int]) -> str:
    return (
        row.cell(places.get("amount")) or row.cell(places.get("in")) or row.cell(places.get("out"))
    )


@dataclass
class _Read:
    """A row, its amount as its own cells say it, and the balance beside it."""

    row: Row
    line: RawLine
    balance: Decimal | None
    #: The sign that a column of its own says: 1, -1, or 0 for none.
    marked: int
    remark: Remark | None = None

    @classmethod
    def of(
        cls, row: Row, places: Mapping[str, int], order: values.Order, problems: list[Problem]
    ) -> "_Read | None":
        told = row.cell(places.get("day"))
        day = values.day(told, order)
        if day is None:
            problems.append(Problem(row.at, _("“%(told)s” is no day.") % {"told": told[:40]}))
        amount, marked = _amount(row, places, problems)
        told = row.cell(places.get("balance"))
        balance = values.number(told) if told else None
        if told and balance is None:
            problems.append(Problem(row.at, _("“%(told)s” is no balance.") % {"told": told[:40]}))
        if day is None or amount is None:
            return None
        currency = row.cell(places.get("currency")).upper()[:3]
        remark: Remark | None = None
        told = row.cell(places.get("foreign"))
        foreign = values.number(told) if told else None
        if foreign:
            # The row's amount is the bank's own conversion: what moved is in the row's currency.
            remark = {
                "key": "foreign",
                "at": row.at,
                "currency": currency,
                "taken": str(abs(foreign)),
                "told": str(abs(amount)),
            }
            amount = abs(foreign) if amount > 0 else -abs(foreign)
        text, party = row.cell(places.get("text")), row.cell(places.get("counterparty"))
        line = RawLine(
            at=row.at,
            day=day,
            amount=amount,
            text=text or party,
            counterparty=party,
            reference=row.cell(places.get("reference")),
            bank_id=row.cell(places.get("bank_id")),
            currency=currency,
        )
        return cls(row, line, balance, marked, remark)


def _amount(
    row: Row, places: Mapping[str, int], problems: list[Problem]
) -> tuple[Decimal | None, int]:
    if places.get("amount") is not None:
        told = row.cell(places.get("amount"))
        amount = values.number(told)
        mark = row.cell(places.get("sign")).lower()
        marked = -1 if mark in _OUT else 1 if mark in _IN else 0
        if amount is None:
            problems.append(Problem(row.at, _("“%(told)s” is no amount.") % {"told": told[:40]}))
        elif mark and not marked:
            problems.append(
                Problem(row.at, _("“%(told)s” is neither debit nor credit.") % {"told": mark[:40]})
            )
        return amount, marked
    sides = []
    for role in ("in", "out"):
        told = row.cell(places.get(role))
        value = values.number(told) if told.strip(" -") else Decimal(0)
        if value is None:
            problems.append(Problem(row.at, _("“%(told)s” is no amount.") % {"told": told[:40]}))
            return None, 0
        sides.append(abs(value))
    if all(sides):
        problems.append(Problem(row.at, _("it says debit and credit at once.")))
        return None, 0
    return sides[0] - sides[1], 0


def _with_balances(raw: RawStatement, rows: list[_Read]) -> RawStatement:
    """Signs by the balance column where there is one, else by the column of signs."""
    is_newest_first = _is_newest_first(rows)
    ordered = rows[::-1] if is_newest_first else rows
    before: Decimal | None = None
    for one in ordered:
        taken, says = _signed(one, before)
        if one.remark:
            raw.remarks.append(one.remark)
        if says:
            raw.remarks.append(
                {"key": says, "at": one.row.at, "told": str(one.line.amount), "taken": str(taken)}
            )
        raw.lines.append(_with_amount(one.line, taken))
        before = one.balance if one.balance is not None else None
    balances = [
        (one, line) for one, line in zip(ordered, raw.lines, strict=True) if one.balance is not None
    ]
    is_one_currency = len({one.line.currency for one in rows}) <= 1
    if balances and len(balances) == len(ordered) and is_one_currency:
        first, line = balances[0]
        raw.opening = (first.balance or Decimal(0)) - line.amount
        raw.closing = balances[-1][0].balance
    return raw


def _signed(one: _Read, before: Decimal | None) -> tuple[Decimal, str]:
    """The amount with its sign, and the key of a remark if the row contradicts itself."""
    told, size = one.line.amount, abs(one.line.amount)
    by_mark = told if not one.marked else size * one.marked
    # "-33.50 D" and "33.50 D" both mean that it left; "-33.50 C" contradicts itself.
    contradicts = one.marked > 0 and told < 0
    if before is not None and one.balance is not None:
        change = one.balance - before
        if abs(change) == size and change != by_mark:
            return change, "balance_decides"
        if abs(change) == size:
            return change, "balance_decides" if contradicts else ""
        return by_mark, "balance_jumps"
    return by_mark, "sign_contradicts" if contradicts else ""


def _with_amount(line: RawLine, amount: Decimal) -> RawLine:
    return replace(line, amount=amount)


def _is_newest_first(rows: list[_Read]) -> bool:
    """Whether the file runs backwards: by its days, else by which way its balances fit."""
    if len(rows) < 2:
        return False
    first, last = rows[0].line.day, rows[-1].line.day
    if first != last:
        return first > last
    return _fits(rows[::-1]) > _fits(rows)


def _fits(rows: list[_Read]) -> int:
    pairs = pairwise(rows)
    return sum(
        one.balance is not None
        and other.balance is not None
        and abs(other.balance - one.balance) == abs(other.line.amount)
        for one, other in pairs
    )
