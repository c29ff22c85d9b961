"""The bank's statement of the year's last whole month: imported, and matched as far as the 20th."""

import csv
import io
from datetime import date, timedelta
from decimal import Decimal

from djmoney.money import Money

from coop.demo.money import Treasury
from coop.demo.story import Story, last_of_month
from coop.kit.days import month_of
from coop.kit.money import books_currency, zero
from ledger import queries
from ledger.bank.awaiting import awaited
from ledger.bank.explain import Explanation, explain
from ledger.bank.models import Match
from ledger.bank.queries.suggesting import board
from ledger.bank.services import import_file, match_lines
from ledger.models import JournalEntry, Posting

Kind = JournalEntry.Kind

#: What the bank keeps and pays by itself: the books hear of it from the statement.
_OWN_LINES = (
    (24, "ABONO INTERESES AHORROS", "1.12"),
    (27, "COMISION MANTENIMIENTO DE CUENTA", "-7.50"),
    (27, "ITF", "-0.35"),
)
#: Up to this day of the month the treasurer has matched everything.
_MATCHED_UNTIL = 20
_Line = tuple[date, str, Decimal, str]


def bring_statement(story: Story, treasury: Treasury) -> None:
    """Import what the bank says of last month, and match the first weeks."""
    first = month_of(month_of(story.today) - timedelta(days=1))
    if first < story.first_day:
        return
    last = last_of_month(first)
    bank = queries.account("bank")
    opening = queries.balance_on(bank, first - timedelta(days=1))
    [imported] = import_file(
        data=_as_file(opening, _lines(first, last)),
        name=f"movimientos-{first:%Y-%m}.csv",
        account=bank,
        actor=treasury.people.treasurer,
    )
    if imported.new:
        _match(treasury, first.replace(day=_MATCHED_UNTIL))


def _lines(first: date, last: date) -> list[_Line]:
    """What the bank saw: the books' postings in its own words, pay of a day in one sum."""
    rows = Posting.objects.filter(account__role="bank", day__gte=first, day__lte=last)
    postings = list(rows.select_related("entry__payment__payee", "account").order_by("day", "pk"))
    told = explain(one.entry for one in postings)
    lines: list[_Line] = []
    pay: dict[date, Money] = {}
    for one in postings:
        if one.entry.kind == Kind.MEMBER_PAID:
            pay[one.day] = pay.get(one.day, zero()) - one.amount
            continue
        sign = 1 if one.side == Posting.Side.DEBIT else -1
        text, number = _words(one.entry, told.get(one.entry_id))
        # The agency writes down in the evening what came in cash; the rest comes a day later.
        day = one.day if one.entry.kind == Kind.TRANSFER else one.day + timedelta(days=1)
        lines.append((min(day, last), text, sign * one.amount.amount, number))
    lines += [(day, "PAGO A TERCEROS PLANILLA", sum_.amount, "") for day, sum_ in pay.items()]
    lines += [(first.replace(day=day), text, Decimal(told_), "") for day, text, told_ in _OWN_LINES]
    lines += _unrecorded(last)
    return sorted(lines, key=lambda line: line[0])


def _unrecorded(last: date) -> list[_Line]:
    """The transfer of an order that nobody wrote down yet: the bank is the first to tell."""
    waiting = [one for one in awaited() if one.open.currency.code == books_currency()]
    for one in waiting:
        if one.since < last:
            text = f"TRANSF PEDIDO {one.number} {one.names.split()[0].upper()}"
            return [(last, text, one.open.amount, "")]
    return []


def _words(entry: JournalEntry, told: Explanation | None) -> tuple[str, str]:
    """How the bank writes an entry, and its operation number."""
    if entry.kind == Kind.TRANSFER:
        return "DEPOSITO EN EFECTIVO AGENCIA PUNO", ""
    if told is not None:
        return f"TRANSF {told.names.upper()}", max(told.numbers, key=len, default="")
    payee = entry.payment.payee_label if entry.payment else ""
    return f"PAGO {payee.upper()}".strip(), ""


def _as_file(opening: Money, lines: list[_Line]) -> bytes:
    """As a bank in Peru gives it: debit, credit, balance."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(["Fecha", "Descripción", "Cargo", "Abono", "Saldo", "Nro. operación"])
    balance = opening.amount
    for day, text, amount, number in lines:
        balance += amount
        sides = [f"{-amount:.2f}", ""] if amount < 0 else ["", f"{amount:.2f}"]
        writer.writerow([f"{day:%d/%m/%Y}", text, *sides, f"{balance:.2f}", number])
    return out.getvalue().encode()


def _match(treasury: Treasury, until: date) -> None:
    for one in board(queries.account("bank")).suggestions:
        if all(line.day <= until for line in one.lines):
            match_lines(
                lines=one.lines,
                postings=[side.posting for side in one.sides],
                actor=treasury.people.treasurer,
                how=Match.How.SUGGESTED,
                reasons=one.reasons,
            )
