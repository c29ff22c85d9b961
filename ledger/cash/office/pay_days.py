"""Pay day in the office: the list that is seen is the list that is asked for."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from coop.kit import days
from coop.kit.errors import Refusal
from coop.kit.forms import MinorAmountField
from coop.kit.money import from_minor
from coop.kit.office import office_page, page_of
from coop.people.access import requires
from ledger import queries
from ledger.cash.models import PayDay
from ledger.cash.plans import pay_plan
from ledger.cash.services import ask_pay_day
from ledger.forms import PayDayForm
from ledger.models import Account
from ledger.office import ASK, READ, me, payments_trail

ICON = "coins"


class ListedPayDayForm(PayDayForm):
    """With the mark of the list that was seen."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    keep = MinorAmountField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, place: Account | None, digest: str, keep: int, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["keep"].initial = keep
        self.fields["from_account"].initial = place
        self.fields["seen"].initial = digest


@requires(ASK)
def pay_day(request: HttpRequest) -> HttpResponse:
    """Who gets what, out of the place that is chosen; then it is asked for."""
    places = Account.objects.money().filter(is_open=True, is_header=False)
    chosen = request.POST.get("from_account") or request.GET.get("from", "")
    place = places.filter(pk=int(chosen)).first() if chosen.isdecimal() else None
    place = place or queries.place_of_pay()
    keep = _kept(request)
    kept = from_minor(keep, place.currency) if place else None
    plan = pay_plan(place, days.today(), keep=kept) if place else None
    digest = plan.digest if plan else ""
    form = ListedPayDayForm(request.POST or None, place=place, digest=digest, keep=keep)
    if form.is_bound and form.is_valid():
        values = form.cleaned_data
        try:
            made = ask_pay_day(
                **_asked(values), keep=kept, actor=me(request), reference=form.reference
            )
        except Refusal as refusal:
            form.refuse(refusal)
            # She sees the list as it is now, and presses for that one.
            form.data = {name: form.data[name] for name in form.data} | {"seen": digest}
        else:
            count = made.lines.exclude(payment=None).count()
            words = ngettext("Asked for %(count)s payment.", "Asked for %(count)s payments.", count)
            messages.success(request, words % {"count": count})
            return redirect("cash_office:pay-day-of", made.pk)
    return office_page(
        request,
        "cash/office/pay_day.html",
        title=_("Pay day"),
        trail=payments_trail((_("Owed to members"), reverse("ledger_office:owed"))),
        icon=ICON,
        form=form,
        plan=plan,
        places=[
            (line, line.account == place)
            for line in queries.accounts_with_balances(places)
            if line.balance.amount > 0 or line.account == place
        ],
    )


def _kept(request: HttpRequest) -> int:
    """What shall stay in the place, in minor units; nothing for what is no amount."""
    field = MinorAmountField(required=False, min_value=0, max_digits=12)
    try:
        return field.clean(request.POST.get("keep") or request.GET.get("keep", "")) or 0
    except forms.ValidationError:
        return 0


def _asked(values: dict[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in ("from_account", "purpose", "on", "seen")}


@require_safe
@requires(READ, ASK)
def pay_day_of(request: HttpRequest, pk: int) -> HttpResponse:
    """A pay day as it was asked for, and where each payment stands."""
    rows = PayDay.objects.select_related("from_account", "asked_by")
    found = get_object_or_404(rows, pk=pk)
    lines = found.lines.select_related("account__holder", "payment")
    return office_page(
        request,
        "cash/office/pay_day_of.html",
        title=found.purpose,
        trail=payments_trail((_("Pay days"), reverse("cash_office:pay-days"))),
        icon=ICON,
        pay_day=found,
        lines=lines,
    )


@require_safe
@requires(READ, ASK)
def pay_days(request: HttpRequest) -> HttpResponse:
    """Every pay day, the newest first."""
    rows = PayDay.objects.select_related("from_account", "asked_by")
    return office_page(
        request,
        "cash/office/pay_days.html",
        title=_("Pay days"),
        trail=payments_trail(),
        icon=ICON,
        page=page_of(request, rows),
    )
