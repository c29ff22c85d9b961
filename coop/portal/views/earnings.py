"""What she is owed, what she earned, what she was paid; every amount under its cloth."""

from collections.abc import Hashable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe
from djmoney.money import Money

from catalog.models import Piece
from catalog.pictures import photograph_of
from coop.kit.money import total
from coop.portal import queries
from coop.portal.access import screen
from coop.portal.by_day import Place, days_of, grouped
from coop.portal.offline.kept import is_being_kept
from coop.portal.standing import Standing
from ledger import queries as ledger
from ledger.models import JournalEntry, Posting
from ledger.paper import file_answer, paper_answer
from orders.production.models import Inspection

#: So many days stand on a page, and at most so many postings.
MOST_DAYS, MOST_ROWS = 7, 150
Kind = JournalEntry.Kind


def has_record(standing: Standing) -> bool:
    """Honorary members earn nothing; former members read their own."""
    return standing.has_record


@dataclass(frozen=True)
class Row:
    """A posting on her account, with the piece if it was one."""

    posting: Posting
    piece: Piece | None

    @property
    def entry(self) -> JournalEntry:
        """The entry it belongs to."""
        return self.posting.entry

    @property
    def came_in(self) -> bool:
        """She earned it; otherwise it was paid out or taken back."""
        return self.posting.side == Posting.Side.CREDIT

    @property
    def is_paid_out(self) -> bool:
        """Money that she was given."""
        return self.entry.kind == Kind.MEMBER_PAID


@dataclass(frozen=True)
class Lot:
    """Alike postings of a day: so many puppets, or one payment."""

    rows: list[Row]

    @property
    def first(self) -> Row:
        """The newest, which stands for all."""
        return self.rows[0]

    @property
    def count(self) -> int:
        """How many."""
        return len(self.rows)

    @property
    def total(self) -> Money:
        """What they made together."""
        amounts = [row.posting.amount for row in self.rows]
        return total(amounts, amounts[0].currency.code)


def _alike(row: Row) -> Hashable:
    """Pieces of a design are alike; anything else stands alone."""
    if row.piece is None:
        return row.entry.pk
    return (row.piece.variant.pk, row.came_in, row.entry.reverses_id is None)


@require_safe
@screen(has_record)
def earnings(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Owed first; then day by day, the newest first."""
    account = standing.account
    page = days_of(
        Posting.objects.filter(account=account).select_related("entry__reverses", "account"),
        place=Place.read(request.GET.get("from", "")),
        order="seq",
        most_days=MOST_DAYS,
        most_rows=MOST_ROWS,
    )
    pieces = queries.pieces_of(posting.entry for posting in page.rows)
    rows = [Row(posting, pieces.get(posting.entry_id)) for posting in page.rows]
    context = {
        "standing": standing,
        "pay": queries.pay_of(account),
        # A code that is worth money lies on no phone.
        "ready": [] if is_being_kept() else queries.ready_for(standing.user),
        "question": queries.last_question(standing.her),
        "page": page,
        "days": [
            (day, [Lot(group.rows) for group in groups])
            for day, groups in grouped(rows, day=lambda row: row.entry.day, alike=_alike)
        ],
    }
    return render(request, "portal/earnings.html", context)


@require_safe
@screen(has_record)
def entry(request: HttpRequest, standing: Standing, pk: int) -> HttpResponse:
    """Where one amount comes from: the piece that passed, or the payment that two signed."""
    postings = Posting.objects.select_related(
        "entry__reverses",
        "entry__payment__from_account",
        "entry__payment__handing__witness",
        "account",
    )
    posting = get_object_or_404(postings, entry_id=pk, account=standing.account)
    piece = queries.pieces_of([posting.entry]).get(posting.entry_id)
    context = {
        "standing": standing,
        "row": Row(posting, piece),
        "inspection": _passed(piece),
        "has_paper": bool(ledger.papers_of([posting.entry], standing.user)),
    }
    return render(request, "portal/entry.html", context)


def _passed(piece: Piece | None) -> Inspection | None:
    passed = Inspection.objects.filter(piece=piece, outcome=Inspection.Outcome.PASSED)
    return passed.select_related("assignment").first() if piece else None


def _own_entry(standing: Standing, pk: int) -> JournalEntry:
    """An entry of her own account that a block has; anything else is not found."""
    own = Posting.objects.filter(entry_id=pk, account=standing.account)
    return get_object_or_404(JournalEntry.objects.exclude(number=None), pk__in=own.values("entry"))


@require_safe
@screen(has_record)
def receipt_paper(request: HttpRequest, standing: Standing, pk: int) -> HttpResponse:
    """Her receipt to print, with her name and what she knitted."""
    own = _own_entry(standing, pk)
    piece = queries.pieces_of([own]).get(own.pk)
    return paper_answer(
        own,
        pgettext("file name of a member", "paper"),
        account=standing.account,
        picture=photograph_of(piece.variant) if piece else None,
        photos=ledger.papers_of([own], standing.user).get(own.pk, []),
    )


@require_safe
@screen(has_record)
def receipt_file(request: HttpRequest, standing: Standing, pk: int) -> HttpResponse:
    """Her receipt for the page that checks it."""
    return file_answer(_own_entry(standing, pk), pgettext("file name of a member", "paper"))
