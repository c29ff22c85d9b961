"""Pieces to check: each passes with its weight or goes to be mended, or all of a delivery pass."""

from dataclasses import dataclass, field

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from catalog.models import Piece
from coop.kit.errors import Refusal
from coop.kit.office import office_page
from coop.people.access import person, requires
from coop.people.models import User
from orders.production import queries, services
from orders.production.errors import WrongWeight
from orders.production.models import Assignment
from orders.production.office import CHECK, ICON, tabs, trail

Typed = dict[str, str]


@dataclass
class Line:
    """A piece on the table: what it should weigh, what was typed, what was refused."""

    piece: Piece
    grams: str
    note: str = ""
    refusal: str = ""
    mended: str = ""


@dataclass
class Delivery:
    """The pieces of one assignment that wait."""

    assignment: Assignment
    lines: list[Line] = field(default_factory=list)
    is_own: bool = False


@require_safe
@requires(CHECK)
def index(request: HttpRequest) -> HttpResponse:
    """Everything that waits, what came first on top."""
    return _page(request)


@require_POST
@requires(CHECK)
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """Pass one piece, send one to be mended, or pass all that wait of an assignment."""
    found = get_object_or_404(Assignment, pk=pk)
    waiting = {str(piece.pk): piece for piece in queries.waiting_pieces(found)}
    if "mend" in request.POST:
        chosen = [request.POST["mend"]]
    else:
        chosen = [request.POST["pass"]] if "pass" in request.POST else list(waiting)
    good, refusal = [], {}
    for key in chosen:
        if key not in waiting:
            continue
        try:
            good.append(_judge_one(request, waiting[key], mend="mend" in request.POST))
        except Refusal as problem:
            # The next piece needs the same wool: it would be refused alike.
            refusal = {int(key): str(problem)}
            break
    _say(request, good)
    if refusal:
        return _page(request, typed=request.POST.dict(), refusals=refusal)
    return redirect("production_office:check")


def _judge_one(request: HttpRequest, piece: Piece, *, mend: bool) -> Piece:
    checker: User = person(request)
    if mend:
        note = request.POST.get(f"note-{piece.pk}", "")
        return services.send_to_mend(piece=piece, checker=checker, note=note)
    return services.pass_piece(
        piece=piece, checker=checker, grams=_weight(request.POST.get(f"grams-{piece.pk}", ""))
    )


def _weight(text: str) -> int | None:
    """What was typed, in grams; nothing typed is the design's weight. Raises WrongWeight."""
    text = text.strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 6):
        raise WrongWeight
    return int(text)


def _say(request: HttpRequest, good: list[Piece]) -> None:
    tags = [piece.tag for piece in good if piece.tag]
    if tags:
        sentence = ngettext(
            "%(count)s piece is good. Its tag: %(tags)s",
            "%(count)s pieces are good. Their tags: %(tags)s",
            len(tags),
        )
        messages.success(request, sentence % {"count": len(tags), "tags": ", ".join(tags)})
    elif good:
        messages.success(request, _("It goes back to be mended."))


def _page(
    request: HttpRequest, typed: Typed | None = None, refusals: dict[int, str] | None = None
) -> HttpResponse:
    page = queries.page_to_check(request.GET.get("p"))
    deliveries: dict[int, Delivery] = {}
    for piece, assignment in queries.with_assignments(page):
        is_own = piece.maker.user_id == request.user.pk
        delivery = deliveries.setdefault(assignment.pk, Delivery(assignment, is_own=is_own))
        delivery.lines.append(_line(piece, typed or {}, refusals or {}))
    return office_page(
        request,
        "production/office/check.html",
        title=_("To check"),
        trail=trail(),
        icon=ICON,
        tabs=tabs(request, "check"),
        page=page,
        deliveries=list(deliveries.values()),
    )


def _line(piece: Piece, typed: Typed, refusals: dict[int, str]) -> Line:
    weight = sum(row.grams for row in piece.variant.design.wool.all())
    notes = [one.note for one in piece.inspections.all() if one.note]
    return Line(
        piece=piece,
        grams=typed.get(f"grams-{piece.pk}", str(weight) if weight else ""),
        note=typed.get(f"note-{piece.pk}", ""),
        refusal=refusals.get(piece.pk, ""),
        mended=notes[-1] if notes else "",
    )
