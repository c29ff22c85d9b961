"""Buttons for a movement that the bank told twice: these two are one, and they are two."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coop.kit.errors import Refusal
from coop.people.access import requires
from ledger.bank.models import BankLine
from ledger.bank.office.statements import keys_in
from ledger.bank.queries.same import said_of
from ledger.bank.services import say_same, undo_same
from ledger.office import WRITE, me


def _line(number: int, pk: int) -> BankLine:
    lines = BankLine.objects.filter(mentions__statement__number=number)
    found: BankLine = get_object_or_404(lines, pk=pk)
    return found


def _do(
    request: HttpRequest, number: int, pk: int, act: Callable[[], object], done: str
) -> HttpResponse:
    try:
        act()
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("bank_office:line", number, pk)


@require_POST
@requires(WRITE)
def say(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """These two are one: the other one stands in the form."""
    line = _line(number, pk)
    other = get_object_or_404(BankLine, pk__in=keys_in(request.POST.get("other", ""))[:1])
    return _do(
        request,
        number,
        pk,
        lambda: say_same(line=line, other=other, actor=me(request)),
        _("They are one: it counts once. It can be taken back below."),
    )


@require_POST
@requires(WRITE)
def take_back(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """They are two after all."""
    rows = said_of(_line(number, pk))
    said = get_object_or_404(rows, pk__in=keys_in(request.POST.get("said", ""))[:1])
    return _do(
        request,
        number,
        pk,
        lambda: undo_same(said=said, actor=me(request)),
        _("They are two again, and both count."),
    )
