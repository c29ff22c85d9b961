"""What stands behind a question about pay: her pieces, the work she has, her account, payments.

For the treasurer who answers her: all on one page, so that she need not answer blind.
"""

from dataclasses import dataclass

from django.db.models import QuerySet
from djmoney.money import Money

from catalog.models import Piece
from coop.members.models import Member
from coop.portal.queries import piece_id_of
from ledger import queries as books
from ledger.models import Account, Payment, Posting
from orders.production import queries as production
from orders.production.accounting import passed_reference
from orders.production.models import Assignment

#: So much of each is told; what is older stands behind the links.
NEWEST = 20


@dataclass(frozen=True)
class PieceRow:
    """A piece that she brought, and what it earned her; nothing before it passed."""

    piece: Piece
    earned: Money | None


@dataclass(frozen=True)
class PostingRow:
    """What happened on her account, in a sentence; `amount` is below zero where it went out."""

    posting: books.StatementRow
    sentence: str
    amount: Money


@dataclass(frozen=True)
class PayStory:
    """The newest of everything that she may mean (nine queries, however much it is)."""

    owed: Money
    pieces: list[PieceRow]
    work: list[Assignment]
    postings: list[PostingRow]
    payments: list[Payment]


def pay_story(member: Member, account: Account) -> PayStory:
    """What the house knows of a member's work and pay, the newest first."""
    return PayStory(
        owed=books.balance(account),
        pieces=_pieces(member, account),
        work=list(_work(member)),
        postings=_postings(account),
        payments=list(Payment.objects.filter(to_account=account).order_by("-pk")[:NEWEST]),
    )


def _pieces(member: Member, account: Account) -> list[PieceRow]:
    pieces = Piece.objects.filter(maker=member).select_related(
        "variant__design", "variant__product", "variant__colour"
    )
    found = list(pieces.order_by("-delivered_on", "-pk")[:NEWEST])
    references = [passed_reference(one.pk) for one in found]
    paid = Posting.objects.filter(
        account=account, entry__reference__in=references, entry__reversed_by=None
    )
    earned = {piece_id_of(one.entry): one.amount for one in paid.select_related("entry", "account")}
    return [PieceRow(one, earned.get(one.pk)) for one in found]


def _work(member: Member) -> QuerySet[Assignment]:
    """What she was asked to knit and has not brought, or of which not all is good yet."""
    waiting = [Assignment.Status.OFFERED, Assignment.Status.TAKEN]
    return production.assignments().filter(member=member, status__in=waiting)[:NEWEST]


def _postings(account: Account) -> list[PostingRow]:
    postings = books.Statement(account)[:NEWEST]
    keys = [one.entry_id for one in postings]
    told = {one.pk: books.describe(one) for one in books.entries().filter(pk__in=keys)}
    return [
        PostingRow(
            posting=one,
            sentence=told[one.entry_id],
            amount=one.amount if one.side == Posting.Side.CREDIT else -one.amount,
        )
        for one in postings
    ]
