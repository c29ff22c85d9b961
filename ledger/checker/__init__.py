"""The page that checks a receipt by itself: one file, to be kept and opened from disk.

It asks nobody for anything: its only script and its only style stand inside and are named by
their hashes in its own content security policy, which allows nothing else.
"""

import base64
import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from coop.kit.money import SYMBOLS, minor_digits
from ledger.errors import NotAReceipt, PaperWithoutReceipt, PictureIsNoReceipt, ReceiptBroken
from ledger.models import JournalEntry
from ledger.root_line import DIGITS, GROUPS, difference_words

HERE = Path(__file__).parent
#: Those that books are kept in whose smallest part is no hundredth, beside ours.
CURRENCIES = (*SYMBOLS, "CLP", "PYG", "JPY", "KWD")


def _words() -> dict[str, Any]:
    """What the script says."""
    return {
        "whole": _("Nobody changed this receipt since it was made."),
        "whole_next": _(
            "Does your paper say the same? Then look for its line in the paper minute book, below."
        ),
        "broken": str(ReceiptBroken()),
        "broken_next": _("Show it to the treasurer, and ask for a new one from the books."),
        "strange": str(NotAReceipt()),
        "strange_next": _(
            "Give the file or the PDF that you got from the cooperative as it came, or everything"
            " that the square code on the paper says, from the first sign to the last."
        ),
        "paper": str(PaperWithoutReceipt()),
        "picture": str(PictureIsNoReceipt()),
        "number": _("Number in the book"),
        "day": _("Day"),
        "what": _("What it was"),
        "who": _("Her number in the cooperative"),
        "memo": _("Note"),
        "reference": _("Reference"),
        "debit": _("Debit"),
        "credit": _("Credit"),
        "signed": _("Signed by (numbers of people)"),
        "more": _("For whoever keeps the books"),
        "begin": _("Block %(block)s, entries up to %(last)s, %(day)s:"),
        "same": _("The line is the same: the minute book says that it is genuine."),
        "differs": difference_words(),
        "kinds": {key: str(label) for key, label in JournalEntry.Kind.choices},
        "symbols": SYMBOLS,
        "digits": {one: minor_digits(one) for one in CURRENCIES},
        "months": [date_format(date(2026, month, 1), "F") for month in range(1, 13)],
        "date": pgettext("day, month, year: in a receipt", "%(day)s %(month)s %(year)s"),
    }


def parts() -> tuple[str, str]:
    """The style and the script of the page, the script with its words."""
    words = json.dumps(_words(), ensure_ascii=False).replace("<", "\\u003c")
    script = (HERE / "checker.js").read_text(encoding="utf-8")
    script = script.replace("__WORDS__", words)
    script = script.replace("__GROUPS__", str(GROUPS)).replace("__DIGITS__", str(DIGITS))
    return (HERE / "checker.css").read_text(encoding="utf-8"), script


def policy(style: str, script: str) -> str:
    """A content security policy that allows just these two."""
    return (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}';"
        " base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


def page(back: str = "") -> tuple[str, str]:
    """The page in the reader's language, and its policy; with a way `back` where it is ours."""
    style, script = parts()
    allowed = policy(style, script)
    context = {
        "style": style,
        "script": script,
        "policy": allowed,
        "language": get_language() or "es",
        "back": back,
    }
    return render_to_string("ledger/checker.html", context), allowed
