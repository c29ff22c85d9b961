"""What the buttons of a statement's page do: confirm, confirm what is sure, match, undo, write."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from coop.people.access import requires
from coop.people.models import User
from ledger.bank.errors import AlreadyMatched
from ledger.bank.forms import said_late
from ledger.bank.models import BankLine, Match, Statement
from ledger.bank.office.statements import after, keys_in, lines_on_page
from ledger.bank.queries.forwarded import explained
from ledger.bank.queries.late import day_to_write
from ledger.bank.queries.proposing import Changed, Offer, Proposal, Receipt, propose
from ledger.bank.queries.same import hints
from ledger.bank.queries.suggesting import Board, Suggestion, board
from ledger.bank.services import (
    book_as_arrived,
    match_lines,
    match_suggested,
    record_awaited,
    undo_match,
    write_entry,
)
from ledger.models import Posting
from ledger.office import WRITE, me


def _board_around(request: HttpRequest, one: Statement, keys: Iterable[int]) -> Board:
    """The board as her page showed it, and these lines if they are not on it."""
    rows = list(lines_on_page(one, request.POST.get("p")))
    missing = set(keys) - {line.pk for line in rows}
    more = BankLine.objects.filter(pk__in=missing, account=one.account).select_related("account")
    return board(one.account, [*rows, *more.still_open()])


def _named(offered: Iterable[Any], token: str) -> Any:
    """What a form named, if it is still offered. Raises AlreadyMatched."""
    for one in offered:
        if one.token == token:
            return one
    raise AlreadyMatched


@require_POST
@requires(WRITE)
def confirm(request: HttpRequest, number: int) -> HttpResponse:
    """Confirm what was suggested, if it still is."""
    token = request.POST.get("suggestion", "")
    keys = keys_in(token.partition(":")[0])

    def act(one: Statement) -> None:
        suggestion: Suggestion = _named(_board_around(request, one, keys).suggestions, token)
        match_suggested([suggestion], actor=me(request))

    return after(request, number, act, _("Matched."), lines=keys)


@require_POST
@requires(WRITE)
def confirm_sure(request: HttpRequest, number: int) -> HttpResponse:
    """Confirm at once everything that the page called sure, and is so still."""
    wanted = set(request.POST.getlist("sure"))

    def act(one: Statement) -> str:
        found = _board_around(request, one, [])
        found.doubt(hints(one, found.lines))
        sure = [it for it in found.sure if it.token in wanted]
        if not sure:
            raise AlreadyMatched
        match_suggested(sure, actor=me(request))
        told = ngettext(
            "%(count)s line is matched. Each can be undone below.",
            "%(count)s lines are matched. Each can be undone below.",
            len(sure),
        )
        return told % {"count": len(sure)}

    return after(request, number, act, "")


@require_POST
@requires(WRITE)
def match(request: HttpRequest, number: int) -> HttpResponse:
    """Match what is marked on both sides."""
    keys = keys_in(",".join(request.POST.getlist("line")))

    def act(_one: Statement) -> None:
        match_lines(
            lines=BankLine.objects.filter(pk__in=keys),
            postings=Posting.objects.filter(
                pk__in=keys_in(",".join(request.POST.getlist("posting")))
            ),
            actor=me(request),
            rest_stays="rest" in request.POST,
        )

    return after(request, number, act, _("Matched."), lines=keys)


@require_POST
@requires(WRITE)
def undo(request: HttpRequest, number: int, match: int) -> HttpResponse:
    """Take back one match; what was written from the bank's line stays, and that is said."""
    one = get_object_or_404(Match, number=match)

    def act(_statement: Statement) -> str:
        undo_match(match=one, actor=me(request))
        return undone_words(one)

    return after(request, number, act, "")


def undone_words(match: Match) -> str:
    """What is undone by undoing a match, and what is not."""
    if match.how != Match.How.WRITTEN:
        return _("Undone: it waits to be matched again.")
    part = match.parts.select_related("posting__entry").first()
    if part is None:
        return _("Undone.")
    entry = part.posting.entry
    told = explained([entry]).get(entry.pk)
    title = told.title if told else entry.get_kind_display()
    said = _(
        "The match is undone. What was written stays in the books: %(entry)s. If that is wrong,"
        " too, undo it where it stands."
    )
    address = reverse("ledger_office:entry", args=[entry.pk])
    link = format_html('<a href="{}">{}</a>', address, title)
    return mark_safe(escape(said) % {"entry": link})  # noqa: S308 (both parts are escaped)


@require_POST
@requires(WRITE)
def accept(request: HttpRequest, number: int) -> HttpResponse:
    """Write what the house offers for a line: as before, for whom it was awaited, as it came."""
    token = request.POST.get("offer", "")
    keys = keys_in(token.partition(":")[0])

    def act(one: Statement) -> str:
        offered = propose(_board_around(request, one, keys), me(request))
        offer: Offer = _named(offered.values(), token)
        write_offered(offer, me(request))
        day = day_to_write(offer.line)
        late = f" {said_late(day)}" if day != offer.line.day else ""
        return _("It is in the books, and matched.") + late

    return after(request, number, act, "", lines=keys)


def write_offered(offer: Offer, actor: User) -> Match:
    """Write an offer into the books and match its line."""
    match offer:
        case Receipt():
            return record_awaited(
                line=offer.line,
                key=offer.awaited.key,
                pays=offer.pays,
                actor=actor,
                reasons=offer.reasons,
            )
        case Changed():
            return book_as_arrived(
                line=offer.line, posting=offer.side.posting, actor=actor, reasons=offer.reasons
            )
        case Proposal():
            return write_entry(
                line=offer.line,
                kind=offer.kind,
                other=offer.other,
                actor=actor,
                reasons=offer.reasons,
            )
