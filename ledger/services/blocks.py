"""Gathering sealed entries into blocks, which gives them their numbers."""

from collections.abc import Iterable
from datetime import date

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from coop.kit import days
from ledger import merkle
from ledger.canonical import EMPTY_HEAD, block_header
from ledger.models import Block, BlockItem, JournalEntry, Period, RowTrace
from ledger.traces import TRACE, leaf_of

#: Entries in one block at most, so that a receipt's path stays short and a block is read at once.
BLOCK_SIZE = 1000
#: Traces in one block at most; what is more waits for the next.
MOST_TRACES = 20_000
#: What only one does at a time: gathering and closing days; writing rates.
BLOCKS, RATES = 0x4D494E4B, 0x4D494E4C  # "MINK" and the number after it


def one_at_a_time(what: int = BLOCKS) -> None:
    """On PostgreSQL, wait until nobody else does the same, until this transaction ends.

    On SQLite every transaction that writes is alone anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [what])


@transaction.atomic
def gather_block(*, on: date | None = None) -> Block | None:
    """Gather the sealed entries that are in no block yet; None if there is none.

    They are chosen as missing from blocks, never as newer than the last: a transaction that
    committed late has an early id. Numbers follow on without gaps.
    """
    one_at_a_time()
    waiting = JournalEntry.objects.filter(number=None).order_by("id")
    leaves = dict(waiting.values_list("id", "seal__leaf")[:BLOCK_SIZE])
    if not leaves:
        return None
    previous = Block.objects.order_by("-number").first()
    first = previous.last_number + 1 if previous else 1
    block = Block(
        number=previous.number + 1 if previous else 1,
        previous=previous,
        day=on or days.today(),
        first_number=first,
        last_number=first + len(leaves) - 1,
        closed_until=Period.objects.aggregate(last=Max("last_day"))["last"],
        created_at=timezone.now(),
    )
    traces = _waiting_traces()
    block.trace_count = len(traces)
    block.trace_root = merkle.root([leaf_of(one) for one in traces]).hex()
    block.root = merkle.root(block_leaves(block, leaves.values())).hex()
    block.save(force_insert=True)
    _take_traces(block, traces)
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


def block_leaves(block: Block, leaves: Iterable[str]) -> list[bytes]:
    """The leaves of a block's tree: its header, then the seals in the order of their numbers."""
    header = block_header(
        number=block.number,
        previous_root=block.previous.root if block.previous else EMPTY_HEAD,
        day=block.day,
        first_number=block.first_number,
        last_number=block.last_number,
        closed_until=block.closed_until,
        created_at=block.created_at,
        trace_count=block.trace_count,
        trace_root=block.trace_root,
    )
    return [header, *(bytes.fromhex(one) for one in leaves)]


def _waiting_traces() -> list[RowTrace]:
    return list(RowTrace.objects.filter(block=None).order_by("id")[:MOST_TRACES])


def _take_traces(block: Block, traces: list[RowTrace]) -> None:
    """Into the block go just those that its root holds, by their keys: others may have come."""
    with connection.cursor() as cursor:
        for start in range(0, len(traces), 500):
            keys = [one.pk for one in traces[start : start + 500]]
            marks = ", ".join(["%s"] * len(keys))
            cursor.execute(
                f"UPDATE {TRACE} SET block_id = %s WHERE id IN ({marks})",  # noqa: S608
                [block.pk, *keys],
            )


def _number_entries(block: Block) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE ledger_journalentry SET number = i.number FROM ledger_blockitem i"
            " WHERE i.entry_id = ledger_journalentry.id AND i.block_id = %s",
            [block.pk],
        )
