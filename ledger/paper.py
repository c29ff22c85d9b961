"""A receipt for whoever was paid: as a file, and on paper with its QR code.

The paper names nobody: it lies about at home. It says which account, as the books do.
"""

import base64
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import segno
from django.conf import settings
from django.http import HttpResponse
from djmoney.money import Money

from coop.kit.money import from_minor
from coop.kit.pdf import make_pdf
from ledger.models import JournalEntry
from ledger.receipts import Proven, check_receipt, make_receipt, written


@dataclass(frozen=True)
class PaperLine:
    """A posting on the paper."""

    account: str
    side: str
    amount: Money


def make_paper(entry: JournalEntry) -> bytes:
    """The receipt of an entry as PDF/UA. Raises NotGathered, or NoPdf."""
    receipt = make_receipt(entry)
    proven = check_receipt(receipt)
    return make_pdf(
        "ledger/receipt.html",
        {
            "house": settings.WAGTAIL_SITE_NAME,
            "entry": entry,
            "number": proven.number,
            "line": proven.line,
            "lines": _lines(proven),
            "signatures": len(_signatures(proven)),
            "qr": _qr(written(receipt)),
        },
        sheets=["papers/receipt"],
    )


def _lines(proven: Proven) -> list[PaperLine]:
    return [
        PaperLine(account, side, from_minor(minor, currency))
        for account, _kind, currency, _money, side, minor, *_rest in proven.entry["postings"]
    ]


def _signatures(proven: Proven) -> list[Any]:
    payment = proven.entry["payment"]
    return payment[4] if payment else []


def _qr(text: str) -> str:
    """The code as a picture that a page can hold; the whole receipt is in it."""
    code = segno.make(text, error="l", micro=False, boost_error=False)
    drawn = BytesIO()
    code.save(drawn, kind="svg", border=4, dark="#000", light="#fff", omitsize=True)
    return f"data:image/svg+xml;base64,{base64.b64encode(drawn.getvalue()).decode()}"


def file_answer(entry: JournalEntry, name: str) -> HttpResponse:
    """The receipt as a file to keep. Raises NotGathered."""
    return _answer(written(make_receipt(entry)).encode(), "application/json", entry, name, "json")


def paper_answer(entry: JournalEntry, name: str) -> HttpResponse:
    """The receipt as a page to print. Raises NotGathered, or NoPdf."""
    return _answer(make_paper(entry), "application/pdf", entry, name, "pdf")


def _answer(content: bytes, kind: str, entry: JournalEntry, name: str, ending: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}-{entry.label}.{ending}"'
    answer["Cache-Control"] = "private, no-store"
    return answer
