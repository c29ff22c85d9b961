"""Pieces to check: a delivery passes at once, weighed together; what is not good is mended."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages as office_messages

from catalog.models import Piece
from catalog.office import sheet_of
from catalog.pictures import with_pictures
from coop.kit.errors import Refusal
from coop.kit.office import office_page
from coop.people.access import person, requires
from coop.people.models import User
from orders.production import queries, services
from orders.production.errors import WrongWeight
from orders.production.models import Assignment
from orders.production.office import CHECK, ICON, tabs, trail
from orders.production.office.forms import FilterForm

Typed = Mapping[str, str]
#: Where the weight of all pieces of a delivery together is typed.
TOGETHER = "together"


@dataclass
class Line:
    """A piece on the table: what was typed, and what was refused."""

    piece: Piece
    grams: str
    refusal: str = ""
    mended: str = ""


@dataclass
class Delivery:
    """The pieces of one assignment that wait, and what one of them should weigh."""

    assignment: Assignment
    design_g: int
    lines: list[Line] = field(default_factory=list)
    is_own: bool = False
    together: str = ""
    note: str = ""
    refusal: str = ""


@dataclass
class Refused:
    """What was typed for one delivery, and what is wrong with it: by piece, or of all (0)."""

    assignment: int
    typed: Typed
    sentences: dict[int, str]


@require_safe
@requires(CHECK)
def index(request: HttpRequest) -> HttpResponse:
    """Everything that waits, what came first on top."""
    return _page(request)


@require_POST
@requires(CHECK)
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """Pass one piece or all that were shown, or send some to be mended."""
    found = get_object_or_404(Assignment, pk=pk)
    waiting = {str(piece.pk): piece for piece in queries.waiting_pieces(found)}
    checker, typed = person(request), request.POST
    if "mend" in typed:
        chosen = [waiting[key] for key in typed.getlist("bad") if key in waiting]
        refusals = _mend(request, chosen, checker, typed.get("note", ""))
    else:
        wanted = [typed["pass"]] if "pass" in typed else typed.getlist("piece")
        refusals = _pass(request, [waiting[one] for one in wanted if one in waiting], checker)
    if refusals:
        return _page(request, Refused(found.pk, typed.dict(), refusals))
    return redirect("production_office:check")


def _pass(request: HttpRequest, pieces: list[Piece], checker: User) -> dict[int, str]:
    """Pass them; what was refused. Weighed together, all pass or none does."""
    together = request.POST.get(TOGETHER, "").strip() if "all" in request.POST else ""
    good: list[Piece] = []
    try:
        if together:
            with transaction.atomic():
                for piece, grams in zip(pieces, _shared(together, len(pieces)), strict=True):
                    good.append(services.pass_piece(piece=piece, checker=checker, grams=grams))
        else:
            for piece in pieces:
                typed = _weight(request.POST.get(f"grams-{piece.pk}", ""))
                good.append(services.pass_piece(piece=piece, checker=checker, grams=typed))
    except Refusal as problem:
        # The next piece needs the same wool: it would be refused alike.
        refused = {0 if together else pieces[len(good)].pk: str(problem)}
        _say_good([] if together else good, request)
        return refused
    _say_good(good, request)
    return {}


def _mend(request: HttpRequest, pieces: list[Piece], checker: User, note: str) -> dict[int, str]:
    """Send them back with a word why, all or none; what was refused."""
    if not pieces:
        return {0: _("Press the numbers of the pieces that are to be mended.")}
    try:
        with transaction.atomic():
            for piece in pieces:
                services.send_to_mend(piece=piece, checker=checker, note=note)
    except Refusal as problem:
        return {0: str(problem)}
    sentence = ngettext(
        "%(count)s piece goes back to be mended.",
        "%(count)s pieces go back to be mended.",
        len(pieces),
    )
    messages.success(request, sentence % {"count": len(pieces)})
    return {}


def _weight(text: str) -> int | None:
    """What was typed, in grams; nothing typed is the design's weight. Raises WrongWeight."""
    text = text.strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 6):
        raise WrongWeight
    return int(text)


def _shared(text: str, pieces: int) -> list[int]:
    """The weight of all as one of each: equal in whole grams, and exact together.

    Wool is owed by weight, so the sum is what counts. Raises WrongWeight, also where not even a
    gram would fall to each.
    """
    each, rest = divmod(_weight(text) or 0, pieces or 1)
    if each < 1:
        raise WrongWeight
    return [each + (at < rest) for at in range(pieces)]


def _say_good(good: list[Piece], request: HttpRequest) -> None:
    tags = [piece.tag for piece in good if piece.tag]
    if tags:
        sentence = ngettext(
            "%(count)s piece is good. Its tag: %(tags)s",
            "%(count)s pieces are good. Their tags: %(tags)s",
            len(tags),
        )
        said = sentence % {"count": len(tags), "tags": ", ".join(tags)}
        words = ngettext("Print this tag", "Print these tags", len(tags))
        buttons = [office_messages.button(sheet_of(tags), words, new_window=True)]
        office_messages.success(request, said, buttons=buttons)


def _page(request: HttpRequest, refused: Refused | None = None) -> HttpResponse:
    form = FilterForm(request.GET)
    page, pieces = queries.page_to_check(request.GET.get("p"), who=form.wanted)
    deliveries: dict[int, Delivery] = {}
    for piece, assignment in queries.with_assignments(pieces):
        if assignment.pk not in deliveries:
            mine = refused if refused and refused.assignment == assignment.pk else None
            deliveries[assignment.pk] = _delivery(request, assignment, mine)
        deliveries[assignment.pk].lines.append(_line(piece, refused))
    with_pictures(one.assignment.work_order.variant for one in deliveries.values())
    return office_page(
        request,
        "production/office/check.html",
        title=_("To check"),
        trail=trail(),
        icon=ICON,
        tabs=tabs(request, "check"),
        form=form,
        is_filtered=bool(form.wanted),
        page=page,
        deliveries=list(deliveries.values()),
    )


def _delivery(request: HttpRequest, assignment: Assignment, refused: Refused | None) -> Delivery:
    design = assignment.work_order.variant.design
    return Delivery(
        assignment,
        design_g=sum(row.grams for row in design.wool.all()),
        is_own=assignment.member.user_id == request.user.pk,
        together=refused.typed.get(TOGETHER, "") if refused else "",
        note=refused.typed.get("note", "") if refused else "",
        refusal=refused.sentences.get(0, "") if refused else "",
    )


def _line(piece: Piece, refused: Refused | None) -> Line:
    weight = sum(row.grams for row in piece.variant.design.wool.all())
    notes = [one.note for one in piece.inspections.all() if one.note]
    typed: Typed = refused.typed if refused else {}
    return Line(
        piece=piece,
        grams=typed.get(f"grams-{piece.pk}", str(weight) if weight else ""),
        refusal=refused.sentences.get(piece.pk, "") if refused else "",
        mended=notes[-1] if notes else "",
    )
