"""Wool goes out to members and comes back, at the table with the scales."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from coop.kit.errors import Refusal
from coop.kit.lists import Sorting, csv_url, wants_csv
from coop.kit.office import office_page, page_of
from coop.kit.templatetags.house import kilos
from coop.members.models import Member
from coop.people.access import person, requires
from coop.wool import queries, services
from coop.wool.forms import HandsFilter, IssueForm, ReturnForm, WriteOffForm
from coop.wool.office import BUY, ISSUE, READ, may, tables, tabs, trail

_COLUMNS = {
    "code": ["code"],
    "member": ["name", "code"],
    "settlement": ["settlement__name", "code"],
    "weight": ["held_g", "code"],
    "value": ["held_value_minor", "code"],
}


@require_safe
@requires(READ, ISSUE, BUY)
def index(request: HttpRequest) -> HttpResponse:
    """Who has how much."""
    form = HandsFilter(request.GET)
    sorting = Sorting(request, _COLUMNS, default="code")
    chosen = form.chosen
    found = queries.in_hands(
        words=chosen["words"].strip(), is_idle=chosen["show"] == "idle"
    ).order_by(*sorting.fields)
    if wants_csv(request):
        return tables.hands(found)
    return office_page(
        request,
        "wool/office/hands.html",
        title=_("Wool with members"),
        trail=trail(),
        icon="skein",
        tabs=tabs("hands"),
        form=form,
        is_filtered=any(chosen.values()),
        sorting=sorting,
        csv_url=csv_url(request),
        page=page_of(request, found),
        **may(request),
    )


@requires(ISSUE)
def issue(request: HttpRequest) -> HttpResponse:
    """Hand wool out: a member, a lot, a weight. `?member=` and `?lot=` fill it in."""
    wanted = {"member": _member_key(request.GET.get("member", "")), "lot": request.GET.get("lot")}
    form = IssueForm(request.POST) if request.method == "POST" else IssueForm(initial=wanted)
    if form.is_bound and form.is_valid():
        values = form.cleaned_data
        try:
            services.issue_wool(
                lot=values["lot"],
                member=values["member"],
                grams=values["grams"],
                on=values["on"],
                actor=person(request),
                reference=form.reference,
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            sentence = _("%(grams)s for %(member)s.")
            facts = {"grams": kilos(values["grams"]), "member": values["member"].name}
            messages.success(request, sentence % facts)
            return redirect("wool_office:member", values["member"].code)
    return office_page(
        request,
        "office/page_form.html",
        title=_("Hand out wool"),
        trail=trail(),
        icon="skein",
        form=form,
        lead=_("Put the wool on the scales, and write what they show."),
        button=_("Hand out"),
    )


@require_safe
@requires(READ, ISSUE, BUY)
def member(request: HttpRequest, code: str) -> HttpResponse:
    """What one member has, and how it came and went."""
    return _page(request, _member(code))


@require_POST
@requires(ISSUE)
def take_back(request: HttpRequest, code: str) -> HttpResponse:
    """She brings wool back."""
    one = _member(code)
    form = ReturnForm(request.POST, custodies=queries.custody_of(one), auto_id="return-%s")
    if form.is_valid():
        values = form.cleaned_data
        try:
            services.return_wool(
                lot=values["custody"].lot,
                member=one,
                grams=values["grams"],
                on=values["on"],
                actor=person(request),
                reference=form.reference,
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            sentence = _("%(grams)s are back in the store.")
            messages.success(request, sentence % {"grams": kilos(values["grams"])})
            return redirect("wool_office:member", one.code)
    return _page(request, one, return_form=form)


@require_POST
@requires(ISSUE)
def write_off(request: HttpRequest, code: str) -> HttpResponse:
    """Some of her wool will not come back."""
    one = _member(code)
    form = WriteOffForm(request.POST, custodies=queries.custody_of(one), auto_id="write-off-%s")
    if form.is_valid():
        values = form.cleaned_data
        wasted = values["what"] == WriteOffForm.WASTED
        write = services.waste_wool if wasted else services.lose_wool
        try:
            write(
                lot=values["custody"].lot,
                member=one,
                grams=values["grams"],
                why=values["why"],
                on=values["on"],
                actor=person(request),
                reference=form.reference,
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("It is written off."))
            return redirect("wool_office:member", one.code)
    return _page(request, one, write_off_form=form)


def _page(request: HttpRequest, one: Member, **filled: forms.Form) -> HttpResponse:
    """Her wool; `filled` is a form that came back with something to change."""
    custodies = queries.custody_of(one)
    shown: dict[str, Any] = {}
    if request.user.has_perm(ISSUE) and custodies:
        shown["return_form"] = ReturnForm(custodies=custodies, auto_id="return-%s")
        shown["write_off_form"] = WriteOffForm(custodies=custodies, auto_id="write-off-%s")
    return office_page(
        request,
        "wool/office/member.html",
        title=str(one),
        trail=trail((_("With members"), reverse("wool_office:hands"))),
        icon="skein",
        member=one,
        custodies=custodies,
        page=page_of(request, queries.movements(member=one)),
        **{**shown, **filled},
        **may(request),
    )


def _member(code: str) -> Member:
    return get_object_or_404(Member.objects.select_related("settlement"), code=code)


def _member_key(code: str) -> int | None:
    found = Member.objects.filter(code=code).values_list("pk", flat=True).first()
    return found if code else None
