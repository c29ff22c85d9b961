"""A receipt that proves an entry without the database: the entry, its path in the tree, the root.

`verify_receipt` needs nothing but the receipt; whoever holds the root (it is printed in the
minute book) can check that the books still say what the receipt says.
"""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from ledger import merkle
from ledger.audit.seals import sealed_entry, sealed_postings, sealed_signatures
from ledger.canonical import SealedEntry, SealedPayment, SealedPosting, leaf_hash
from ledger.errors import NotGathered
from ledger.models import BlockItem, JournalEntry
from ledger.services.blocks import block_leaves

FORMAT = "minka-receipt-1"


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
        "entry": _plain(asdict(sealed)),
        "seal": {"version": entry.seal.version, "salt": entry.seal.salt, "leaf": entry.seal.leaf},
        "block": {
            "number": block.number,
            "index": index,
            "leaves": len(leaves),
            "path": [one.hex() for one in merkle.path(leaves, index)],
            "root": block.root,
        },
    }


def verify_receipt(receipt: dict[str, Any]) -> bool:
    """Whether the receipt's entry leads, through its seal and its path, to its root.

    Raises ValueError (or KeyError) for something that is not a receipt of ours.
    """
    if receipt["format"] != FORMAT:
        raise ValueError("Not a receipt of this house")
    seal, block = receipt["seal"], receipt["block"]
    leaf = leaf_hash(_sealed(receipt["entry"]), seal["salt"], seal["version"])
    path = [bytes.fromhex(one) for one in block["path"]]
    root = merkle.root_from_path(bytes.fromhex(leaf), block["index"], block["leaves"], path)
    return leaf == seal["leaf"] and root.hex() == block["root"]


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def _sealed(entry: dict[str, Any]) -> SealedEntry:
    payment = entry["payment"]
    return SealedEntry(
        reference=entry["reference"],
        day=date.fromisoformat(entry["day"]),
        kind=entry["kind"],
        memo=entry["memo"],
        reverses=entry["reverses"],
        created_by=entry["created_by"],
        created_at=datetime.fromisoformat(entry["created_at"]),
        payment=SealedPayment(
            reference=payment["reference"],
            payee=payment["payee"],
            requested_by=payment["requested_by"],
            requested_on=date.fromisoformat(payment["requested_on"]),
            signatures=tuple(
                (signer, date.fromisoformat(day)) for signer, day in payment["signatures"]
            ),
        )
        if payment
        else None,
        postings=[SealedPosting(**one) for one in entry["postings"]],
    )
