"""Advances in the office: who has money to account for, by when, and what she brought."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from djmoney.money import Money

from coop.kit import days
from coop.kit.errors import Refusal
from coop.kit.forms import OnceForm
from coop.kit.money import format_money
from coop.kit.office import AmountField, DayField, office_page, page_of
from coop.people.access import requires
from coop.people.models import User
from ledger import open_items
from ledger.account_field import AccountField
from ledger.cash import errors, queries
from ledger.cash.models import Advance, AdvancePart
from ledger.cash.open_items import advances as told_here
from ledger.cash.services import add_receipt, ask_advance, bring_back
from ledger.errors import BeforeTheBooks, NotEnoughMoney, NotMoney, NotPositive, PeriodClosed
from ledger.models import Account, Voucher
from ledger.office import ASK, READ, WRITE, may, me, payment_tabs, payments_trail
from ledger.office.hand_forms import VoucherForm
from ledger.office.papers import OpenField
from ledger.queries import balances, place_of_pay, with_word

ICON = "coins"


class AdvanceForm(OnceForm):
    """Who takes how much along, for what, and by when she accounts for it."""

    person = forms.ModelChoiceField(
        label=gettext_lazy("Who takes it along"),
        queryset=User.objects.none(),
        empty_label=gettext_lazy("choose"),
    )
    amount = AmountField(label=gettext_lazy("Amount"))
    purpose = forms.CharField(label=gettext_lazy("What for"), max_length=300)
    due_on = DayField(label=gettext_lazy("She accounts for it by"), initial=None, may_be_ahead=True)
    from_account = AccountField(label=gettext_lazy("Out of"), money=True)
    on = DayField(label=gettext_lazy("Day"))
    blames = {
        errors.AdvanceDueTooEarly: "due_on",
        NotPositive: "amount",
        BeforeTheBooks: "on",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = queries.people_at_hand()  # type: ignore[attr-defined]
        self.fields["from_account"].initial = place_of_pay()


class ReceiptForm(OnceForm, VoucherForm):
    """A receipt that she brought, with its photograph."""

    amount = AmountField(label=gettext_lazy("Amount"))
    account = AccountField(
        label=gettext_lazy("What it was for"),
        queryset=Account.objects.filter(kind=Account.Kind.EXPENSE, is_open=True, is_header=False),
    )
    what = forms.CharField(label=gettext_lazy("In your own words"), max_length=200)
    on = DayField(label=gettext_lazy("Day"))
    is_open = OpenField()
    field_order = ("amount", "account", "what", "on", "photo", "is_open")
    blames = {
        errors.MoreThanAdvanced: "amount",
        NotPositive: "amount",
        PeriodClosed: "on",
        BeforeTheBooks: "on",
    }


class RestForm(OnceForm):
    """Money that she brought back."""

    amount = AmountField(label=gettext_lazy("Amount"))
    to_account = AccountField(label=gettext_lazy("Into"), money=True)
    on = DayField(label=gettext_lazy("Day"))
    blames = {
        errors.MoreThanAdvanced: "amount",
        NotPositive: "amount",
        NotMoney: "to_account",
        NotEnoughMoney: "amount",
        PeriodClosed: "on",
        BeforeTheBooks: "on",
    }


@require_safe
@requires(READ, ASK)
def index(request: HttpRequest) -> HttpResponse:
    """Advances, those that are out first, by their day."""
    rows = Advance.objects.select_related("payment__payee").with_settled()
    return office_page(
        request,
        "cash/office/advances.html",
        title=_("Advances"),
        trail=payments_trail(),
        icon=ICON,
        tabs=payment_tabs("cash_office:advances"),
        page=page_of(request, rows.order_by("-due_on", "-pk")),
        today=days.today(),
        others=_told_elsewhere(),
        held=_held(),
        may_open=True,
        **may(request),
    )


def _places() -> list[Account]:
    return list(Account.objects.filter(role=Account.Role.TRIP_ADVANCES).order_by("code"))


def _told_elsewhere() -> list[open_items.Item]:
    """What is to be accounted for on other pages of the house: a wool trip, by its receipts."""
    today = days.today()
    return [one for place in _places() for one in open_items.of(place, today, but=told_here)]


def _held() -> list[Money]:
    """All that is to be accounted for, as the accounts say it."""
    amounts = balances(_places())
    return [one for one in amounts.values() if one.amount]


@require_safe
def overdue(request: HttpRequest) -> HttpResponse:
    """Advances whose day has passed: for everybody who works in the office."""
    rows = Advance.objects.select_related("payment__payee").overdue(days.today())
    return office_page(
        request,
        "cash/office/advances.html",
        title=_("Advances not accounted for in time"),
        icon=ICON,
        page=page_of(request, rows.order_by("due_on", "pk")),
        today=days.today(),
        may_open=request.user.has_perm(READ) or request.user.has_perm(ASK),
    )


@requires(ASK)
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for an advance; two sign it as every payment."""
    form = AdvanceForm(request.POST or None)
    if form.is_bound and form.is_valid():
        values = {name: form.cleaned_data[name] for name in form.fields if name != "form_key"}
        try:
            made = ask_advance(**values, actor=me(request), reference=form.reference)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(
                request, _("Asked for. Now two sign it, neither of them the receiver.")
            )
            return redirect("cash_office:advance", made.pk)
    return office_page(
        request,
        "office/page_form.html",
        title=_("Ask for an advance"),
        trail=payments_trail((_("Advances"), reverse("cash_office:advances"))),
        icon=ICON,
        form=form,
        lead=_("She takes money along, brings receipts, and what is left comes back."),
        button=_("Ask for the advance"),
    )


@requires(READ, ASK)
def advance(request: HttpRequest, pk: int) -> HttpResponse:
    """One advance: what was brought, and what is still to come."""
    rows = Advance.objects.select_related("payment__payee", "payment__from_account")
    found = get_object_or_404(rows, pk=pk)
    can_settle = found.is_out and request.user.has_perm(WRITE)
    is_rest = "rest" in request.GET
    form = _form(request, found, is_rest) if can_settle else None
    if form is not None and form.is_bound and _settled(request, found, form):
        messages.success(request, _("It is in the books."))
        return redirect("cash_office:advance", pk)
    return office_page(
        request,
        "cash/office/advance.html",
        title=_("Advance: %(purpose)s") % {"purpose": found.payment.purpose},
        trail=payments_trail((_("Advances"), reverse("cash_office:advances"))),
        icon=ICON,
        advance=found,
        parts=_parts(found),
        outstanding=found.outstanding,
        is_late=found.is_out and found.due_on < days.today(),
        form=form,
        kept=form.kept if isinstance(form, ReceiptForm) else [],
        is_rest=is_rest,
        left=format_money(found.outstanding),
        **may(request),
    )


def _parts(advance: Advance) -> list[tuple[AdvancePart, list[Voucher]]]:
    """What she brought, each with its photographs (two queries)."""
    parts = list(advance.parts.select_related("entry", "written_by", "advance__payment"))
    photos: dict[int | None, list[Voucher]] = {}
    for one in with_word().filter(entry__advance_part__in=parts).order_by("pk"):
        photos.setdefault(one.entry_id, []).append(one)
    return [(one, photos.get(one.entry_id, [])) for one in parts]


def _settled(request: HttpRequest, advance: Advance, form: ReceiptForm | RestForm) -> bool:
    """Whether what was sent is in the books; a photograph is kept whatever else is wrong."""
    is_valid = form.is_valid()
    if isinstance(form, ReceiptForm):
        form.keep_photo(me(request))
    if not is_valid or form.errors:
        return False
    left = {"form_key", "photo", "vouchers"}
    values = {name: form.cleaned_data[name] for name in form.fields if name not in left}
    told: dict[str, Any] = {
        "advance": advance,
        "actor": me(request),
        "reference": form.reference,
    }
    try:
        if isinstance(form, ReceiptForm):
            add_receipt(**values, **told, photos=form.kept)
        else:
            bring_back(**values, **told)
    except Refusal as refusal:
        form.refuse(refusal)
        return False
    return True


def _form(request: HttpRequest, advance: Advance, is_rest: bool) -> ReceiptForm | RestForm:
    data = request.POST if request.method == "POST" else None
    if is_rest:
        initial = {
            "amount": advance.outstanding.amount,
            "to_account": advance.payment.from_account_id,
        }
        return RestForm(data, initial=initial)
    return ReceiptForm(data, request.FILES) if data is not None else ReceiptForm()
