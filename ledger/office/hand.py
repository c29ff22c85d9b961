"""Writing by hand: what happened, in plain words or line by line; looked at, then written."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coop.kit.errors import Refusal
from coop.kit.money import total
from coop.kit.office import office_page
from coop.people.access import requires
from ledger import plain
from ledger.errors import LedgerError
from ledger.models import JournalEntry, Payment
from ledger.office import WRITE, books_trail, me
from ledger.office.hand_forms import (
    FIRST_LINES,
    MOST_LINES,
    BaseLines,
    EntryForm,
    HandForm,
    LineFormSet,
    VoucherForm,
)
from ledger.services import Line, ask_from_template, write_by_hand, write_from_template

ICON = "ledger"
#: Buttons that ask for more to fill in, and write nothing.
_ASKS = {"more", "unused"}


def _journal() -> tuple[str, str]:
    return _("Journal"), reverse("ledger_office:journal")


@require_safe
@requires(WRITE)
def index(request: HttpRequest) -> HttpResponse:
    """What happened? The templates by group, and the way to typing debits and credits."""
    titles = {
        "spent": (_("We spent money"), _("It is asked for, and two people sign before it leaves.")),
        "came": (_("Money came"), _("It is in the books at once.")),
        "moved": (_("Money moved, or a bill came"), _("It is in the books at once.")),
    }
    groups = [
        (*titles[group], [one for one in plain.templates() if one.group == group])
        for group in plain.GROUPS
    ]
    return office_page(
        request,
        "ledger/office/hand.html",
        title=_("What happened?"),
        trail=books_trail(_journal()),
        icon=ICON,
        groups=groups,
    )


def _step(request: HttpRequest) -> str:
    return request.POST.get("do", "look")


def _rehearse(act: Callable[[], object]) -> None:
    """Do it and take it back: what would be refused is refused before she is asked to confirm."""
    with transaction.atomic():
        act()
        transaction.set_rollback(True)


@requires(WRITE)
def template(request: HttpRequest, key: str) -> HttpResponse:
    """One template: its questions, then its debits and credits, then it is written or asked for."""
    try:
        chosen = plain.find(key)
    except LedgerError as unknown:
        raise Http404(str(unknown)) from unknown
    form = HandForm(chosen, *_sent(request))
    if form.is_bound:
        is_valid = form.is_valid()
        form.keep_photo(me(request))
        if is_valid and not form.errors and _step(request) != "change":
            made = _try(request, form)
            if made is not None:
                return redirect(_address(made))
            if not form.errors:
                return _preview(request, chosen.name, form, form.lines, chosen.spends)
    return office_page(
        request,
        "ledger/office/hand_form.html",
        title=chosen.name,
        trail=books_trail(_journal(), (_("What happened?"), reverse("ledger_office:hand"))),
        icon=ICON,
        form=form,
        chosen=chosen,
        better=plain.better_place_for(key),
        kept=form.kept,
    )


def _sent(request: HttpRequest) -> tuple[QueryDict, Any] | tuple[()]:
    return (request.POST, request.FILES) if request.method == "POST" else ()


def _try(request: HttpRequest, form: HandForm) -> JournalEntry | Payment | None:
    """What was made; None where it is only looked at, or refused (then the form says why)."""
    act = _asking(request, form) if form.template.spends else _writing(request, form)
    try:
        if _step(request) != "write":
            _rehearse(act)
            return None
        made = act()
    except Refusal as refusal:
        form.refuse(refusal)
        return None
    asked = _("Asked for. Now two sign it, neither of them the receiver.")
    messages.success(request, asked if form.template.spends else _("It is in the books."))
    return made


def _writing(request: HttpRequest, form: HandForm) -> Callable[[], JournalEntry]:
    values = form.cleaned_data
    return lambda: write_from_template(
        template=form.template,
        amount=values["amount"],
        account=form.chosen_account,
        place=values.get("place"),
        to=values.get("to"),
        day=values["on"],
        memo=values["words"],
        vouchers=form.kept,
        actor=me(request),
        reference=form.reference,
    )


def _asking(request: HttpRequest, form: HandForm) -> Callable[[], Payment]:
    values = form.cleaned_data
    account = form.chosen_account
    assert account is not None  # noqa: S101 - every template that spends has its account
    return lambda: ask_from_template(
        template=form.template,
        amount=values["amount"],
        account=account,
        place=values["place"],
        payee=values.get("payee"),
        payee_name=values.get("payee_name", ""),
        purpose=values["words"],
        grant_line=values.get("grant_line"),
        vouchers=form.kept,
        actor=me(request),
        on=values["on"],
        reference=form.reference,
    )


def _address(made: JournalEntry | Payment) -> str:
    name = "payment" if isinstance(made, Payment) else "entry"
    return reverse(f"ledger_office:{name}", args=[made.pk])


def _preview(
    request: HttpRequest, title: str, form: VoucherForm, lines: Sequence[Line], spends: bool
) -> HttpResponse:
    """What would be written, with both sides; she confirms it or goes back, and nothing is lost."""
    currencies = list(dict.fromkeys(one.amount.currency.code for one in lines))
    sums = [
        total((one.amount for one in _of(lines, code) if one.side == "debit"), code)
        for code in currencies
    ]
    return office_page(
        request,
        "ledger/office/hand_look.html",
        title=title,
        trail=books_trail(_journal(), (_("What happened?"), reverse("ledger_office:hand"))),
        icon=ICON,
        form=form,
        facts=_facts(form),
        lines=lines,
        sums=sums,
        kept=form.kept,
        spends=spends,
    )


def _of(lines: Sequence[Line], currency: str) -> list[Line]:
    return [one for one in lines if one.amount.currency.code == currency]


def _facts(form: VoucherForm) -> list[tuple[str, object]]:
    """What she typed that is not an amount, to read once more."""
    names = ("on", "payee_name", "payee", "words", "memo", "grant_line")
    shown = []
    for name in names:
        value = form.cleaned_data.get(name)
        if value and name in form.fields:
            shown.append((str(form.fields[name].label), value))
    return shown


# Line by line ----------------------------------------------------------------------------------
@requires(WRITE)
def write(request: HttpRequest) -> HttpResponse:
    """An entry of any lines, for who knows debits and credits."""
    sent = _more(request)
    form = EntryForm(*sent, request.FILES) if sent else EntryForm()
    with_unused = bool(form["with_unused"].value())
    lines: BaseLines = LineFormSet(*sent, prefix="line", form_kwargs={"with_unused": with_unused})
    if form.is_bound:
        is_valid = all([form.is_valid(), lines.is_valid()])
        form.keep_photo(me(request))
        if is_valid and not form.errors and _step(request) not in {"change", *_ASKS}:
            made = _try_lines(request, form, lines)
            if made is not None:
                return redirect("ledger_office:entry", made.pk)
            if not form.errors and lines.is_valid() and not any(one.errors for one in lines.forms):
                return _preview(request, _("Write an entry"), form, lines.lines, spends=False)
    return office_page(
        request,
        "ledger/office/write.html",
        title=_("Write an entry"),
        trail=books_trail(_journal(), (_("What happened?"), reverse("ledger_office:hand"))),
        icon=ICON,
        form=form,
        lines=lines,
        kept=form.kept,
        is_asking_for_more=_step(request) in _ASKS,
        with_unused=with_unused,
    )


def _more(request: HttpRequest) -> tuple[QueryDict] | tuple[()]:
    """What was sent; with a few more lines, or accounts to choose from, if she asked for them."""
    if request.method != "POST":
        return ()
    if _step(request) not in _ASKS:
        return (request.POST,)
    data = request.POST.copy()
    if _step(request) == "unused":
        data["with_unused"] = "on"
        return (data,)
    count = data.get("line-TOTAL_FORMS", "")
    total_forms = int(count) if count.isdecimal() and len(count) < 4 else 0
    data["line-TOTAL_FORMS"] = str(min(total_forms + FIRST_LINES, MOST_LINES))
    return (data,)


def _try_lines(request: HttpRequest, form: EntryForm, lines: BaseLines) -> JournalEntry | None:
    values = form.cleaned_data

    def act() -> JournalEntry:
        return write_by_hand(
            lines=lines.lines,
            kind=values["kind"],
            day=values["on"],
            memo=values["memo"],
            vouchers=form.kept,
            actor=me(request),
            reference=form.reference,
        )

    try:
        if _step(request) != "write":
            _rehearse(act)
            return None
        made = act()
    except LedgerError as refusal:
        is_blamed = type(refusal) in form.blames
        if is_blamed or not lines.refuse(refusal):
            form.refuse(refusal)
        return None
    messages.success(request, _("It is in the books."))
    return made
