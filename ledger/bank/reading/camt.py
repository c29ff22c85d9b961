"""CAMT.053 (ISO 20022), any version, by an XML reader that refuses entities (defusedxml)."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler

from defusedxml import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.sax import parseString  # type: ignore[import-untyped]
from django.utils.translation import gettext as _

from ledger.bank.errors import HasEntities, Problem, SeveralAccounts, UnknownFile, WrongLines
from ledger.bank.reading.raw import RawDetail, RawLine, RawStatement, Remark, one_line

_AMOUNT = re.compile(r"\d+(?:\.\d+)?")
#: Booked; what is only announced is no movement yet.
_BOOKED = {"BOOK", ""}
_OPENING, _CLOSING = ("OPBD", "PRCD"), ("CLBD",)


class _Handler(ContentHandler):
    """Builds a tree without namespaces; every element knows its line."""

    def __init__(self) -> None:
        super().__init__()
        self.tree = TreeBuilder()
        self.where: Any = None

    def setDocumentLocator(self, locator: Any) -> None:  # noqa: N802 - the library's name
        self.where = locator

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802
        told = {"line": str(self.where.getLineNumber())}
        self.tree.start(name.rpartition(":")[2], told | dict(attrs.items()))

    def endElement(self, name: str) -> None:  # noqa: N802
        self.tree.end(name.rpartition(":")[2])

    def characters(self, content: str) -> None:
        self.tree.data(content)


def tree_of(data: bytes) -> Element:
    """The file as a tree. Raises HasEntities or WrongLines."""
    handler = _Handler()
    try:
        parseString(data, handler, forbid_dtd=True)
    except DefusedXmlException as harmful:
        before = data[: max(data.find(b"<!"), 0)]
        raise HasEntities(line=1 + before.count(b"\n")) from harmful
    except SAXParseException as wrong:
        why = _("the file is not well-formed XML.")
        raise WrongLines([Problem(wrong.getLineNumber() or 1, why)]) from wrong
    return handler.tree.close()


def read(data: bytes) -> RawStatement:
    """Read a file. Raises WrongLines, HasEntities, SeveralAccounts or UnknownFile."""
    statements = list(tree_of(data).iter("Stmt"))
    if not statements:
        raise UnknownFile
    numbers = sorted({_at_path(one, "Acct/Id/IBAN", "Acct/Id/Othr/Id") for one in statements})
    if len(numbers) > 1:
        raise SeveralAccounts(numbers=", ".join(numbers))
    problems: list[Problem] = []
    lines = [
        line
        for statement in statements
        for entry in statement.findall("Ntry")
        if (line := _line(entry, problems)) is not None
    ]
    raw = RawStatement("camt", lines, bank_number=numbers[0])
    opening = _balance(statements[0], _OPENING, problems)
    closing = _balance(statements[-1], _CLOSING, problems)
    if opening:
        raw.opening, raw.currency = opening[0], opening[1]
    if closing:
        raw.closing, raw.currency, raw.closing_day = closing
    raw.remarks += [one for line in lines if (one := _batch_remark(line)) is not None]
    raw.currency = raw.currency or _at_path(statements[0], "Acct/Ccy")
    if not raw.currency and lines:
        raw.currency = lines[0].currency
    if problems:
        raise WrongLines(problems)
    return raw


def _batch_remark(line: RawLine) -> Remark | None:
    """That what a batch holds does not make it up: the bank kept something, or left some out."""
    amounts = [one.amount for one in line.details]
    known = [one for one in amounts if one is not None]
    if not known or len(known) < len(amounts) or sum(known) == line.amount:
        return None
    return {
        "key": "batch_differs",
        "at": line.at,
        "told": str(line.amount),
        "taken": str(sum(known)),
    }


def _line(entry: Element, problems: list[Problem]) -> RawLine | None:
    if _at_path(entry, "Sts/Cd", "Sts") not in _BOOKED:
        return None
    amount = _signed(entry, problems)
    day = _day(entry, problems, "BookgDt/Dt", "BookgDt/DtTm", "ValDt/Dt", "ValDt/DtTm")
    if amount is None or day is None:
        return None
    parts = entry.findall("NtryDtls/TxDtls")
    details = tuple(_detail(one, amount, problems) for one in parts) if len(parts) > 1 else ()
    texts = [_text(one) for one in parts]
    is_batch = len(parts) > 1 or _at_path(entry, "NtryDtls/Btch/NbOfTxs") not in {"", "1"}
    return RawLine(
        at=int(entry.attrib["line"]),
        day=day,
        amount=amount,
        # A batch is called as the bank calls it; what is in it stands below it.
        text=(is_batch and _at_path(entry, "AddtlNtryInf"))
        or one_line(" ".join(dict.fromkeys(filter(None, texts))))
        or _at_path(entry, "AddtlNtryInf"),
        counterparty="" if is_batch else _party(entry, amount),
        reference=_at_path(entry, "NtryDtls/Btch/PmtInfId", "NtryRef")
        if is_batch
        else _at_path(entry, ".//Refs/EndToEndId", "NtryRef", ".//Refs/InstrId"),
        bank_id=_at_path(entry, "AcctSvcrRef"),
        currency=_element(entry, "Amt").attrib.get("Ccy", ""),
        details=details,
    )


def _party(element: Element, amount: Decimal) -> str:
    """Money that left names whom it went to, money that came from whom it came."""
    party = "Cdtr" if amount < 0 else "Dbtr"
    ways = [
        f".//RltdPties/{one}/{name}" for one in (party, "Cdtr", "Dbtr") for name in ("Nm", "Pty/Nm")
    ]
    return _at_path(element, *ways)


def _detail(one: Element, whole: Decimal, problems: list[Problem]) -> RawDetail:
    """A payment of a batch. Its side is the batch's, unless it says its own (one that bounced)."""
    found = next(
        (
            there
            for path in ("Amt", "AmtDtls/TxAmt/Amt", "AmtDtls/InstdAmt/Amt")
            if (there := one.find(path)) is not None
        ),
        None,
    )
    amount: Decimal | None = None
    if found is not None:
        told = one_line(found.text)
        if _AMOUNT.fullmatch(told):
            side = _at_path(one, "CdtDbtInd") or ("CRDT" if whole > 0 else "DBIT")
            amount = Decimal(told) if side == "CRDT" else -Decimal(told)
        else:
            why = _("“%(told)s” is no amount (%(tag)s).") % {"told": told[:40], "tag": "Amt"}
            problems.append(Problem(int(found.attrib["line"]), why))
    return RawDetail(
        amount=amount,
        text=_text(one),
        counterparty=_party(one, whole),
        reference=_at_path(one, "Refs/EndToEndId", "Refs/AcctSvcrRef", "Refs/InstrId"),
    )


def _text(details: Element) -> str:
    told = " ".join(one_line(one.text) for one in details.findall("RmtInf/Ustrd"))
    return told or _at_path(details, "RmtInf/Strd/CdtrRefInf/Ref", "AddtlTxInf")


def _signed(element: Element, problems: list[Problem]) -> Decimal | None:
    found = _element(element, "Amt")
    told, side = one_line(found.text), _at_path(element, "CdtDbtInd")
    try:
        if not _AMOUNT.fullmatch(told):
            raise InvalidOperation
        amount = Decimal(told)
    except InvalidOperation:
        why = _("“%(told)s” is no amount (%(tag)s).") % {"told": told[:40], "tag": "Amt"}
        problems.append(Problem(int(found.attrib["line"]), why))
        return None
    if side not in {"CRDT", "DBIT"}:
        why = _("it does not say whether money came or left (CdtDbtInd).")
        problems.append(Problem(int(element.attrib["line"]), why))
        return None
    return amount if side == "CRDT" else -amount


def _balance(
    statement: Element, codes: tuple[str, ...], problems: list[Problem]
) -> tuple[Decimal, str, date | None] | None:
    for code in codes:
        for one in statement.findall("Bal"):
            if _at_path(one, "Tp/CdOrPrtry/Cd") == code:
                amount = _signed(one, problems)
                day = _day(one, problems, "Dt/Dt", "Dt/DtTm")
                if amount is not None:
                    return amount, _element(one, "Amt").attrib.get("Ccy", ""), day
    return None


def _day(element: Element, problems: list[Problem], *paths: str) -> date | None:
    told = _at_path(element, *paths)
    try:
        return date.fromisoformat(told[:10])
    except ValueError:
        found = next((one for path in paths if (one := element.find(path)) is not None), element)
        why = _("“%(told)s” is no day.") % {"told": told[:40]}
        problems.append(Problem(int(found.attrib["line"]), why))
        return None


def _element(element: Element, path: str) -> Element:
    found = element.find(path)
    return element if found is None else found


def _at_path(element: Element, *paths: str) -> str:
    """The first text that stands at one of the paths."""
    for path in paths:
        found = element.find(path)
        if found is not None and (told := one_line(found.text)):
            return told
    return ""
