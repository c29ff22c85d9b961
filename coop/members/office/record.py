"""One member in the office: her record, and what can be written in it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from coop.kit.errors import Refusal
from coop.kit.office import Crumb, OfficeForm, office_page, page_of
from coop.members import queries, services
from coop.members.forms import AppointForm, ConsentForm, WhyForm
from coop.members.models import Member, Office
from coop.members.office import ENROL, READ
from coop.people.access import person, requires

Status = Member.Status


def _member(code: str) -> Member:
    members = Member.objects.select_related(
        "user__pin_card", "settlement", "rule_set", "account__kept_balance"
    )
    return get_object_or_404(members, code=code)


@require_safe
@requires(READ, ENROL)
def member(request: HttpRequest, code: str) -> HttpResponse:
    """Everything about a member."""
    return _page(request, _member(code))


def _page(request: HttpRequest, one: Member, **filled: forms.Form) -> HttpResponse:
    """Her record; `filled` is a form that came back with something to change."""
    may_enrol = request.user.has_perm(ENROL)
    may_read_pay = request.user.has_perm("ledger.read_books")
    shown: dict[str, Any] = _forms(one) if may_enrol else {}
    return office_page(
        request,
        "members/office/member.html",
        title=str(one),
        trail=_trail(),
        icon="user",
        member=one,
        owed=queries.owed(one) if may_read_pay else None,
        holdings=queries.holdings(one),
        offices=queries.offices_of(one),
        page=page_of(request, queries.events_of(one)),
        may_enrol=may_enrol,
        **(shown | filled),
    )


def _forms(one: Member) -> dict[str, forms.Form]:
    """The forms for what can be done with her now; none for who has left."""
    if one.status == Status.LEFT:
        return {}
    consents = {
        "may_show_name": one.may_show_name,
        "may_show_settlement": one.may_show_settlement,
    }
    return {
        "appoint_form": AppointForm(auto_id="appoint-%s"),
        "standing_form": WhyForm(auto_id="standing-%s"),
        "leave_form": WhyForm(auto_id="leave-%s"),
        "consent_form": ConsentForm(initial=consents, auto_id="consent-%s"),
    }


def _written(
    request: HttpRequest,
    one: Member,
    name: str,
    form: OfficeForm,
    write: Callable[[dict[str, Any]], object],
    thanks: str,
) -> HttpResponse:
    """Let `write` do what the form says; the page again with the form when it is refused."""
    if form.is_valid():
        try:
            write(form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, thanks)
            return redirect("members_office:member", one.code)
    return _page(request, _member(one.code), **{name: form})


@require_POST
@requires(ENROL)
def appoint(request: HttpRequest, code: str) -> HttpResponse:
    """Give her an office."""
    one = _member(code)
    return _written(
        request,
        one,
        "appoint_form",
        AppointForm(request.POST, auto_id="appoint-%s"),
        lambda values: services.appoint(member=one, **values, actor=person(request)),
        _("She holds the office now."),
    )


@require_POST
@requires(ENROL)
def end_office(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """End an office of hers."""
    one = _member(code)
    office = get_object_or_404(Office, pk=pk, member=one)
    try:
        services.end_office(office=office, actor=person(request))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The office has ended."))
    return redirect("members_office:member", one.code)


@require_POST
@requires(ENROL)
def suspend(request: HttpRequest, code: str) -> HttpResponse:
    """Suspend her."""
    one = _member(code)
    return _written(
        request,
        one,
        "standing_form",
        WhyForm(request.POST, auto_id="standing-%s"),
        lambda values: services.suspend(member=one, why=values["why"], actor=person(request)),
        _("She is suspended."),
    )


@require_POST
@requires(ENROL)
def reinstate(request: HttpRequest, code: str) -> HttpResponse:
    """Take her back."""
    one = _member(code)
    return _written(
        request,
        one,
        "standing_form",
        WhyForm(request.POST, auto_id="standing-%s"),
        lambda values: services.reinstate(member=one, why=values["why"], actor=person(request)),
        _("She is an active member again."),
    )


@require_POST
@requires(ENROL)
def leave(request: HttpRequest, code: str) -> HttpResponse:
    """She leaves."""
    one = _member(code)
    return _written(
        request,
        one,
        "leave_form",
        WhyForm(request.POST, auto_id="leave-%s"),
        lambda values: services.leave(member=one, why=values["why"], actor=person(request)),
        _("She has left. She can still read her own record."),
    )


@require_POST
@requires(ENROL)
def consents(request: HttpRequest, code: str) -> HttpResponse:
    """What of her may be shown."""
    one = _member(code)
    return _written(
        request,
        one,
        "consent_form",
        ConsentForm(request.POST, auto_id="consent-%s"),
        lambda values: services.set_consents(member=one, **values, actor=person(request)),
        _("Her wish is written down."),
    )


def _trail() -> list[Crumb]:
    return [(_("Members"), reverse("members_office:index"))]
