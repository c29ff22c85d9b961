"""MT940 (SWIFT), by the library mt-940; what is wrong is named before it, with its line."""

import io
import re
from decimal import Decimal
from typing import Any

import mt940
from django.utils.translation import gettext as _

from ledger.bank.errors import Problem, SeveralAccounts, WrongLines
from ledger.bank.reading.raw import RawLine, RawStatement, decoded, one_line

_MOVEMENT = re.compile(
    r":61:(?P<day>\d{6})(?:\d{4})?(?:R?[CD]|E[CD])[A-Z]?(?P<amount>\d+,\d{0,3})[A-Z]\w{3}.*"
)
_BALANCE = re.compile(r":6[0-5][FM]?:[CD]\d{6}[A-Z]{3}\d+,\d{0,3}\s*")
_NUMBER = re.compile(r"^:25:(.+)$", re.MULTILINE)


def read(data: bytes) -> RawStatement:
    """Read a file. Raises WrongLines with every line that is wrong, or SeveralAccounts."""
    text = decoded(data).replace("\r\n", "\n")
    at = _check(text)
    numbers = sorted({one_line(one) for one in _NUMBER.findall(text)})
    if len(numbers) > 1:
        raise SeveralAccounts(numbers=", ".join(numbers))
    try:
        # A handle: a text that is the name of a file would be opened.
        found = mt940.parse(io.StringIO(text))
    except (ValueError, RuntimeError, KeyError, AttributeError) as wrong:
        why = _("it is not written as MT940 is.")
        raise WrongLines([Problem(at[0] if at else 1, why)]) from wrong
    if len(found) != len(at):
        raise WrongLines([Problem(at[-1] if at else 1, _("it is not written as MT940 is."))])
    lines = [_line(one, place) for one, place in zip(found, at, strict=True)]
    raw = RawStatement("mt940", lines, bank_number=numbers[0] if numbers else "")
    raw.opening = _first(text, ":60")
    closing = found.data.get("final_closing_balance")
    if closing is not None:
        raw.closing = closing.amount.amount
        raw.currency = closing.amount.currency
        raw.closing_day = closing.date
    return raw


def _check(text: str) -> list[int]:
    """The lines in which movements stand. Raises WrongLines for those that cannot be read."""
    problems, found = [], []
    for at, row in enumerate(text.split("\n"), start=1):
        if row.startswith(":61:"):
            found.append(at)
            movement = _MOVEMENT.match(row)
            if movement is None or not _is_day(movement["day"]):
                why = _("“%(told)s” is no movement (:61:).") % {"told": row[:60]}
                problems.append(Problem(at, why))
        elif re.match(r":6[0245][FM]?:", row) and not _BALANCE.fullmatch(row):
            why = _("“%(told)s” is no balance.") % {"told": row[:60]}
            problems.append(Problem(at, why))
    if problems:
        raise WrongLines(problems)
    return found


def _is_day(told: str) -> bool:
    month, number = int(told[2:4]), int(told[4:6])
    return 1 <= month <= 12 and 1 <= number <= 31


def _first(text: str, tag: str) -> Decimal | None:
    """The first balance of its kind: of several days in one file, the first day's."""
    found = re.search(rf"^{tag}[FM]:([CD])\d{{6}}[A-Z]{{3}}(\d+),(\d*)", text, re.MULTILINE)
    if found is None:
        return None
    amount = Decimal(f"{found[2]}.{found[3] or '0'}")
    return amount if found[1] == "C" else -amount


def _line(one: Any, at: int) -> RawLine:
    told = one.data
    details = told.get("transaction_details") or told.get("purpose") or ""
    extra = told.get("extra_details") or ""
    reference = told.get("customer_reference") or ""
    return RawLine(
        at=at,
        day=told.get("guessed_entry_date") or told["entry_date"]
        if told.get("entry_date")
        else told["date"],
        amount=told["amount"].amount,
        text=one_line(f"{details} {extra}") or one_line(told.get("id")),
        counterparty=one_line(told.get("applicant_name")),
        reference="" if reference == "NONREF" else one_line(reference),
        currency=told.get("currency") or "",
    )
