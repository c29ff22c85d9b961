"""Which pieces stand ready for which line. `Allocation` (one row a piece) has the last word."""

from collections.abc import Iterable, Sequence

from django.db import IntegrityError, transaction

from catalog.errors import PieceTaken
from catalog.models import Piece
from catalog.services import release_piece, reserve_piece
from orders.shop.errors import SoldOut
from orders.shop.models import Allocation, Order, OrderLine
from orders.shop.values import can_be_knitted


def free_pieces(line: OrderLine, count: int) -> list[Piece]:
    """Up to `count` free pieces for `line`, oldest first, locked until the transaction ends.

    PostgreSQL waits here for whoever holds a piece, and looks again; SQLite has one writer.
    """
    found = Piece.objects.free().filter(variant=line.variant_id).select_for_update()
    return list(found.order_by("pk")[:count])


def record_allocations(line: OrderLine, pieces: Iterable[Piece]) -> None:
    """Write that `pieces` are for `line`: in our table and on the pieces themselves."""
    for piece in pieces:
        Allocation.objects.create(piece=piece, line=line)
        reserve_piece(piece=piece, key=line.key)


def allocate_from_store(line: OrderLine) -> int:
    """Take what is free in the store for `line`; returns how many pieces it has now.

    Raises SoldOut if they are too few, and no more are knitted: a one-of-a-kind that is gone.
    """
    name = line.variant.product.name
    try:
        with transaction.atomic():
            pieces = free_pieces(line, line.missing)
            record_allocations(line, pieces)
    except (IntegrityError, PieceTaken) as problem:
        raise SoldOut(name=name) from problem
    if len(pieces) < line.missing and not can_be_knitted(line.variant):
        raise SoldOut(name=name)
    if pieces:
        line.allocated += len(pieces)
        line.save(update_fields=["allocated"])
    return line.allocated


def allocate_all(lines: Sequence[OrderLine]) -> None:
    """Allocate every line, in the order of variants, so that two orders never wait in a ring."""
    for line in sorted(lines, key=lambda one: (one.variant_id, one.pk)):
        allocate_from_store(line)


def allocate_piece(line: OrderLine, piece: Piece) -> None:
    """This very piece, just passed, is for `line`, which still misses one."""
    record_allocations(line, [piece])
    line.allocated += 1
    line.save(update_fields=["allocated"])


def pieces_of(order: Order) -> list[Piece]:
    """Every piece allocated to `order`, locked in the order of their keys."""
    found = Piece.objects.filter(allocation__line__order=order).select_for_update(of=("self",))
    return list(found.order_by("pk"))


def release_all(order: Order) -> None:
    """Every piece of `order` is free again."""
    pieces = pieces_of(order)
    Allocation.objects.filter(line__order=order).delete()
    for piece in pieces:
        release_piece(piece=piece, key=piece.reserved_for)
    order.lines.update(allocated=0)


def is_complete(order: Order) -> bool:
    """Whether a piece stands ready for everything that was ordered."""
    return all(line.missing == 0 for line in order.lines.all())
