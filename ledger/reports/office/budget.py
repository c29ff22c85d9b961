"""The budget: what is meant, year by year, line by line."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from djmoney.money import Money

from coop.kit.days import today
from coop.kit.errors import Refusal
from coop.kit.money import books_currency
from coop.kit.office import AnyAmountField, OfficeForm, money_in, office_page, page_of
from coop.people.access import requires
from ledger.account_field import AccountField
from ledger.models import Account
from ledger.office import READ, WRITE, me
from ledger.reports.errors import NotABudget, NotOfResult
from ledger.reports.models import BudgetLine
from ledger.reports.office import reports_trail
from ledger.reports.services import FIRST_YEAR, LAST_YEAR, write_budget

_KINDS = (Account.Kind.INCOME, Account.Kind.EXPENSE)


def budget_accounts() -> QuerySet[Account]:
    """Accounts that a budget may be for."""
    return Account.objects.filter(
        kind__in=_KINDS, is_header=False, is_open=True, currency=books_currency()
    )


class BudgetForm(OfficeForm):
    """One line of a budget; zero takes a line away."""

    blames = {NotOfResult: "account", NotABudget: "amount"}

    account = AccountField(label=gettext_lazy("Account"), queryset=Account.objects.none())
    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    month = forms.TypedChoiceField(
        label=gettext_lazy("Month"),
        coerce=int,
        choices=[(0, gettext_lazy("the whole year")), *MONTHS.items()],
        help_text=gettext_lazy("Of a whole year's amount each month has a twelfth."),
    )
    amount = AnyAmountField(
        label=gettext_lazy("Amount"),
        min_value=0,
        error_messages={"min_value": gettext_lazy("Write an amount, 0 for none.")},
        help_text=gettext_lazy("Zero takes the line away."),
    )

    def __init__(self, data: Any = None, *, year: int) -> None:
        super().__init__(data, initial={"year": year})
        accounts = self.fields["account"]
        if isinstance(accounts, AccountField):
            accounts.queryset = budget_accounts()

    def clean_amount(self) -> Money:
        """The amount in the books' currency."""
        return money_in(self.cleaned_data["amount"], books_currency())


@requires(READ)
def lines(request: HttpRequest) -> HttpResponse:
    """The budget of a year; who writes the books adds and changes lines."""
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else today().year
    form = BudgetForm(request.POST or None, year=year) if request.user.has_perm(WRITE) else None
    if form is not None and form.is_bound and form.is_valid():
        try:
            write_budget(actor=me(request), **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The budget is written."))
            address = reverse("reports_office:budget-lines")
            return redirect(f"{address}?year={form.cleaned_data['year']}")
    found = BudgetLine.objects.filter(year=year).select_related("account", "written_by")
    years = sorted({*BudgetLine.objects.values_list("year", flat=True), today().year, year})
    return office_page(
        request,
        "reports/office/budget_lines.html",
        title=_("Budget of %(year)s") % {"year": year},
        trail=reports_trail(),
        icon="scroll",
        form=form,
        year=year,
        tabs=[{"label": str(one), "url": f"?year={one}", "is_here": one == year} for one in years],
        page=page_of(request, [(one, MONTHS.get(one.month)) for one in found]),
    )
