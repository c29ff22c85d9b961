"""The chart of accounts: adding one, renaming it, closing it, opening it again."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from coop.kit.errors import Refusal
from coop.kit.money import books_currency
from coop.kit.office import OfficeForm, office_page
from coop.people.access import requires
from ledger import errors
from ledger.models import Account
from ledger.office import WRITE, books_trail, me
from ledger.services import add_account, close_account, rename_account, reopen_account
from ledger.services.accounts import chart_of, check_new_account, read_groups

ICON = "ledger"


#: Digits, perhaps in parts ("1011.2", "5.1.2.20"), and the currency of an account abroad.
NUMBER = r"^[0-9]{1,8}(\.[0-9]{1,4}){0,5}(-[A-Z]{3})?$"
#: What a table takes for a formula, or nobody reads as a name.
NAME = r"^[^\W_]"


class NameField(forms.RegexField):
    """The name of an account."""

    def __init__(self, **options: Any) -> None:
        wrong = gettext_lazy("A name begins with a letter or a digit.")
        super().__init__(regex=NAME, max_length=120, error_messages={"invalid": wrong}, **options)


class NamesForm(OfficeForm):
    """How an account is called."""

    name_es = NameField(label=gettext_lazy("Name in Spanish"))
    name_en = NameField(label=gettext_lazy("Name in English"), required=False)
    blames = {errors.NameMissing: "name_es"}


class AccountForm(NamesForm):
    """A new account."""

    code = forms.RegexField(
        label=gettext_lazy("Number"),
        regex=NUMBER,
        max_length=20,
        error_messages={"invalid": gettext_lazy("Write a number such as 6365 or 5.1.2.20.")},
        help_text=gettext_lazy("It never changes: entries are sealed with it."),
    )
    kind = forms.ChoiceField(label=gettext_lazy("What it is"), choices=Account.Kind.choices)
    currency = forms.ChoiceField(label=gettext_lazy("Currency"))
    is_money = forms.BooleanField(
        label=gettext_lazy("Money lies there (a box, a bank, a wallet)"), required=False
    )
    parent = forms.ModelChoiceField(
        label=gettext_lazy("Below"),
        required=False,
        queryset=Account.objects.none(),
        empty_label=gettext_lazy("nothing"),
    )
    field_order = ("code", "name_es", "name_en", "kind", "currency", "parent", "is_money")
    blames = {
        errors.NameMissing: "name_es",
        errors.AccountTaken: "code",
        errors.AccountOutOfPlan: "code",
        errors.AccountParentDiffers: "parent",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = Account.objects.values_list("currency", flat=True).distinct()
        codes = sorted({*there, books_currency()} & {*settings.CURRENCIES, *there})
        fields: dict[str, Any] = self.fields
        fields["currency"].choices = [(one, one) for one in codes]
        fields["currency"].initial = books_currency()
        own = Account.Role.MEMBERS_PAYABLE, Account.Role.GRANTS
        # Members' and grants' accounts are opened with the member and the grant.
        fields["parent"].queryset = Account.objects.filter(is_header=True).exclude(role__in=own)
        if not fields["parent"].queryset.exists():
            del self.fields["parent"]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("is_money") and values.get("kind") not in {None, Account.Kind.ASSET}:
            self.add_error("is_money", _("Money is something that we have: an asset."))
        abroad = values.get("code", "").partition("-")[2]
        if abroad and abroad != values.get("currency"):
            self.add_error("code", _("Its number ends with another currency than its own."))
        return values

    @property
    def resent(self) -> list[tuple[str, str]]:
        """All that was typed, to be sent again from the page that shows it."""
        return [(one.name, one.value()) for one in self.visible_fields() if one.value()]


@requires(WRITE)
def add(request: HttpRequest) -> HttpResponse:
    """Add an account."""
    form = AccountForm(request.POST or None)
    if form.is_bound and form.is_valid() and request.POST.get("do") != "change":
        done = _looked_at_or_added(request, form)
        if done is not None:
            return done
    chart = chart_of(Account.objects.exclude(role="").values_list("code", "role"))
    return office_page(
        request,
        "ledger/office/add_account.html",
        title=_("Add an account"),
        trail=books_trail(),
        icon=ICON,
        form=form,
        groups=[
            (one, Account.Kind(one.kind).label) for one in (read_groups(chart) if chart else ())
        ],
    )


def _looked_at_or_added(request: HttpRequest, form: AccountForm) -> HttpResponse | None:
    """What would stand for ever, or, once that was seen, the account; None if it is refused."""
    values = form.cleaned_data
    is_seen = request.POST.get("do") == "open"
    try:
        if is_seen:
            made = add_account(actor=me(request), **values)
        else:
            asked = ("code", "name_es", "kind", "currency", "parent")
            told: dict[str, Any] = {name: values.get(name) for name in asked}
            check_new_account(**told)
    except Refusal as refusal:
        form.refuse(refusal)
        return None
    if is_seen:
        messages.success(request, _("Account %(account)s is open.") % {"account": made})
        return redirect("ledger_office:account", made.code)
    return office_page(
        request,
        "ledger/office/add_account_look.html",
        title=_("Add account %(code)s?") % {"code": values["code"]},
        trail=books_trail((_("Add an account"), reverse("ledger_office:add-account"))),
        icon=ICON,
        form=form,
        values=values,
        kind=Account.Kind(values["kind"]).label,
    )


@requires(WRITE)
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Rename an account, close it or open it again; what was done so far."""
    one = get_object_or_404(Account.objects.select_related("kept_balance"), code=code)
    names = {"name_es": one.name_es, "name_en": one.name_en}
    form = NamesForm(request.POST or None, initial=names)
    if form.is_bound and form.is_valid():
        try:
            rename_account(account=one, actor=me(request), **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("It has its new name."))
            return redirect("ledger_office:account", code)
    return office_page(
        request,
        "ledger/office/edit_account.html",
        title=_("Change account %(account)s") % {"account": one.code},
        trail=books_trail((str(one), reverse("ledger_office:account", args=[code]))),
        icon=ICON,
        account=one,
        form=form,
        events=one.events.select_related("actor"),
        is_needed=bool(one.role) and not one.is_money,
    )


@require_POST
@requires(WRITE)
def close(request: HttpRequest, code: str) -> HttpResponse:
    """Take no more postings on it."""
    one = get_object_or_404(Account, code=code)
    try:
        close_account(account=one, actor=me(request))
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Account %(account)s is closed.") % {"account": one})
    return redirect("ledger_office:edit-account", code)


@require_POST
@requires(WRITE)
def reopen(request: HttpRequest, code: str) -> HttpResponse:
    """Take postings on it again."""
    one = get_object_or_404(Account, code=code)
    reopen_account(account=one, actor=me(request))
    messages.success(request, _("Account %(account)s is open.") % {"account": one})
    return redirect("ledger_office:edit-account", code)
