"""What the assembly decided about who reads what; typed in until the minute book stands."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coop.kit.errors import Refusal
from coop.kit.office import DayField, OfficeForm, office_page, page_of
from coop.people.access import requires
from ledger.office import READ, SIGN, WRITE, me
from ledger.reports import decisions
from ledger.reports.decisions import OthersPay, Total
from ledger.reports.errors import DecisionAhead, UnknownChoice
from ledger.reports.examples import Example, of_pay, of_totals
from ledger.reports.models import Decision
from ledger.reports.office import reports_trail
from ledger.reports.services import write_decision

Subject = Decision.Subject


class DecisionForm(OfficeForm):
    """A decision of the assembly; what is chosen comes first."""

    blames = {DecisionAhead: "day", UnknownChoice: "chosen"}

    day = DayField(label=gettext_lazy("Day of the assembly"))
    acta = forms.CharField(label=gettext_lazy("Number of the acta"), max_length=40)
    words = forms.CharField(
        label=gettext_lazy("Words of the decision, as they stand in the acta"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    subject = ""
    #: What may be chosen.
    ways: type[Total] | type[OthersPay]

    def show(self, examples: Mapping[str, Example]) -> None:
        """Show under each choice how its lines would read."""
        field = self.fields["chosen"]
        field.choices = [  # type: ignore[attr-defined]
            (key, _with_example(label, examples[key])) for key, label in self.ways.choices
        ]

    @property
    def values(self) -> dict[str, Any]:
        """What the service takes."""
        return self.cleaned_data


class PublicTotalsForm(DecisionForm):
    """Which totals are public: any of them, or none."""

    subject = Subject.PUBLIC_TOTALS
    chosen = forms.MultipleChoiceField(
        label=gettext_lazy("Everybody may read"),
        choices=Total.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Without any, the page says that the assembly made nothing public."),
    )
    field_order = ["chosen"]
    ways = Total


class OthersPayForm(DecisionForm):
    """How the pay of others is shown: one way."""

    subject = Subject.OTHERS_PAY
    chosen = forms.ChoiceField(
        label=gettext_lazy("A member reads the pay of others"),
        choices=OthersPay.choices,
        widget=forms.RadioSelect,
    )
    field_order = ["chosen"]
    ways = OthersPay

    @property
    def values(self) -> dict[str, Any]:
        return self.cleaned_data | {"chosen": [self.cleaned_data["chosen"]]}


def _with_example(label: str | Promise, example: Example) -> str:
    """A choice with its lines below: of our books, or plainly marked as invented."""
    mark = _("Invented example:") if example.is_invented else _("From our books:")
    line = '<span class="office-example__line">{}</span>'
    lines = format_html_join("", line, ((one,) for one in example.lines))
    return format_html(
        '{} <span class="office-example"><span class="office-note">{}</span> {}</span>',
        label,
        mark,
        lines,
    )


@requires(READ)
def index(request: HttpRequest) -> HttpResponse:
    """What holds, since when, and by which decision; all decisions before."""
    may_type = request.user.has_perm(WRITE) or request.user.has_perm(SIGN)
    return office_page(
        request,
        "reports/office/decisions.html",
        title=_("What may be read"),
        trail=reports_trail(),
        icon="scroll",
        may_type=may_type,
        totals=[(one.label, one in decisions.published()) for one in Total],
        totals_by=decisions.newest(Subject.PUBLIC_TOTALS),
        pay=decisions.others_pay().label,
        pay_by=decisions.newest(Subject.OTHERS_PAY),
        page=page_of(
            request, [(one, _told(one)) for one in Decision.objects.select_related("typed_by")]
        ),
    )


def _told(decision: Decision) -> str:
    """What was chosen, in words."""
    labels = {**dict(Total.choices), **dict(OthersPay.choices)}
    return "; ".join(str(labels.get(one, one)) for one in decision.chosen) or _("nothing")


@requires(WRITE, SIGN)
def write(request: HttpRequest, subject: str) -> HttpResponse:
    """Type a decision."""
    form = _form(subject, request)
    if form.is_bound and form.is_valid():
        try:
            write_decision(subject=form.subject, actor=me(request), **form.values)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The decision is written, and holds from now on."))
            return redirect("reports_office:decisions")
    return office_page(
        request,
        "office/page_form.html",
        title=Subject(form.subject).label,
        trail=reports_trail(),
        icon="scroll",
        form=form,
        lead=_(
            "Type what the assembly decided. A decision is not changed: a new one takes its place."
        ),
        button=_("Write the decision"),
    )


def _form(subject: str, request: HttpRequest) -> DecisionForm:
    """Filled in with what holds, each choice with an example."""
    data = request.POST if request.method == "POST" else None
    form: DecisionForm
    if subject == "public-totals":
        form = PublicTotalsForm(data, initial={"chosen": sorted(decisions.published())})
        form.show(of_totals())
    else:
        form = OthersPayForm(data, initial={"chosen": decisions.others_pay()})
        form.show(of_pay(me(request)))
    return form
