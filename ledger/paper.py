"""A receipt for whoever was paid: as a file, and on paper with its QR code.

The file names nobody: what is sealed are codes. The paper's PDF carries the file inside, so that
whoever has only the PDF can have it checked. The paper is hers and says, first and big, whose it
is, how much and for what; what somebody needs who checks it stands below, small.
"""

import base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import segno
from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from djmoney.money import Money
from PIL import Image

from coop.kit.money import format_money, from_minor
from coop.kit.pdf import make_pdf
from ledger.models import Account, JournalEntry, Posting, Voucher
from ledger.queries.papers import papers_of_entry
from ledger.queries.words import describe
from ledger.receipts import Proven, check_receipt, make_receipt, written
from ledger.telling import NOTHING, particulars

#: So many photographs go onto a receipt, at so many dots on their longer side.
MOST_PHOTOS, PHOTO_SIDE = 6, 1400


@dataclass(frozen=True)
class PaperLine:
    """A posting on the paper."""

    account: str
    side: str
    amount: Money


@dataclass(frozen=True)
class Photo:
    """A photograph of a paper on the receipt's later pages; `source` is empty if it is gone."""

    source: str
    voucher: Voucher


@dataclass(frozen=True)
class Told:
    """An entry in plain words, to her whose paper it is: her name (if it is one woman's)."""

    name: str
    sentence: str


def told_to_her(entry: JournalEntry, account: Account | None = None) -> Told:
    """What an entry says to her whose `account` it is; without one, to the only woman in it."""
    hers = list(_of_members(entry))
    if account is not None:
        hers = [one for one in hers if one.account_id == account.pk]
    if len({one.account_id for one in hers}) != 1:
        return Told("", describe(entry))
    sentence = _to_her(entry, hers[0])
    if entry.reverses is not None:
        sentence = _("Undone: {sentence}").format(sentence=sentence)
    return Told(str(hers[0].account.holder), sentence)


def _of_members(entry: JournalEntry) -> Iterable[Posting]:
    payable = Account.objects.of_members().exclude(holder=None)
    postings = Posting.objects.filter(entry=entry, account__in=payable)
    return postings.select_related("account__holder").order_by("position")


def _to_her(entry: JournalEntry, posting: Posting) -> str:
    source = entry.reverses or entry
    is_credit = posting.side == Posting.Side.CREDIT
    came_in = is_credit != (entry.reverses is not None)
    known = particulars([entry]).get(entry.pk, NOTHING)
    if source.kind == JournalEntry.Kind.MEMBER_PAID and not came_in:
        words = _("You were paid {amount}")
    elif came_in and known.what:
        words = _("You earned {amount} for 1 {what}")
    elif came_in:
        words = _("You earned {amount}")
    else:
        words = _("{amount} was taken off what you are owed")
    what = known.what[:1].lower() + known.what[1:]
    return words.format(amount=format_money(posting.amount), what=what)


def make_paper(
    entry: JournalEntry,
    account: Account | None = None,
    picture: bytes | None = None,
    photos: Sequence[Voucher] = (),
) -> bytes:
    """The receipt of an entry as PDF/UA, told to her whose `account` it is.

    `picture` is what she knitted, as a WebP; `photos` are the papers behind the entry that its
    reader may look at, a page for each. Raises NotGathered, or NoPdf.
    """
    receipt = make_receipt(entry)
    proven, text = check_receipt(receipt), written(receipt)
    return make_pdf(
        "ledger/receipt.html",
        {
            "house": settings.WAGTAIL_SITE_NAME,
            "entry": entry,
            "told": told_to_her(entry, account),
            "picture": _picture(picture) if picture else "",
            "check_at": f"{settings.SITE_URL}{reverse('check-receipt')}",
            "number": proven.number,
            "line": proven.line,
            "lines": _lines(proven),
            "signatures": len(_signatures(proven)),
            "photos": [_shown(one) for one in photos[:MOST_PHOTOS]],
            "photo_count": len(papers_of_entry(entry)),
            "qr": _qr(text),
        },
        sheets=["papers/receipt"],
        holding={f"{pgettext('file name', 'receipt')}-{entry.label}.json": text},
    )


def _lines(proven: Proven) -> list[PaperLine]:
    return [
        PaperLine(account, side, from_minor(minor, currency))
        for account, _kind, currency, _money, side, minor, *_rest in proven.entry["postings"]
    ]


def _signatures(proven: Proven) -> list[Any]:
    payment = proven.entry["payment"]
    return payment[4] if payment else []


def _shown(one: Voucher) -> Photo:
    """A photograph as it is printed; a file that is gone is told all the same."""
    try:
        with one.file.open("rb") as file, Image.open(file) as found:
            found.thumbnail((PHOTO_SIDE, PHOTO_SIDE))
            smaller = BytesIO()
            found.convert("RGB").save(smaller, "JPEG", quality=80)
    except OSError:
        return Photo("", one)
    return Photo(f"data:image/jpeg;base64,{base64.b64encode(smaller.getvalue()).decode()}", one)


def _picture(content: bytes) -> str:
    return f"data:image/webp;base64,{base64.b64encode(content).decode()}"


def _qr(text: str) -> str:
    """The code as a picture that a page can hold; the whole receipt is in it."""
    code = segno.make(text, error="l", micro=False, boost_error=False)
    drawn = BytesIO()
    code.save(drawn, kind="svg", border=4, dark="#000", light="#fff", omitsize=True)
    return f"data:image/svg+xml;base64,{base64.b64encode(drawn.getvalue()).decode()}"


def file_answer(entry: JournalEntry, name: str) -> HttpResponse:
    """The receipt as a file to keep. Raises NotGathered."""
    return _answer(written(make_receipt(entry)).encode(), "application/json", entry, name, "json")


def paper_answer(
    entry: JournalEntry,
    name: str,
    *,
    account: Account | None = None,
    picture: bytes | None = None,
    photos: Sequence[Voucher] = (),
) -> HttpResponse:
    """The receipt as a page to print; see `make_paper`. Raises NotGathered, or NoPdf."""
    paper = make_paper(entry, account, picture, photos)
    return _answer(paper, "application/pdf", entry, name, "pdf")


def _answer(content: bytes, kind: str, entry: JournalEntry, name: str, ending: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}-{entry.label}.{ending}"'
    answer["Cache-Control"] = "private, no-store"
    return answer
