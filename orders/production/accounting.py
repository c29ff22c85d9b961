"""Where an event of production becomes debits and credits."""

from datetime import date

from djmoney.money import Money

from catalog.models import Piece
from coop.people.models import User
from ledger import queries
from ledger.models import JournalEntry
from ledger.services import credit, debit, post_entry
from orders.production.errors import DoesNotKnit
from orders.production.models import Assignment


def passed_reference(piece_id: int) -> str:
    """The reference of the entry that a passed piece makes, and no other piece."""
    return f"piece:{piece_id}:passed"


def post_piece_passed(
    *, piece: Piece, assignment: Assignment, wool: Money, actor: User, on: date
) -> JournalEntry:
    """Finished pieces (pay + wool) / her account (her rate), wool with members (lot cost).

    Source: accounting, "piece passed".
    """
    member = assignment.member
    if member.account is None:
        raise DoesNotKnit(member=member.name)
    lines = [
        debit(queries.account("finished_pieces"), assignment.rate + wool),
        credit(member.account, assignment.rate),
    ]
    if wool.amount:
        lines.append(credit(queries.account("wool_members"), wool))
    return post_entry(
        day=on,
        kind=JournalEntry.Kind.PIECE_PASSED,
        memo=f"{assignment.work_order.variant.sku} {member.code}",
        lines=lines,
        reference=passed_reference(piece.pk),
        created_by=actor,
    )
