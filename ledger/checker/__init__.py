"""The page that checks a receipt by itself: one file, to be kept and opened from disk.

It asks nobody for anything: its only script and its only style stand inside and are named by
their hashes in its own content security policy, which allows nothing else.
"""

import base64
import hashlib
import json
from pathlib import Path

from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ledger.root_line import DIGITS, GROUPS

HERE = Path(__file__).parent


def _words() -> dict[str, str]:
    """What the script says."""
    return {
        "whole": _("This receipt is whole: nothing in it was altered."),
        "broken": _("This receipt was altered: what it says does not lead to its root."),
        "strange": _("This is not a receipt of this house, or not all of it."),
        "number": _("Entry"),
        "day": _("Day"),
        "reference": _("Reference"),
        "memo": _("Memo"),
        "debit": _("Debit"),
        "credit": _("Credit"),
        "signed": _("Signed by (numbers of people)"),
        "block": _("Block"),
        "line": _("Its line in the minute book"),
        "empty": _("Copy the line of this block out of the minute book, and it is compared."),
        "same": _("The line is the same: the minute book vouches for this receipt."),
        "other": _("The line is another. From this place on it differs:"),
        "other_block": _("That line is of another block:"),
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
