"""One line of the bank: what it is matched with, what that was, and how it is written."""

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from coop.kit.errors import Refusal
from coop.kit.money import books_currency, from_minor
from coop.kit.office import office_page
from coop.people.access import requires
from ledger import queries as books
from ledger.bank.awaiting import awaited
from ledger.bank.forms import AskForm, ReceiveForm, WriteForm
from ledger.bank.models import BankLine, Match, SaidSame, Statement
from ledger.bank.office import ICON, bank_trail
from ledger.bank.office.rows import explanation_of
from ledger.bank.queries.open import address_of
from ledger.bank.queries.proposing import Offer, Proposal, propose, says_interest
from ledger.bank.queries.same import may_be_same, said_of
from ledger.bank.queries.suggesting import board
from ledger.bank.remarks import say_all
from ledger.bank.services import ask_payment_for, record_awaited, write_entry
from ledger.models import Account, JournalEntry, Payment
from ledger.office import ASK, READ, WRITE, me

#: So many lines that may be the same are offered.
_MOST_SAME = 5


def _found(number: int, pk: int) -> tuple[Statement, BankLine]:
    statement = get_object_or_404(Statement.objects.select_related("account"), number=number)
    lines = BankLine.objects.with_open().select_related("account")
    return statement, get_object_or_404(lines, pk=pk, mentions__statement=statement)


@require_safe
@requires(READ)
def line(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """What the bank says, what it is in the books, and the forms for what is missing."""
    statement, one = _found(number, pk)
    return _page(request, statement, one)


def _page(
    request: HttpRequest,
    statement: Statement,
    one: BankLine,
    *,
    write_form: WriteForm | None = None,
    ask_form: AskForm | None = None,
    receive_form: ReceiveForm | None = None,
) -> HttpResponse:
    left: int = one.open_minor  # type: ignore[attr-defined]
    offer = _offer(request, one) if left else None
    may_write = request.user.has_perm(WRITE) and statement.withdrawn_at is None
    can_write = may_write and left != 0
    asks = can_write and not one.is_in and request.user.has_perm(ASK)
    asked = Payment.objects.waiting().filter(reference__startswith=f"bank:{one.key[:40]}").first()
    return office_page(
        request,
        "bank/line.html",
        title=_("A line of the bank"),
        trail=bank_trail(
            (
                _("Statement %(number)s") % {"number": statement.number},
                reverse("bank_office:statement", args=[statement.number]),
            )
        ),
        icon=ICON,
        statement=statement,
        line=one,
        open=from_minor(left, one.account.currency),
        to_write=from_minor(abs(left), one.account.currency),
        parts=_parts(one),
        history=_history(one),
        said_same=[
            (it, address_of(it.known if it.line == one else it.line)) for it in said_of(one)
        ],
        same_history=SaidSame.objects.filter(Q(line=one) | Q(known=one)).select_related(
            "by", "line", "known"
        ),
        may_be_same=_may_be_same(one) if may_write else [],
        write_form=(write_form or WriteForm(one, initial=_begins_with(one, offer)))
        if can_write
        else None,
        ask_form=(ask_form or AskForm(one)) if asks and asked is None else None,
        asked=asked,
        opens_asking=ask_form is not None,
        may_write=may_write,
        can_write=can_write,
        books_currency=books_currency(),
        details=one.details.all(),
        offer=None if isinstance(offer, Proposal) or not (can_write and one.is_in) else offer,
        receive_form=(receive_form or _receive_form(request, one)) if can_write else None,
    )


def _may_be_same(one: BankLine) -> list[tuple[BankLine, str]]:
    """Lines that may be this one by other words, and where each is told; a few at most."""
    if said_of(one).exists():
        return []
    rows = may_be_same(one).select_related("account")[:_MOST_SAME]
    return [(it, address_of(it)) for it in rows]


def _offer(request: HttpRequest, one: BankLine) -> Offer | None:
    """What the house offers to write for a line, if nothing in the books may be it."""
    return propose(board(one.account, [one]), me(request)).get(one.pk)


def _begins_with(one: BankLine, offer: Offer | None) -> dict[str, object]:
    """What is chosen already in the form: as lines like it were written, or as its words say."""
    if isinstance(offer, Proposal):
        return {"kind": offer.kind, "other": offer.other}
    # A bank that pays interest on dollars: they are income in the books' own currency.
    interest = Account.objects.filter(role=Account.Role.INTEREST, is_open=True)
    interest = interest.filter(currency__in=[one.account.currency, books_currency()])
    if one.is_in and says_interest(one) and (found := interest.first()) is not None:
        return {"kind": JournalEntry.Kind.HAND, "other": found}
    return {}


def _receive_form(
    request: HttpRequest, one: BankLine, data: QueryDict | None = None
) -> ReceiveForm | None:
    """Who waits for money that she may record; none if nobody does, or the money left."""
    waiting = awaited(me(request)) if one.is_in else []
    return ReceiveForm(one, waiting, data) if waiting else None


def _parts(one: BankLine) -> list[dict[str, object]]:
    """What it is matched with, each explained."""
    rows = one.parts.standing().select_related("posting__entry", "match__by", "line__account")
    found = []
    for part in rows:
        entry: JournalEntry = books.entries().get(pk=part.posting.entry_id)
        found.append(
            {
                "part": part,
                "entry": entry,
                "sentence": books.describe(entry, names=True),
                "explanation": explanation_of(part.posting),
                "reasons": say_all(part.match.reasons),
            }
        )
    return found


def _history(one: BankLine) -> list[Match]:
    """Every match that it was ever in, and every undoing."""
    keys = list(one.parts.values_list("match", flat=True).distinct())
    made = Match.objects.filter(pk__in=keys) | Match.objects.filter(undoes__in=keys)
    return list(made.select_related("by", "undoes").order_by("number"))


def _matched_already(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """Pressed twice, or written in another window: the line's page says what it is."""
    messages.warning(request, _("This line is matched already: below stands what it is."))
    return redirect("bank_office:line", number, pk)


@require_POST
@requires(WRITE)
def write(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """Write the missing entry and match it."""
    statement, one = _found(number, pk)
    if not one.open_minor:  # type: ignore[attr-defined]
        return _matched_already(request, number, pk)
    form = WriteForm(one, request.POST)
    if form.is_valid():
        values = form.cleaned_data
        try:
            write_entry(
                line=one,
                kind=values["kind"],
                other=values["other"],
                actor=me(request),
                memo=values["memo"],
                on=values["on"],
                worth=values.get("worth"),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("It is in the books, and matched."))
            return redirect("bank_office:statement", number)
    return _page(request, statement, one, write_form=form)


@require_POST
@requires(WRITE)
def ask(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """Ask for the payment that the bank says was made."""
    statement, one = _found(number, pk)
    if not one.open_minor:  # type: ignore[attr-defined]
        return _matched_already(request, number, pk)
    form = AskForm(one, request.POST)
    if form.is_valid():
        values = form.cleaned_data
        try:
            payment = ask_payment_for(
                line=one,
                kind=values["pay_kind"],
                to_account=values["to_account"],
                payee=values["payee"],
                payee_name=values["payee_name"],
                purpose=values["purpose"],
                actor=me(request),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(
                request, _("It is asked for. Two must sign it; then it is matched with this line.")
            )
            return redirect("ledger_office:payment", payment.pk)
    return _page(request, statement, one, ask_form=form)


@require_POST
@requires(WRITE)
def receive(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """Record it for whoever waits for it, and match it."""
    statement, one = _found(number, pk)
    if not one.open_minor:  # type: ignore[attr-defined]
        return _matched_already(request, number, pk)
    form = _receive_form(request, one, request.POST)
    if form is not None and form.is_valid():
        try:
            record_awaited(
                line=one,
                key=form.cleaned_data["key"],
                pays=form.cleaned_data.get("pays"),
                actor=me(request),
                on=form.cleaned_data["receive_on"],
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("It is recorded where it was awaited, and matched."))
            return redirect("bank_office:statement", number)
    return _page(request, statement, one, receive_form=form)
