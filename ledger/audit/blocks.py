"""Blocks follow each other, number without gaps, and their roots are right. Invariant 2."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy

from coop.kit.audit import Finding, finding, invariant
from ledger import merkle
from ledger.audit.read import name, rows
from ledger.models import Block, BlockItem, Period
from ledger.services.blocks import block_leaves


@invariant(
    2, gettext_lazy("Every block's root fits its entries, its header and the block before it.")
)
def blocks_verify() -> Iterator[str]:
    """Names every block that jumps, has gaps or another root."""
    periods = list(Period.objects.order_by("closed_at").values_list("closed_at", "last_day"))
    previous: Block | None = None
    for block in Block.objects.select_related("previous").order_by("number").iterator(PIECE):
        yield from _follows(block, previous)
        items = list(
            BlockItem.objects.filter(block=block)
            .order_by("number")
            .values_list("number", "entry__seal__leaf")
        )
        numbers = list(range(block.first_number, block.last_number + 1))
        if [number for number, _ in items] != numbers:
            yield finding(
                "block {number} does not hold just the numbers that it says", number=block.number
            )
        try:
            root = merkle.root(block_leaves(block, (leaf or "" for _, leaf in items))).hex()
        except ValueError:
            root = ""
        if root != block.root:
            yield finding(
                "block {number} has another root than its entries lead to", number=block.number
            )
        closed = [last for at, last in periods if at <= block.created_at]
        if max(closed, default=None) != block.closed_until:
            yield _periods_changed(block, max(closed, default=None))
        previous = block


PIECE = 100


def _periods_changed(block: Block, now: date | None) -> Finding:
    return finding(
        "block {number} saw days closed up to {then}, the closed periods say {now}",
        number=block.number,
        then=block.closed_until or "–",
        now=now or "–",
    )


def _follows(block: Block, previous: Block | None) -> Iterator[str]:
    number = previous.number + 1 if previous else 1
    first = previous.last_number + 1 if previous else 1
    before = previous.pk if previous else None
    for lost in range(number, min(block.number, number + PIECE)):
        yield finding("block {number} is missing", number=lost)
    if (block.number, block.first_number, block.previous_id) != (number, first, before):
        yield finding("block {number} does not follow the block before it", number=block.number)


@invariant(8, gettext_lazy("Journal numbers have no gaps and are those that the blocks gave."))
def numbers_are_the_blocks() -> Iterator[str]:
    """Names every entry whose number is not its block's."""
    differing = """
        SELECT e.id, e.reference, e.number, i.number
          FROM ledger_journalentry e LEFT JOIN ledger_blockitem i ON i.entry_id = e.id
         WHERE e.number IS DISTINCT FROM i.number ORDER BY e.id"""
    for entry_id, reference, number, given in rows(differing):
        yield finding(
            "{entry} is not numbered {given}, as its block says",
            entry=name(entry_id, reference, number),
            given=given,
        )
    lost = """
        SELECT i.number FROM ledger_blockitem i
          LEFT JOIN ledger_journalentry e ON e.id = i.entry_id
         WHERE e.id IS NULL ORDER BY i.number"""
    for (number,) in rows(lost):
        yield finding("entry no. {number} is in a block but not in the journal", number=number)
    no_block = """
        SELECT e.id, e.reference, e.number FROM ledger_blockitem i
          JOIN ledger_journalentry e ON e.id = i.entry_id
          LEFT JOIN ledger_block b ON b.id = i.block_id
         WHERE b.id IS NULL ORDER BY i.number"""
    for row in rows(no_block):
        yield finding("{entry} is in a block that is missing", entry=name(*row))
