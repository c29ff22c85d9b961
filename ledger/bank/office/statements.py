"""The bank beside the books: a statement, what is open on both sides, and what may belong together."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from coop.kit.errors import Refusal
from coop.kit.money import SYMBOLS, minor_digits
from coop.kit.office import ON_A_PAGE, office_page, page_of
from coop.people.access import requires
from coop.people.models import User
from ledger.bank.forms import ClosingForm, WithdrawForm
from ledger.bank.models import BankLine, Match, SaidSame, Statement
from ledger.bank.office import ICON, bank_trail
from ledger.bank.office.rows import line_rows, match_rows, shown_sides, side_rows
from ledger.bank.queries import account_summaries, standing_of
from ledger.bank.queries.proposing import propose
from ledger.bank.queries.same import hints
from ledger.bank.queries.suggesting import board
from ledger.bank.remarks import say_all
from ledger.bank.services import type_closing, withdraw_statement
from ledger.office import READ, WRITE, may, me

#: So many lines of the bank stand on a page; so many postings beside them.
LINES_ON_A_PAGE, SIDES_SHOWN = 60, 120
#: What is marked on the page: lines of the bank, and postings.
_MARKS = ("line", "posting")


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


def found_statement(number: int) -> Statement:
    found: Statement = get_object_or_404(
        Statement.objects.select_related("account", "imported_by", "withdrawn_by"), number=number
    )
    return found


@require_safe
@requires(READ)
def statement(request: HttpRequest, number: int) -> HttpResponse:
    """One statement side by side with the books, and the difference always in view."""
    return page(request, found_statement(number))


def page(
    request: HttpRequest, one: Statement, *, refusal: Refusal | None = None, **forms: Any
) -> HttpResponse:
    """The page, also after something was refused."""
    opened = lines_on_page(one, request.GET.get("p") or request.POST.get("p"))
    found = board(one.account, list(opened))
    twins = hints(one, found.lines)
    found.doubt(twins)
    person = me(request)
    may_write = person.has_perm(WRITE) and one.withdrawn_at is None
    sides = side_rows(found)
    # After a refusal she goes on from what she had marked.
    marked = {name: set(keys_in(",".join(request.POST.getlist(name)))) for name in _MARKS}
    is_hidden = bool(marked["posting"]) and not marked["posting"] <= {
        row.side.posting.pk for row in shown_sides(sides, found, one, with_older=False)
    }
    with_older = "older" in request.GET or is_hidden
    shown = shown_sides(sides, found, one, with_older=with_older)
    told_twice = SaidSame.objects.standing().filter(line__mentions__statement=one)
    told_twice = told_twice.select_related("line__account", "known")
    return office_page(
        request,
        "bank/statement.html",
        title=_("Statement %(number)s") % {"number": one.number},
        trail=bank_trail(),
        icon=ICON,
        statement=one,
        standing=standing_of(one),
        remarks=say_all(_unanswered(one, told_twice.count())),
        page=opened,
        rows=line_rows(found, sides, propose(found, person), twins),
        sure=found.sure,
        sides=shown[:SIDES_SHOWN],
        sides_more=max(0, len(shown) - SIDES_SHOWN),
        hides_older=not with_older and len(shown) < len(sides),
        matched=page_of_named(request, "m", match_rows(one)),
        told_twice=told_twice,
        last_match=last_match_of(one, person) if may_write else None,
        refusal=refusal,
        marked=marked,
        rest_stays="rest" in request.POST,
        closing_form=forms.get("closing_form") or ClosingForm(one.account.currency),
        withdraw_form=forms.get("withdraw_form") or WithdrawForm(),
        may_write=may_write,
        digits=minor_digits(one.account.currency),
        symbol=SYMBOLS.get(one.account.currency, one.account.currency),
    )


def _unanswered(one: Statement, answered: int) -> list[Any]:
    """Its remarks; of lines that may be here twice only those of which nobody said that they are."""
    told = []
    for remark in one.remarks:
        left = remark
        if remark["key"] == "looks_imported":
            left = remark | {"count": remark["count"] - answered}
        if left.get("count") is None or left["count"] > 0:
            told.append(left)
    return told


def keys_in(told: str) -> list[int]:
    """The keys that a form sent, divided by commas."""
    return [
        int(one) for one in told.split(",") if one.isascii() and one.isdigit() and len(one) < 19
    ]


def lines_on_page(one: Statement, number: str | None) -> Any:
    """The open lines of a statement, a page of them, each with its account."""
    lines = BankLine.objects.filter(mentions__statement=one).select_related("account")
    rows = lines.still_open().order_by("day", "pk")
    return Paginator(rows, LINES_ON_A_PAGE).get_page(number)


def last_match_of(one: Statement, person: User) -> Match | None:
    """What she matched last in a statement, if it still stands: one key takes it back."""
    newest = Match.objects.filter(by=person, undoes=None).order_by("-number").first()
    if newest is None or Match.objects.filter(undoes=newest).exists():
        return None
    is_here = newest.parts.filter(line__mentions__statement=one).exists()
    return newest if is_here else None


def page_of_named(request: HttpRequest, name: str, rows: Any) -> Any:
    """A second list on one page, with a number of its own in the address."""
    return Paginator(rows, ON_A_PAGE).get_page(request.GET.get(name))


# What is said of the statement itself ----------------------------------------------------------
def after(
    request: HttpRequest,
    number: int,
    act: Callable[[Statement], object],
    done: str,
    *,
    lines: Sequence[int] = (),
) -> HttpResponse:
    """Do it, say so, and go back to the page, to the line after `lines`; or say why not."""
    one = found_statement(number)
    try:
        told = act(one)
    except Refusal as refusal:
        return page(request, one, refusal=refusal)
    messages.success(request, told if isinstance(told, str) else done)
    address = reverse("bank_office:statement", args=[number])
    at = request.POST.get("p", "")
    address += f"?p={at}" if at.isdigit() and at != "1" else ""
    return redirect(address + _next_line(one, lines))


def _next_line(one: Statement, lines: Sequence[int]) -> str:
    """The anchor of the open line that follows these."""
    if not lines:
        return ""
    after_it = BankLine.objects.filter(pk__in=lines).order_by("-day", "-pk").first()
    rows = BankLine.objects.filter(mentions__statement=one).still_open().order_by("day", "pk")
    if after_it is not None:
        later = Q(day__gt=after_it.day) | Q(day=after_it.day, pk__gt=after_it.pk)
        rows = rows.filter(later)
    found = rows.first()
    return f"#line-{found.pk}" if found else ""


@require_POST
@requires(WRITE)
def closing(request: HttpRequest, number: int) -> HttpResponse:
    """Type the closing balance that the file does not say."""
    one = found_statement(number)
    form = ClosingForm(one.account.currency, request.POST)
    if not form.is_valid():
        return page(request, one, closing_form=form)
    amount = form.cleaned_data["closing"]
    done = _("The balance is written down.")
    return after(
        request,
        number,
        lambda it: type_closing(statement=it, closing=amount, actor=me(request)),
        done,
    )


@require_POST
@requires(WRITE)
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take back a file that was imported into the wrong place."""
    one, form = found_statement(number), WithdrawForm(request.POST)
    if not form.is_valid():
        return page(request, one, withdraw_form=form)
    reason = form.cleaned_data["reason"]
    done = _("The statement is withdrawn: its lines count no more.")
    return after(
        request,
        number,
        lambda it: withdraw_statement(statement=it, reason=reason, actor=me(request)),
        done,
    )
