"""The bank beside the books: what may belong together, confirmed, marked, undone."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from coop.kit.errors import Refusal
from coop.kit.money import SYMBOLS, minor_digits
from coop.kit.office import ON_A_PAGE, office_page, page_of
from coop.people.access import requires
from ledger.bank.errors import AlreadyMatched
from ledger.bank.forms import ClosingForm, WithdrawForm
from ledger.bank.models import BankLine, Match, Statement
from ledger.bank.office import ICON, bank_trail
from ledger.bank.office.rows import line_rows, match_rows, shown_sides, side_rows
from ledger.bank.queries import account_summaries, standing_of
from ledger.bank.queries.suggesting import Board, board
from ledger.bank.remarks import say_all
from ledger.bank.services import (
    match_lines,
    type_closing,
    undo_match,
    withdraw_statement,
    write_entry,
)
from ledger.models import Posting
from ledger.office import READ, WRITE, may, me


@require_safe
@requires(READ)
def index(request: HttpRequest) -> HttpResponse:
    """Every place of our money with its newest statement, then all statements."""
    rows = [(one, standing_of(one.last) if one.last else None) for one in account_summaries()]
    statements = Statement.objects.select_related("account", "imported_by")
    return office_page(
        request,
        "bank/index.html",
        title=_("Bank and books"),
        icon=ICON,
        rows=rows,
        page=page_of(request, statements),
        **may(request),
    )


def _found(number: int) -> Statement:
    found: Statement = get_object_or_404(
        Statement.objects.select_related("account", "imported_by", "withdrawn_by"), number=number
    )
    return found


@require_safe
@requires(READ)
def statement(request: HttpRequest, number: int) -> HttpResponse:
    """One statement side by side with the books, and the difference always in view."""
    return page(request, _found(number))


def page(
    request: HttpRequest, one: Statement, *, refusal: Refusal | None = None, **forms: Any
) -> HttpResponse:
    """The page, also after something was refused."""
    lines = BankLine.objects.filter(mentions__statement=one).select_related("account")
    opened = page_of(request, lines.still_open().order_by("day", "pk"))
    found = board(one.account, list(opened))
    matched = page_of_named(request, "m", match_rows(one))
    may_write = request.user.has_perm(WRITE) and one.withdrawn_at is None
    sides = side_rows(found)
    with_older = "older" in request.GET
    shown = shown_sides(sides, found, one, with_older=with_older)
    return office_page(
        request,
        "bank/statement.html",
        title=_("Statement %(number)s") % {"number": one.number},
        trail=bank_trail(),
        icon=ICON,
        statement=one,
        standing=standing_of(one),
        remarks=say_all(one.remarks),
        page=opened,
        rows=line_rows(found, sides),
        sides=shown,
        hides_older=not with_older and len(shown) < len(sides),
        matched=matched,
        refusal=refusal,
        closing_form=forms.get("closing_form") or ClosingForm(),
        withdraw_form=forms.get("withdraw_form") or WithdrawForm(),
        may_write=may_write,
        digits=minor_digits(one.account.currency),
        symbol=SYMBOLS.get(one.account.currency, one.account.currency),
    )


def page_of_named(request: HttpRequest, name: str, rows: Any) -> Any:
    """A second list on one page, with a number of its own in the address."""
    return Paginator(rows, ON_A_PAGE).get_page(request.GET.get(name))


# What the buttons do ------------------------------------------------------------------------
def _after(
    request: HttpRequest, number: int, act: Callable[[Statement], object], done: str
) -> HttpResponse:
    one = _found(number)
    try:
        act(one)
    except Refusal as refusal:
        return page(request, one, refusal=refusal)
    messages.success(request, done)
    address = reverse("bank_office:statement", args=[number])
    at = request.POST.get("p", "")
    return redirect(f"{address}?p={at}" if at.isdigit() else address)


def _keys(told: str) -> list[int]:
    return [
        int(one) for one in told.split(",") if one.isascii() and one.isdigit() and len(one) < 19
    ]


def _suggested(found: Board, token: str) -> Any:
    offered: list[Any] = [*found.suggestions, *found.proposals]
    for one in offered:
        if one.token == token:
            return one
    raise AlreadyMatched


@require_POST
@requires(WRITE)
def confirm(request: HttpRequest, number: int) -> HttpResponse:
    """Confirm what was suggested, if it still is."""

    def act(one: Statement) -> None:
        token = request.POST.get("suggestion", "")
        keys = _keys(token.partition(":")[0])
        lines = BankLine.objects.filter(pk__in=keys).select_related("account").still_open()
        around = _board_around(one, list(lines))
        suggestion = _suggested(around, token)
        match_lines(
            lines=suggestion.lines,
            postings=[side.posting for side in suggestion.sides],
            actor=me(request),
            how=Match.How.SUGGESTED,
            reasons=suggestion.reasons,
        )

    return _after(request, number, act, _("Matched."))


def _board_around(one: Statement, lines: list[BankLine]) -> Board:
    """The board as the page showed it: all open lines of the statement's page, or of these."""
    shown = BankLine.objects.filter(mentions__statement=one).select_related("account")
    rows = list(shown.still_open().order_by("day", "pk")[:300])
    missing = [line for line in lines if line not in rows]
    return board(one.account, [*rows, *missing])


@require_POST
@requires(WRITE)
def match(request: HttpRequest, number: int) -> HttpResponse:
    """Match what is marked on both sides."""

    def act(one: Statement) -> None:
        lines = BankLine.objects.filter(pk__in=_keys(",".join(request.POST.getlist("line"))))
        postings = Posting.objects.filter(pk__in=_keys(",".join(request.POST.getlist("posting"))))
        match_lines(
            lines=lines,
            postings=postings,
            actor=me(request),
            rest_stays="rest" in request.POST,
        )

    return _after(request, number, act, _("Matched."))


@require_POST
@requires(WRITE)
def undo(request: HttpRequest, number: int, match: int) -> HttpResponse:
    """Take back one match."""
    one = get_object_or_404(Match, number=match)
    done = _("Undone: it waits to be matched again.")
    return _after(request, number, lambda _one: undo_match(match=one, actor=me(request)), done)


@require_POST
@requires(WRITE)
def write_as_proposed(request: HttpRequest, number: int) -> HttpResponse:
    """Write the missing entry as the house proposes it."""

    def act(one: Statement) -> None:
        token = request.POST.get("proposal", "")
        proposal = _suggested(_board_around(one, []), token)
        write_entry(line=proposal.line, kind=proposal.kind, other=proposal.other, actor=me(request))

    return _after(request, number, act, _("It is in the books, and matched."))


@require_POST
@requires(WRITE)
def closing(request: HttpRequest, number: int) -> HttpResponse:
    """Type the closing balance that the file does not say."""
    one, form = _found(number), ClosingForm(request.POST)
    if not form.is_valid():
        return page(request, one, closing_form=form)
    amount = form.money(one.account.currency)
    done = _("The balance is written down.")
    return _after(
        request,
        number,
        lambda it: type_closing(statement=it, closing=amount, actor=me(request)),
        done,
    )


@require_POST
@requires(WRITE)
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take back a file that was imported into the wrong place."""
    one, form = _found(number), WithdrawForm(request.POST)
    if not form.is_valid():
        return page(request, one, withdraw_form=form)
    reason = form.cleaned_data["reason"]
    done = _("The statement is withdrawn: its lines count no more.")
    return _after(
        request,
        number,
        lambda it: withdraw_statement(statement=it, reason=reason, actor=me(request)),
        done,
    )
