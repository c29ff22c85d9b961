"""What she is owed, what she earned, what she was paid; every amount under its cloth."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from catalog.models import Piece
from coop.portal import queries
from coop.portal.access import screen
from coop.portal.standing import Standing
from ledger import queries as ledger
from ledger.models import JournalEntry, Posting
from orders.production.models import Inspection

PAGE_SIZE = 10
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


def _page_number(request: HttpRequest) -> int:
    wanted = request.GET.get("page", "1")
    return int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 6 else 1


@require_safe
@screen(has_record)
def earnings(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Owed first."""
    account = standing.account
    page = ledger.statement(account, _page_number(request), PAGE_SIZE)
    pieces = queries.pieces_of(posting.entry for posting in page.rows)
    context = {
        "standing": standing,
        "pay": queries.pay_of(account),
        "question": queries.last_question(standing.her),
        "page": page,
        "rows": [Row(posting, pieces.get(posting.entry_id)) for posting in page.rows],
    }
    return render(request, "portal/earnings.html", context)


@require_safe
@screen(has_record)
def entry(request: HttpRequest, standing: Standing, pk: int) -> HttpResponse:
    """Where one amount comes from: the piece that passed, or the payment that two signed."""
    postings = Posting.objects.select_related(
        "entry__reverses", "entry__payment__from_account", "account"
    )
    posting = get_object_or_404(postings, entry_id=pk, account=standing.account)
    piece = queries.pieces_of([posting.entry]).get(posting.entry_id)
    context = {
        "standing": standing,
        "row": Row(posting, piece),
        "inspection": _passed(piece),
    }
    return render(request, "portal/entry.html", context)


def _passed(piece: Piece | None) -> Inspection | None:
    passed = Inspection.objects.filter(piece=piece, outcome=Inspection.Outcome.PASSED)
    return passed.select_related("assignment").first() if piece else None
