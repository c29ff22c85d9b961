"""The rules in the office: read by version, the adopted ones written down."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coop.kit.days import today
from coop.kit.errors import Refusal
from coop.kit.office import Crumb, office_page
from coop.people.access import person, requires
from coop.rules import queries, services
from coop.rules.files import with_newer
from coop.rules.forms import AdoptForm, ChangeForm
from coop.rules.models import RuleSet

READ, ADOPT = "rules.view_ruleset", "rules.adopt_ruleset"


@require_safe
@requires(READ, ADOPT)
def index(request: HttpRequest) -> HttpResponse:
    """The version in force today, or how to begin when there is none."""
    current = RuleSet.objects.filter(valid_from__lte=today()).first()
    if current is None:
        return office_page(
            request, "rules/office/none.html", title=_("Rules"), icon="scroll", **_may(request)
        )
    return _version_page(request, current, is_index=True)


@require_safe
@requires(READ, ADOPT)
def version(request: HttpRequest, pk: int) -> HttpResponse:
    """One version, and what it changed."""
    return _version_page(request, get_object_or_404(RuleSet, pk=pk), is_index=False)


def _version_page(request: HttpRequest, rule_set: RuleSet, *, is_index: bool) -> HttpResponse:
    before = queries.version_before(rule_set)
    current = queries.rule_set_on(today()) if is_index else None
    return office_page(
        request,
        "rules/office/version.html",
        title=_("Rules") if is_index else str(rule_set),
        trail=[] if is_index else _trail(),
        icon="scroll",
        rule_set=rule_set,
        clauses=queries.readable(rule_set, since=before),
        versions=RuleSet.objects.select_related("adopted_by"),
        current=current or RuleSet.objects.filter(valid_from__lte=today()).first(),
        **_may(request),
    )


@requires(ADOPT)
def adopt(request: HttpRequest) -> HttpResponse:
    """Write down the first rules of the house."""
    if RuleSet.objects.exists():
        return redirect("rules_office:change")
    form = AdoptForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            services.adopt_shipped_set(
                name=values["name"],
                valid_from=values["valid_from"],
                decision=values["decision"],
                changes={"places": values["places"]},
                actor=person(request),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The rules are written down."))
            return redirect("rules_office:index")
    return office_page(
        request,
        "office/page_form.html",
        title=_("Write down the rules"),
        trail=_trail(),
        icon="scroll",
        form=form,
        lead=_(
            "The house ships rules that a cooperative agreed; each number can be changed later."
        ),
        button=_("Write down"),
    )


@requires(ADOPT)
def change(request: HttpRequest) -> HttpResponse:
    """Write down the next version, by a decision of the assembly."""
    newest = queries.newest_rule_set()
    form = ChangeForm(request.POST or None, values=queries.values_of(newest))
    if request.method == "POST" and form.is_valid():
        try:
            adopted = services.change_parameters(
                changes=form.changes,
                valid_from=form.cleaned_data["valid_from"],
                decision=form.cleaned_data["decision"],
                actor=person(request),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("%(version)s is written down.") % {"version": adopted})
            return redirect("rules_office:version", adopted.pk)
    _values, clauses = queries.texts_of(newest)
    clauses = with_newer(clauses)
    keyed = [(clause, [form[key] for key in clause.keys]) for clause in clauses if clause.keys]
    return office_page(
        request,
        "rules/office/change.html",
        title=_("Change the rules"),
        trail=_trail(),
        icon="scroll",
        form=form,
        newest=newest,
        clauses=keyed,
    )


def _trail() -> list[Crumb]:
    return [(_("Rules"), reverse("rules_office:index"))]


def _may(request: HttpRequest) -> dict[str, Any]:
    return {"may_adopt": request.user.has_perm(ADOPT)}
