"""A receipt proves an entry without the books: what was sealed, its place in a block, the root.

`sealed` is the very text that was hashed, so that a verifier hashes it and reads it, and never has
to build it anew. `header` is the first leaf of the block: it says which block of which day this is
and which number its first entry has. Both lead to the same root, and the root stands, as a line
of digits (`ledger.root_line`), in the paper minute book. No name is in it.

`check_receipt` needs no database; `ledger/checker/checker.js` does the same in a browser.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from ledger import merkle
from ledger.audit.seals import sealed_entry, sealed_postings, sealed_signatures
from ledger.canonical import canonical_form
from ledger.errors import (
    NotAReceipt,
    NotGathered,
    PaperWithoutReceipt,
    PictureIsNoReceipt,
    ReceiptBroken,
)
from ledger.models import BlockItem, JournalEntry
from ledger.root_line import RootLine, groups_of
from ledger.services.blocks import block_leaves

FORMAT = "minka-receipt-2"
#: No receipt is longer: a block holds a thousand entries, an entry some tens of postings.
MOST_BYTES = 200_000
#: The paper carries pictures and letters beside the receipt.
MOST_PAPER_BYTES = 20_000_000
#: How a receipt begins, in a file of its own and inside its paper.
_BEGINS = f'{{"format":"{FORMAT}"'.encode()
_BLANKS = " \t\r\n\f\v\u00a0\ufeff"


def make_receipt(entry: JournalEntry) -> dict[str, Any]:
    """The receipt of an entry, ready for JSON. Raises NotGathered until a block has it."""
    item = BlockItem.objects.select_related("block__previous").filter(entry=entry).first()
    if item is None:
        raise NotGathered(entry=entry.label)
    entry = JournalEntry.objects.select_related("seal", "payment", "reverses").get(pk=entry.pk)
    block = item.block
    seals = BlockItem.objects.filter(block=block).order_by("number")
    leaves = block_leaves(block, seals.values_list("entry__seal__leaf", flat=True))
    index = item.number - block.first_number + 1  # the header is leaf 0
    sealed = sealed_entry(entry, sealed_postings(entry), sealed_signatures(entry))
    return {
        "format": FORMAT,
        "number": item.number,
        "sealed": canonical_form(sealed, entry.seal.version).decode(),
        "salt": entry.seal.salt,
        "path": [one.hex() for one in merkle.path(leaves, index)],
        "header": leaves[0].decode(),
        "header_path": [one.hex() for one in merkle.path(leaves, 0)],
        "leaves": len(leaves),
        "root": block.root,
    }


def written(receipt: dict[str, Any]) -> str:
    """The receipt as it stands in its file and in its QR code: JSON without spaces."""
    return json.dumps(receipt, ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True)
class Proven:
    """What a receipt proves: this entry has this number in this block, whose root has this line."""

    number: int
    entry: dict[str, Any]
    root: str
    line: RootLine


def text_of(content: bytes) -> str:
    """The receipt that a file holds: its own, or the house's paper, which carries it inside.

    Raises NotAReceipt, PaperWithoutReceipt, or PictureIsNoReceipt.
    """
    if content.startswith(b"%PDF"):
        begin = content.find(_BEGINS)
        end = content.find(b"endstream", begin)
        if begin < 0 or end < 0 or len(content) > MOST_PAPER_BYTES:
            raise PaperWithoutReceipt
        content = content[begin:end].rstrip(b"\r\n")
    elif content.startswith((b"\xff\xd8\xff", b"\x89PNG", b"RIFF", b"GIF8")):
        raise PictureIsNoReceipt
    if len(content) > MOST_BYTES:
        raise NotAReceipt
    try:
        return content.decode()
    except UnicodeDecodeError as wrong:
        raise NotAReceipt from wrong


def prove(text: str) -> Proven:
    """What a receipt proves, as it came from its file or was read from its code.

    Ends of lines that a message or a program put into it do not count: a receipt has none.
    Raises as `read_receipt` and `check_receipt`.
    """
    text = text.strip(_BLANKS)
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\n" in lines:
        try:
            return check_receipt(read_receipt(lines.replace("\n", "")))
        except (NotAReceipt, ReceiptBroken):
            text = lines.replace("\n", " ")
    return check_receipt(read_receipt(text))


def read_receipt(text: str) -> dict[str, Any]:
    """A receipt from its file or its QR code. Raises NotAReceipt."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as wrong:
        raise NotAReceipt from wrong
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise NotAReceipt
    return found


def check_receipt(receipt: dict[str, Any]) -> Proven:
    """What the receipt proves to whoever finds its line in the minute book.

    Raises NotAReceipt for something of another form, ReceiptBroken where the entry or the header
    does not lead to the root.
    """
    try:
        sealed, header = str(receipt["sealed"]).encode(), str(receipt["header"]).encode()
        leaf = hashlib.sha256(bytes.fromhex(receipt["salt"]) + sealed).digest()
        said = json.loads(header)
        _, block, _, day, first, last = said[:6]
        number, leaves, root = receipt["number"], receipt["leaves"], str(receipt["root"])
        if not all(type(one) is int for one in (block, first, last, number, leaves)):
            raise NotAReceipt
        path, header_path = (
            [bytes.fromhex(one) for one in receipt[name]] for name in ("path", "header_path")
        )
        entry = json.loads(sealed)
        line = RootLine(block, last, date.fromisoformat(day), groups_of(root))
    except (KeyError, TypeError, ValueError) as wrong:
        raise NotAReceipt from wrong
    if leaves != last - first + 2:
        raise ReceiptBroken
    for data, index, siblings in ((leaf, number - first + 1, path), (header, 0, header_path)):
        if not _leads(data, index, leaves, siblings, root):
            raise ReceiptBroken
    return Proven(number, entry, root, line)


def _leads(data: bytes, index: int, leaves: int, siblings: list[bytes], root: str) -> bool:
    try:
        return merkle.root_from_path(data, index, leaves, siblings).hex() == root
    except ValueError:
        return False
