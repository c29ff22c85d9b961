"""Gathering sealed entries into blocks, which gives them their numbers."""

from datetime import date

from django.db import connection, transaction

from coop.kit import days
from ledger import merkle
from ledger.canonical import EMPTY_HEAD
from ledger.models import Block, BlockItem, JournalEntry

#: Entries in one block at most, so that a receipt's path stays short and a block is read at once.
BLOCK_SIZE = 1000
_LOCK_KEY = 0x4D494E4B  # "MINK": one gatherer at a time on PostgreSQL


@transaction.atomic
def gather_block(*, on: date | None = None) -> Block | None:
    """Gather the sealed entries that are in no block yet; None if there is none.

    They are chosen as missing from blocks, never as newer than the last: a transaction that
    committed late has an early id. Numbers follow on without gaps.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK_KEY])
    waiting = JournalEntry.objects.filter(number=None).order_by("id")
    leaves = dict(waiting.values_list("id", "seal__leaf")[:BLOCK_SIZE])
    if not leaves:
        return None
    previous = Block.objects.order_by("-number").first()
    first = previous.last_number + 1 if previous else 1
    block = Block.objects.create(
        number=previous.number + 1 if previous else 1,
        previous=previous,
        day=on or days.today(),
        first_number=first,
        last_number=first + len(leaves) - 1,
        root=block_root(previous.root if previous else EMPTY_HEAD, list(leaves.values())),
    )
    BlockItem.objects.bulk_create(
        BlockItem(entry_id=entry_id, block=block, number=first + place)
        for place, entry_id in enumerate(leaves)
    )
    _number_entries(block)
    return block


def gather_all(*, on: date | None = None) -> list[Block]:
    """Gather block after block until no entry waits."""
    blocks = []
    while block := gather_block(on=on):
        blocks.append(block)
    return blocks


def block_root(previous_root: str, leaves: list[str]) -> str:
    """The root of a block: leaf 0 is the root before it, then the seals in order of number."""
    return merkle.root([bytes.fromhex(one) for one in (previous_root, *leaves)]).hex()


def _number_entries(block: Block) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE ledger_journalentry SET number = i.number FROM ledger_blockitem i"
            " WHERE i.entry_id = ledger_journalentry.id AND i.block_id = %s",
            [block.pk],
        )
