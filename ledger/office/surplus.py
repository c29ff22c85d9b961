"""A year's result: how much there is, what the assembly decided, and sharing it so."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from djmoney.money import Money

from coop.kit.errors import Refusal
from coop.kit.forms import OnceForm
from coop.kit.money import format_money, zero
from coop.kit.office import AmountField, DayField, office_page, page_of
from coop.people.access import requires
from ledger import errors, queries, weights
from ledger.models import Account, SurplusDecision
from ledger.office import READ, WRITE, book_tabs, books_trail, may, me
from ledger.services import bear_loss, parts_of_surplus, share_surplus
from ledger.services.surplus import FUNDS, Decision, Part, year_of_result

ICON = "ledger"
Role = Account.Role


class ShareForm(OnceForm):
    """What the assembly decided about a result."""

    words = forms.CharField(
        label=gettext_lazy("What the assembly decided"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("In the words of the acta."),
    )
    acta = forms.CharField(label=gettext_lazy("Number of the acta"), max_length=40)
    decided_on = DayField(label=gettext_lazy("Decided on"), initial=None)
    common_fund = AmountField(label=gettext_lazy("Common fund"), required=False)
    wool_fund = AmountField(label=gettext_lazy("Wool fund"), required=False)
    solidarity_fund = AmountField(label=gettext_lazy("Solidarity fund"), required=False)
    reserve = AmountField(label=gettext_lazy("Reserve"), required=False)
    to_members = AmountField(label=gettext_lazy("For the members"), required=False)
    formula = forms.ChoiceField(
        label=gettext_lazy("Shared among them"), required=False, widget=forms.RadioSelect
    )
    on = DayField(label=gettext_lazy("Written on"))
    blames = {
        errors.DecisionMissing: "words",
        errors.DecidedAhead: "decided_on",
        errors.UnknownFormula: "formula",
        errors.NothingToShareBy: "formula",
        errors.PeriodClosed: "on",
        errors.BeforeTheBooks: "on",
    }

    def __init__(self, *args: Any, is_loss: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        names: list[str]
        if is_loss:
            del self.fields["to_members"], self.fields["formula"]
            where, names = (_("Which funds bear it"), ""), [*FUNDS]
        else:
            fields["formula"].choices = [(one.key, one.label) for one in weights.formulas()]
            where = (_("Where it goes"), _("Leave empty what gets nothing."))
            names = [*FUNDS, "to_members", "formula"]
        decided = _("It is kept beside the books and shown to who reads them.")
        self.groups = (
            (_("The decision"), decided, ("words", "acta", "decided_on")),
            (*where, names),
            (_("When"), "", ("on",)),
        )

    @property
    def funds(self) -> dict[str, Money]:
        """How much for each fund."""
        values = self.cleaned_data
        return {one.value: values[one] for one in FUNDS if values.get(one)}

    @property
    def members(self) -> Money:
        """How much for the members together."""
        amount: Money | None = self.cleaned_data.get("to_members")
        return amount if amount is not None else zero()

    @property
    def decision(self) -> Decision:
        """What was decided."""
        values = self.cleaned_data
        return Decision(values["decided_on"], values["words"], values["acta"])

    @property
    def resent(self) -> list[tuple[str, str]]:
        """Everything that was typed, to send it once more."""
        data: Any = self.data
        keys = [key for key in data if key not in {"do", "csrfmiddlewaretoken"}]
        return [(key, one) for key in keys for one in data.getlist(key)]


@require_safe
@requires(READ)
def index(request: HttpRequest) -> HttpResponse:
    """The funds, the result that waits, and what was decided about those before."""
    held = queries.accounts_with_balances(
        Account.objects.filter(role__in=[*FUNDS, Role.MEMBER_SHARES], is_open=True)
    )
    decisions = SurplusDecision.objects.select_related("recorded_by", "entry__reversed_by")
    return office_page(
        request,
        "ledger/office/result.html",
        title=_("Result and funds"),
        trail=books_trail(),
        icon=ICON,
        tabs=book_tabs("result"),
        result=queries.balance(queries.account(Role.RESULT)),
        funds=held,
        page=page_of(request, decisions.prefetch_related("shares__account__holder")),
        formulas={one.key: one.label for one in weights.formulas()},
        **may(request),
    )


@requires(WRITE)
def share(request: HttpRequest) -> HttpResponse:
    """Share the result as decided: typed, looked at, written."""
    result = queries.balance(queries.account(Role.RESULT))
    is_loss = result.amount < 0
    form = ShareForm(request.POST or None, is_loss=is_loss)
    parts: list[Part] = []
    if form.is_bound and form.is_valid() and request.POST.get("do") != "change":
        try:
            if request.POST.get("do") == "write":
                _write(request, form, is_loss=is_loss)
                messages.success(request, _("It is shared, and in the books."))
                return redirect("ledger_office:result")
            parts = _look(form, result)
        except Refusal as refusal:
            form.refuse(refusal)
    frame: dict[str, Any] = {
        "title": _("Let the funds bear the loss") if is_loss else _("Share the result"),
        "trail": books_trail((_("Result and funds"), reverse("ledger_office:result"))),
        "icon": ICON,
    }
    if parts and not form.errors:
        return office_page(
            request,
            "ledger/office/share_look.html",
            form=form,
            parts=parts,
            decision=form.decision,
            formula=_formula(form),
            is_loss=is_loss,
            **frame,
        )
    lead = _("The result that is not shared yet: %(amount)s.") % {"amount": format_money(result)}
    return office_page(
        request,
        "ledger/office/share.html",
        form=form,
        lead=lead,
        result=result,
        formulas=[] if is_loss else weights.formulas(),
        **frame,
    )


def _formula(form: ShareForm) -> weights.Formula | None:
    return weights.find(form.cleaned_data["formula"]) if form.members.amount else None


def _look(form: ShareForm, result: Money) -> list[Part]:
    """The parts, to the cent; refused where the service would refuse them."""
    formula = form.cleaned_data.get("formula", "")
    parts = parts_of_surplus(
        to_funds=form.funds, to_members=form.members, formula=formula, until=year_of_result()
    )
    shared = sum((one.amount for one in parts), zero())
    if not result.amount:
        raise errors.NoResult
    if shared > abs(result):
        raise errors.MoreThanResult(result=format_money(result), parts=format_money(shared))
    return parts


def _write(request: HttpRequest, form: ShareForm, *, is_loss: bool) -> SurplusDecision:
    facts: dict[str, Any] = {
        "decision": form.decision,
        "actor": me(request),
        "on": form.cleaned_data["on"],
        "reference": form.reference,
    }
    if is_loss:
        return bear_loss(from_funds=form.funds, **facts)
    return share_surplus(
        to_funds=form.funds,
        to_members=form.members,
        formula=form.cleaned_data["formula"],
        **facts,
    )
