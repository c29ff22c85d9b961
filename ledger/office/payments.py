"""Paying: what members are owed, asking for a payment, signing it, paying it."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from coop.kit.errors import Refusal
from coop.kit.lists import Sorting, csv_answer, csv_url, wants_csv
from coop.kit.money import format_money, from_minor, total
from coop.kit.office import ON_A_PAGE, office_page, page_of
from coop.people.access import requires
from ledger import queries
from ledger.errors import OperationUsed, SignedAlready
from ledger.forms import MemberPaymentForm, PaymentFilter, PaymentForm, VoidForm
from ledger.models import (
    Account,
    GrantPayment,
    Handing,
    JournalEntry,
    Payment,
    PaymentEvent,
)
from ledger.models.payments import SIGNATURES_NEEDED
from ledger.office import ASK, READ, SIGN, WRITE, may, me, payment_tabs, payments_trail
from ledger.services import (
    How,
    hand_over,
    hear_refusal,
    request_by_hand,
    sign_payment,
    void_payment,
)

ICON = "coins"
Verb = PaymentEvent.Verb

_COLUMNS = {
    "day": ["requested_on", "id"],
    "amount": ["amount_minor", "id"],
    "status": ["status", "-id"],
}


def _with_people(payments: QuerySet[Payment]) -> QuerySet[Payment]:
    """Payments with all that a list says of them."""
    return payments.select_related("payee", "from_account", "to_account").annotate(
        signatures=Count("approvals")
    )


@require_safe
@requires(READ, SIGN)
def waiting(request: HttpRequest) -> HttpResponse:
    """Payments that wait for signatures or for the money to be handed over."""
    page = page_of(
        request, _with_people(Payment.objects.waiting()).order_by("-status", "to_account__code")
    )
    rows = _waiting_rows(request, list(page))
    return office_page(
        request,
        "ledger/office/waiting.html",
        title=_("Payments"),
        icon=ICON,
        tabs=payment_tabs("waiting"),
        page=page,
        rows=rows,
        can_sign=any(row["can_sign"] for row in rows),
        can_pay=any(row["can_pay"] for row in rows),
        first_to_pay=next((row["payment"] for row in rows if row["can_pay"]), None),
        operation=request.GET.get("operation", "")[:40],
        taken=request.GET.get("taken", "").split(","),
        may_insist="taken" in request.GET,
        **may(request),
    )


def _waiting_rows(request: HttpRequest, payments: list[Payment]) -> list[dict[str, Any]]:
    """Payments with what this person can do about each."""
    person, rights = me(request), may(request)
    signed = Payment.objects.filter(approvals__signer=person, pk__in=[one.pk for one in payments])
    signed_keys = set(signed.values_list("pk", flat=True))
    rows = []
    for one in payments:
        is_mine, has_signed = one.payee_id == person.pk, one.pk in signed_keys
        is_asked = one.status == Payment.Status.REQUESTED
        rows.append(
            {
                "payment": one,
                "is_mine": is_mine,
                "has_signed": has_signed,
                "can_sign": is_asked and rights["may_sign"] and not is_mine and not has_signed,
                "can_pay": one.status == Payment.Status.SIGNED and rights["may_write"],
            }
        )
    return rows


@require_safe
@requires(READ, ASK)
def owed(request: HttpRequest) -> HttpResponse:
    """What each member is owed, the most first."""
    show_all = "all" in request.GET
    accounts = queries.member_accounts()
    page = page_of(
        request, accounts if show_all else accounts.exclude(kept_balance__amount_minor=0)
    )
    asked = queries.asked_for(page.object_list)
    payable = queries.accounts_with_balances(queries.payable_members())
    return office_page(
        request,
        "ledger/office/owed.html",
        title=_("Owed to members"),
        trail=payments_trail(),
        icon=ICON,
        tabs=payment_tabs("owed"),
        page=page,
        rows=[(one, from_minor(one.owed_minor, one.currency), asked.get(one.pk)) for one in page],
        show_all=show_all,
        payable=len(payable),
        payable_total=total(line.balance for line in payable),
        **may(request),
    )


@require_safe
@requires(READ)
def index(request: HttpRequest) -> HttpResponse:
    """Every payment, the newest first."""
    form = PaymentFilter(request.GET)
    chosen = form.chosen
    sorting = Sorting(request, _COLUMNS, default="-day")
    payments = queries.payments_matching(**chosen).order_by(*sorting.fields)
    if wants_csv(request):
        return _table(payments)
    return office_page(
        request,
        "ledger/office/payments.html",
        title=_("All payments"),
        trail=payments_trail(),
        icon=ICON,
        tabs=payment_tabs("payments"),
        form=form,
        is_filtered=any(chosen.values()),
        page=page_of(request, _with_people(payments)),
        sorting=sorting,
        csv_url=csv_url(request),
        **may(request),
    )


def _table(payments: QuerySet[Payment]) -> HttpResponse:
    head = [_("Asked for on"), _("For whom"), _("What for"), _("Kind"), _("Status")]
    head += [_("Out of"), _("Currency"), _("Amount")]
    rows = (
        [
            one.requested_on,
            one.payee_label,
            one.purpose,
            one.get_kind_display(),
            one.get_status_display(),
            one.from_account.name,
            one.currency,
            one.amount.amount,
        ]
        for one in payments.select_related("payee", "from_account")
    )
    return csv_answer(pgettext("file name", "payments"), head, rows)


@requires(ASK)
def ask_member(request: HttpRequest, code: str) -> HttpResponse:
    """Ask that a member be paid; what she is owed stands in the form."""
    account = get_object_or_404(queries.member_accounts(), code=code)
    balance = queries.balance(account)
    initial = {"amount": balance.amount if balance.amount > 0 else None}
    form = MemberPaymentForm(request.POST or None, initial=initial)
    if form.is_bound and form.is_valid():
        values = form.cleaned_data
        kind = JournalEntry.Kind.MEMBER_PAID
        made = _ask(request, form, account=account, kind=kind, values=values)
        if made is not None:
            return redirect("ledger_office:payment", made.pk)
    sentence = _("%(name)s is owed %(amount)s. Two who do not receive it sign.")
    facts = {"name": account.holder or account.name, "amount": format_money(balance)}
    return office_page(
        request,
        "office/page_form.html",
        title=_("Pay %(name)s") % {"name": account.holder or account.name},
        trail=payments_trail((_("Owed to members"), reverse("ledger_office:owed"))),
        icon=ICON,
        form=form,
        lead=sentence % facts,
        button=_("Ask for the payment"),
    )


def _ask(
    request: HttpRequest,
    form: MemberPaymentForm | PaymentForm,
    *,
    account: Account,
    kind: str,
    values: dict[str, Any],
) -> Payment | None:
    """The payment that was asked for; None if it was refused, which the form then says."""
    try:
        made = request_by_hand(
            from_account=values["from_account"],
            to_account=account,
            payee=values.get("payee", account.holder),
            payee_name=values.get("payee_name", ""),
            amount=values["amount"],
            kind=kind,
            purpose=values["purpose"],
            actor=me(request),
            on=values["on"],
            reference=form.reference,
        )
    except Refusal as refusal:
        form.refuse(refusal)
        return None
    messages.success(request, _("Asked for. Now two sign it, neither of them the receiver."))
    held = queries.balance(made.from_account)
    if made.amount > held:
        words = _("%(place)s holds %(held)s now: this can be paid only when more has come.")
        facts = {"place": made.from_account.name, "held": format_money(held)}
        messages.warning(request, words % facts)
    return made


@requires(ASK)
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for any other payment."""
    form = PaymentForm(request.POST or None)
    if form.is_bound and form.is_valid():
        values = form.cleaned_data
        account, kind = values["to_account"], values["kind"]
        made = _ask(request, form, account=account, kind=kind, values=values)
        if made is not None:
            return redirect("ledger_office:payment", made.pk)
    return office_page(
        request,
        "office/page_form.html",
        title=_("Ask for a payment"),
        trail=payments_trail(),
        icon=ICON,
        form=form,
        lead=_("Two who do not receive the money sign it; then it is handed over."),
        button=_("Ask for the payment"),
    )


@require_POST
@requires(SIGN, WRITE)
def together(request: HttpRequest) -> HttpResponse:
    """Sign, or pay by one transfer, the payments that were marked in the list; each by itself."""
    marked = Payment.objects.filter(pk__in=_marked(request)).order_by("pk")
    is_paying = request.POST.get("do") == "pay"
    if is_paying and not request.user.has_perm(WRITE):
        raise PermissionDenied
    transfer = How.by_transfer(request.POST.get("operation", "")[:40])
    transfer = replace(transfer, pays_several="pays_several" in request.POST)
    done, refusals, taken = 0, [], []
    for one in marked:
        try:
            if is_paying:
                hand_over(payment=one, how=transfer, actor=me(request))
                # The same transfer pays the others that were marked with it.
                transfer = replace(transfer, pays_several=True)
            else:
                sign_payment(payment=one, signer=me(request))
        except SignedAlready:
            done += 1
        except Refusal as refusal:
            refusals.append(f"{one.payee_label}: {refusal}")
            if isinstance(refusal, OperationUsed):
                taken.append(one.pk)
        else:
            done += 1
    words = _("%(count)s paid and in the books.") if is_paying else _("You signed %(count)s.")
    _say_together(request, words, done, refusals)
    return redirect(_back_to_the_list(request, transfer, taken))


def _say_together(request: HttpRequest, words: str, done: int, refusals: list[str]) -> None:
    """How many were signed or paid, and why the others were not."""
    if done:
        messages.success(request, words % {"count": done})
    for one_refusal in refusals:
        messages.warning(request, one_refusal)
    if not done and not refusals:
        messages.warning(request, _("Mark at least one payment."))


def _back_to_the_list(request: HttpRequest, transfer: How, taken: list[int]) -> str:
    """The page of the list that she came from; those whose operation was taken are marked again,
    and she may insist.
    """
    asked = {"p": request.POST.get("p", "")} if request.POST.get("p", "").isdecimal() else {}
    if taken:
        asked |= {"operation": transfer.operation, "taken": ",".join(map(str, taken))}
    address = reverse("ledger_office:waiting")
    return f"{address}?{urlencode(asked)}" if asked else address


def _marked(request: HttpRequest) -> list[int]:
    return [int(one) for one in request.POST.getlist("payment")[:ON_A_PAGE] if one.isdecimal()]


def _find(pk: int) -> Payment:
    return get_object_or_404(
        Payment.objects.select_related("payee", "from_account", "to_account", "requested_by"), pk=pk
    )


@require_safe
@requires(READ, SIGN)
def payment(request: HttpRequest, pk: int) -> HttpResponse:
    """One payment: what is asked, who signed, what is next."""
    return _page(request, _find(pk))


def _page(
    request: HttpRequest, one: Payment, *, refusal: str = "", void_form: VoidForm | None = None
) -> HttpResponse:
    rights = may(request)
    signatures = list(one.approvals.select_related("signer"))
    is_payee = one.payee_id == me(request).pk
    is_mine = one.requested_by_id == me(request).pk
    events = list(one.events.select_related("actor"))
    has_signed = me(request).pk in {each.signer_id for each in signatures}
    is_waiting = one.status == Payment.Status.REQUESTED
    can_stop = one.status in {Payment.Status.REQUESTED, Payment.Status.SIGNED}
    return office_page(
        request,
        "ledger/office/payment.html",
        title=_("Payment to %(name)s") % {"name": one.payee_label},
        trail=payments_trail(),
        icon=ICON,
        payment=one,
        signature_rows=signatures,
        missing=max(0, SIGNATURES_NEEDED - len(signatures)),
        held=queries.balance(one.from_account),
        owed=queries.owed_beside([one]).get(one.pk),
        entry=getattr(one, "entry", None),
        handing=Handing.objects.select_related("witness").filter(payment=one).first(),
        events=events,
        refused=next((each for each in events if each.verb == Verb.REFUSED), None),
        may_hear=is_mine and not any(each.verb == Verb.HEARD for each in events),
        vouchers=list(queries.with_word().filter(payment=one).order_by("pk")),
        of_grant=GrantPayment.objects.filter(payment=one).select_related("line__grant").first(),
        is_payee=is_payee,
        has_signed=has_signed,
        can_sign=is_waiting and rights["may_sign"] and not is_payee and not has_signed,
        can_pay=one.status == Payment.Status.SIGNED and rights["may_write"],
        void_form=(void_form or VoidForm()) if can_stop and rights["may_ask"] else None,
        refusal=refusal,
        **rights,
    )


@require_POST
@requires(SIGN)
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign it."""
    one = _find(pk)
    # Pressed twice, the second answer is the first one's.
    if not one.approvals.filter(signer=me(request)).exists():
        try:
            sign_payment(payment=one, signer=me(request))
        except SignedAlready:
            pass
        except Refusal as refusal:
            return _page(request, one, refusal=str(refusal))
    messages.success(request, _("You have signed it."))
    return redirect("ledger_office:payment", pk)


@require_safe
@requires(READ, ASK)
def refused(request: HttpRequest) -> HttpResponse:
    """To the newest payment that she asked for and somebody refused, while she has not read why."""
    newest = queries.refusals_for(me(request)).first()
    if newest is None:
        return redirect("ledger_office:waiting")
    return redirect("ledger_office:payment", newest.payment_id)


@require_POST
@requires(READ, ASK)
def hear(request: HttpRequest, pk: int) -> HttpResponse:
    """Who asked for it has read why it was refused."""
    try:
        hear_refusal(payment=_find(pk), actor=me(request))
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return redirect("ledger_office:payment", pk)
    return redirect("ledger_office:refused")


@require_POST
@requires(ASK)
def void(request: HttpRequest, pk: int) -> HttpResponse:
    """Call it off."""
    one = _find(pk)
    form = VoidForm(request.POST)
    if form.is_valid():
        try:
            void_payment(payment=one, actor=me(request), reason=form.cleaned_data["reason"])
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("It is called off."))
            return redirect("ledger_office:payment", pk)
    return _page(request, one, void_form=form)
