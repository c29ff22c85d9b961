"""Money with strings: the grants, their budget, what was spent, and the report for the donor."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.validators import MinValueValidator
from django.forms import BaseFormSet, formset_factory
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from djmoney.money import Money

from coop.kit import days
from coop.kit import pdf as papers
from coop.kit.errors import Refusal
from coop.kit.forms import OnceForm
from coop.kit.money import from_minor
from coop.kit.office import (
    AmountField,
    AnyAmountField,
    DayField,
    OfficeForm,
    money_in,
    office_page,
    page_of,
)
from coop.people.access import requires
from ledger import errors, queries
from ledger.account_field import CHOOSE, AccountField
from ledger.models import Grant, GrantLine
from ledger.office import READ, WRITE, book_tabs, books_trail, may, me
from ledger.office.hand_forms import VoucherForm
from ledger.services import change_budget, open_grant, receive_grant, tag_entry

ICON = "scroll"
FIRST_LINES, MORE_LINES, MOST_LINES = 4, 3, 30


class GrantForm(OfficeForm):
    """A grant as the donor and the assembly agreed it."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    code = forms.SlugField(
        label=gettext_lazy("Short name"),
        max_length=16,
        help_text=gettext_lazy("Stands in the books for ever: TINTES-26. No person's name."),
    )
    donor = forms.CharField(label=gettext_lazy("Who gives it"), max_length=160)
    purpose = forms.CharField(
        label=gettext_lazy("What it is for"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    starts_on = DayField(label=gettext_lazy("From"), initial=None, may_be_ahead=True)
    ends_on = DayField(label=gettext_lazy("Until"), initial=None, may_be_ahead=True)
    blames = {
        errors.GrantTaken: "code",
        errors.GrantDaysWrong: "ends_on",
        errors.OutsideGrant: "ends_on",
    }


class BudgetLineForm(forms.Form):
    """A line of the budget."""

    what = forms.CharField(label=gettext_lazy("For what"), max_length=120, required=False)
    amount = AmountField(label=gettext_lazy("Planned"), required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("what") and values.get("amount") is None and "amount" not in self.errors:
            self.add_error("amount", _("Write how much is planned."))
        if values.get("amount") is not None and not values.get("what"):
            self.add_error("what", _("Write what it is for."))
        return values


BudgetLines: type[BaseFormSet[BudgetLineForm]] = formset_factory(
    BudgetLineForm, extra=FIRST_LINES, max_num=MOST_LINES, absolute_max=MOST_LINES
)


class ChangedLineForm(BudgetLineForm):
    """A line of a budget that changes: one that is there keeps its name."""

    line = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.initial.get("line"):
            # What stands there cannot be changed from outside: the initial value counts.
            for name in ("line", "what"):
                self.fields[name].disabled = True
            # A line may come to nothing; less than it has spent the service refuses.
            amount: Any = self.fields["amount"]
            amount.required, amount.min_value = True, 0
            amount.validators = [
                MinValueValidator(0) if isinstance(one, MinValueValidator) else one
                for one in amount.validators
            ]
            amount.error_messages["min_value"] = _("Write an amount, 0 for none.")


class ChangeForm(VoucherForm):
    """Why a budget changes, and the donor's letter."""

    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=300,
        help_text=gettext_lazy("What the donor wrote: date and number of the letter, in a line."),
    )
    agreed_on = DayField(label=gettext_lazy("Agreed on"))
    ends_on = DayField(
        label=gettext_lazy("Until"),
        initial=None,
        may_be_ahead=True,
        required=False,
        help_text=gettext_lazy(
            "The last day of the grant, another one if its donor gave more time."
        ),
    )
    field_order = ("reason", "agreed_on", "ends_on", "photo")
    blames = {
        errors.BudgetReasonMissing: "reason",
        errors.DecidedAhead: "agreed_on",
        errors.GrantDaysWrong: "ends_on",
        errors.GrantUsedLater: "ends_on",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["photo"].label = gettext_lazy("Photo of the letter")


class ReceiveForm(OnceForm):
    """Money of a grant that arrived."""

    into = AccountField(label=gettext_lazy("Where it arrived"), money=True, with_unused=True)
    amount = AnyAmountField(
        label=gettext_lazy("How much"),
        help_text=gettext_lazy("In the currency of the place where it arrived."),
    )
    on = DayField(label=gettext_lazy("Day"))
    blames = {
        errors.NotPositive: "amount",
        errors.PeriodClosed: "on",
        errors.BeforeTheBooks: "on",
        errors.RateMissing: "on",
        errors.AccountClosed: "into",
    }

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        place, amount = values.get("into"), values.get("amount")
        if place and amount is not None:
            try:
                values["money"] = money_in(amount, place.currency)
            except forms.ValidationError as wrong:
                self.add_error("amount", wrong)
        return values


class TagForm(OfficeForm):
    """Which line of a grant paid for an entry, and how much of it."""

    line = forms.ModelChoiceField(
        label=gettext_lazy("Line of the budget"),
        queryset=GrantLine.objects.none(),
        empty_label=CHOOSE,
    )
    amount = AmountField(label=gettext_lazy("How much of it"))
    blames = {
        errors.NotPositive: "amount",
        errors.MoreThanSpent: "amount",
        errors.GrantSpent: "amount",
        errors.OutsideGrant: "line",
    }

    def __init__(self, *args: Any, grants: list[Grant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["line"]
        field.queryset = GrantLine.objects.filter(grant__in=grants).select_related("grant")
        field.label_from_instance = lambda one: f"{one.grant.name}: {one.name}"


def _trail(*more: tuple[str, str]) -> list[Any]:
    return books_trail((_("Grants"), reverse("ledger_office:grants")), *more)


@require_safe
@requires(READ)
def index(request: HttpRequest) -> HttpResponse:
    """All grants, each with what is left of it."""
    page = page_of(request, Grant.objects.select_related("account").prefetch_related("lines"))
    return office_page(
        request,
        "ledger/office/grants.html",
        title=_("Grants"),
        trail=books_trail(),
        icon=ICON,
        tabs=book_tabs("grants"),
        page=page,
        reports=[queries.grant_report(one) for one in page],
        **may(request),
    )


@requires(WRITE)
def new(request: HttpRequest) -> HttpResponse:
    """Open a grant with its budget."""
    data = request.POST if request.method == "POST" else None
    form, lines = GrantForm(data), BudgetLines(_with_more(data), prefix="line")
    is_asking = data is not None and data.get("do") == "more"
    if data is not None and all([form.is_valid(), lines.is_valid()]) and not is_asking:
        planned = [(one.cleaned_data["what"], one.cleaned_data["amount"]) for one in lines
                   if one.cleaned_data.get("what")]  # fmt: skip
        try:
            made = open_grant(lines=planned, actor=me(request), **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The grant is open. Write down its money when it comes."))
            return redirect("ledger_office:grant", made.code)
    return office_page(
        request,
        "ledger/office/new_grant.html",
        title=_("A new grant"),
        trail=_trail(),
        icon=ICON,
        form=form,
        lines=lines,
        is_asking_for_more=is_asking,
    )


def _with_more(data: Any) -> Any:
    if data is None or data.get("do") != "more":
        return data
    more, count = data.copy(), data.get("line-TOTAL_FORMS", "")
    there = int(count) if count.isdecimal() and len(count) < 4 else 0
    more["line-TOTAL_FORMS"] = str(min(there + FIRST_LINES, MOST_LINES))
    return more


def _find(code: str) -> Grant:
    rows = Grant.objects.select_related("account", "opened_by").prefetch_related("lines")
    return get_object_or_404(rows, code=code)


def _told(report: queries.GrantReport) -> list[tuple[Any, list[tuple[Any, str]]]]:
    """The lines of a report, each with its uses and their sentences."""
    return [
        (line, [(one, queries.describe(one.entry, names=True)) for one in line.uses])
        for line in report.lines
    ]


@require_safe
@requires(READ)
def grant(request: HttpRequest, code: str) -> HttpResponse:
    """One grant: planned, spent and left, with every entry and its papers."""
    one = _find(code)
    report = queries.grant_report(one)
    return office_page(
        request,
        "ledger/office/grant.html",
        title=one.name,
        trail=_trail(),
        icon=ICON,
        grant=one,
        report=report,
        lines=_told(report),
        receive_form=ReceiveForm() if may(request)["may_write"] else None,
        no_pdf=papers.why_not(),
        **may(request),
    )


@require_safe
@requires(READ)
def pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The report for the donor, as PDF."""
    one = _find(code)
    report = queries.grant_report(one)
    context = {
        "grant": one,
        "report": report,
        "lines": _told(report),
        "house": settings.WAGTAIL_SITE_NAME,
        "today": days.today(),
        "language": get_language(),
    }
    made = papers.make_pdf("ledger/papers/grant.html", context, sheets=["paper"])
    answer = HttpResponse(made, content_type="application/pdf")
    name = pgettext("file name", "grant")
    answer["Content-Disposition"] = f'inline; filename="{name}-{one.code}.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@requires(WRITE)
def change(request: HttpRequest, code: str) -> HttpResponse:
    """Change a grant's budget; what was planned before stays to be read."""
    one = _find(code)
    planned = queries.planned_now(one)
    initial = [
        {"line": each.pk, "what": each.name, "amount": from_minor(planned.get(each.pk, 0)).amount}
        for each in one.lines.all()
    ]
    formset = formset_factory(
        ChangedLineForm, extra=MORE_LINES, max_num=MOST_LINES, absolute_max=MOST_LINES
    )
    is_sent = request.method == "POST"
    day = {"ends_on": queries.last_day_of(one)}
    form = ChangeForm(request.POST, request.FILES) if is_sent else ChangeForm(initial=day)
    lines = formset(request.POST if is_sent else None, prefix="line", initial=initial)
    if form.is_bound:
        is_valid = all([form.is_valid(), lines.is_valid()])
        form.keep_photo(me(request))
        if is_valid and not form.errors and _changed(request, one, form, lines):
            messages.success(request, _("The budget is changed. The one before is kept below."))
            return redirect("ledger_office:grant", code)
    return office_page(
        request,
        "ledger/office/change_budget.html",
        title=_("Change the budget of “%(grant)s”") % {"grant": one.name},
        trail=_trail((one.name, reverse("ledger_office:grant", args=[code]))),
        icon=ICON,
        form=form,
        lines=lines,
        kept=form.kept,
    )


def _changed(
    request: HttpRequest, grant: Grant, form: ChangeForm, lines: BaseFormSet[ChangedLineForm]
) -> bool:
    there = {one.pk: one for one in grant.lines.all()}
    planned: list[tuple[GrantLine | str, Money]] = [
        (there.get(values.get("line") or 0) or values["what"], values["amount"])
        for values in (one.cleaned_data for one in lines)
        if values.get("what")
    ]
    try:
        change_budget(
            grant=grant,
            planned=planned,
            reason=form.cleaned_data["reason"],
            agreed_on=form.cleaned_data["agreed_on"],
            ends_on=form.cleaned_data["ends_on"],
            letter=next(iter(form.kept), None),
            actor=me(request),
        )
    except Refusal as refusal:
        form.refuse(refusal)
        return False
    return True


@requires(WRITE)
def receive(request: HttpRequest, code: str) -> HttpResponse:
    """Write down money of a grant that arrived."""
    one = _find(code)
    form = ReceiveForm(request.POST or None)
    if form.is_bound and form.is_valid():
        values = form.cleaned_data
        try:
            made = receive_grant(
                grant=one,
                into=values["into"],
                amount=values["money"],
                actor=me(request),
                on=values["on"],
                reference=form.reference,
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("It is in the books."))
            return redirect("ledger_office:entry", made.pk)
    return office_page(
        request,
        "office/page_form.html",
        title=_("Money of “%(grant)s” came") % {"grant": one.name},
        trail=_trail((one.name, reverse("ledger_office:grant", args=[code]))),
        icon=ICON,
        form=form,
        lead=_("It is owed to its purpose until it is used: only then is it income."),
        button=_("Write it"),
    )


@requires(WRITE)
def tag(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a grant paid for what an entry spent."""
    entry = get_object_or_404(queries.entries(), pk=pk)
    spent, tagged = queries.spent_by(entry)
    rest = spent - tagged
    form = TagForm(
        request.POST or None,
        grants=queries.open_grants(entry.day),
        initial={"amount": rest.amount if rest.amount > 0 else None},
    )
    if form.is_bound and form.is_valid():
        try:
            use = tag_entry(entry=entry, actor=me(request), **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("It is told of the grant, and so much of it is income."))
            return redirect("ledger_office:grant", use.line.grant.code)
    return office_page(
        request,
        "office/page_form.html",
        title=_("A grant paid for entry %(label)s") % {"label": entry.label},
        trail=books_trail((entry.label, reverse("ledger_office:entry", args=[pk]))),
        icon=ICON,
        form=form,
        lead=queries.describe(entry, names=True),
        button=_("Tell it of the grant"),
    )
