"""OFX 1 (SGML) and 2 (XML), by the parser of ofxtools, which reads both; ours keeps the lines.

Its models are not used: they refuse the files of real banks for reasons of form that do not
concern money, and they do not say in which line.
"""

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from xml.etree.ElementTree import Element  # only the type: ofxtools builds it, no XML parser runs

from django.utils.translation import gettext as _
from ofxtools.Parser import ParseError, TreeBuilder

from ledger.bank.errors import Problem, SeveralAccounts, UnknownFile, WrongLines
from ledger.bank.reading.raw import RawLine, RawStatement, decoded, one_line

_AMOUNT = re.compile(r"[+-]?\d+(?:[.,]\d+)?")


class _Builder(TreeBuilder):
    """Remembers in which line of the file each element begins."""

    def __init__(self, first_line: int) -> None:
        super().__init__()
        self.at = first_line

    def start(self, tag: str, attrs: dict[str, str]) -> Element:
        element: Element = super().start(tag, {"line": str(self.at)})
        return element

    def feed(self, data: str) -> None:
        """As ofxtools does, one tag at a time."""
        first, done = self.at, 0
        for found in self.regex.finditer(data):
            self.at += data.count("\n", done, found.start())
            done = found.start()
            tag, closetag = found["tag"], found["closetag"]
            text = found["cdata"] or (found["text"] or "").strip() or None
            try:
                self._feedmatch(tag, text, closetag)
            except (ParseError, IndexError, AssertionError) as wrong:
                why = _("“%(tag)s” is not closed as it was opened.") % {"tag": tag}
                raise WrongLines([Problem(self.at, why)]) from wrong
        self.at = max(self.at, first)


def read(data: bytes) -> RawStatement:
    """Read a file. Raises WrongLines with every line that is wrong, SeveralAccounts, UnknownFile."""
    text = decoded(data)
    begin = text.upper().find("<OFX>")
    if begin < 0:
        raise UnknownFile
    builder = _Builder(1 + text.count("\n", 0, begin))
    builder.feed(text[begin:])
    try:
        root = builder.close()
    except (AssertionError, ParseError) as wrong:
        raise WrongLines([Problem(builder.at, _("The file ends too early."))]) from wrong
    statements = [one for one in root.iter() if one.tag in {"STMTRS", "CCSTMTRS", "INVSTMTRS"}]
    numbers = sorted({_of(one, "ACCTID") for one in statements})
    if len(numbers) > 1:
        raise SeveralAccounts(numbers=", ".join(numbers))
    if not statements:
        raise UnknownFile
    return _statement(statements, numbers[0])


def _statement(statements: list[Element], number: str) -> RawStatement:
    problems: list[Problem] = []
    lines = [
        line
        for statement in statements
        for element in statement.iter("STMTTRN")
        if (line := _line(element, problems)) is not None
    ]
    raw = RawStatement(
        "ofx", lines, currency=_of(statements[0], "CURDEF").upper(), bank_number=number
    )
    balances = [one for statement in statements for one in statement.iter("LEDGERBAL")]
    if balances:
        amount = _amount(balances[-1], "BALAMT", problems)
        raw.closing_day = _day(balances[-1], "DTASOF", problems)
        if amount is not None:
            raw.closing = amount
            raw.opening = amount - sum((one.amount for one in lines), Decimal(0))
            raw.remarks.append({"key": "opening_reckoned"})
    if problems:
        raise WrongLines(problems)
    return raw


def _line(element: Element, problems: list[Problem]) -> RawLine | None:
    found = len(problems)
    day = _day(element, "DTPOSTED", problems)
    amount = _amount(element, "TRNAMT", problems)
    if day is None or amount is None or len(problems) > found:
        return None
    name, memo = _of(element, "NAME"), _of(element, "MEMO")
    number = _of(element, "CHECKNUM") or _of(element, "REFNUM")
    text = memo if memo.startswith(name) else f"{name} {memo}".strip()
    return RawLine(
        at=_at(element),
        day=day,
        amount=amount,
        text=text or _of(element, "TRNTYPE"),
        counterparty=name,
        reference="" if number.strip("0") == "" else number,
        bank_id=_of(element, "FITID"),
    )


def _find(element: Element, tag: str) -> Element | None:
    return next(element.iter(tag), None)


def _of(element: Element, tag: str) -> str:
    found = _find(element, tag)
    return one_line(found.text) if found is not None else ""


def _at(element: Element) -> int:
    return int(element.attrib["line"])


def _day(element: Element, tag: str, problems: list[Problem]) -> date | None:
    found = _find(element, tag)
    if found is None:
        problems.append(Problem(_at(element), _("the day (%(tag)s) is missing.") % {"tag": tag}))
        return None
    told = one_line(found.text)
    if not told:
        problems.append(Problem(_at(found), _("the day (%(tag)s) is empty.") % {"tag": tag}))
        return None
    try:
        return date(int(told[:4]), int(told[4:6]), int(told[6:8]))
    except ValueError:
        why = _("“%(told)s” is no day (%(tag)s).") % {"told": told[:40], "tag": tag}
        problems.append(Problem(_at(found), why))
        return None


def _amount(element: Element, tag: str, problems: list[Problem]) -> Decimal | None:
    found = _find(element, tag)
    told = one_line(found.text) if found is not None else ""
    try:
        if not _AMOUNT.fullmatch(told):
            raise InvalidOperation
        return Decimal(told.replace(",", "."))
    except InvalidOperation:
        why = _("“%(told)s” is no amount (%(tag)s).") % {"told": told[:40], "tag": tag}
        problems.append(Problem(_at(element if found is None else found), why))
        return None
