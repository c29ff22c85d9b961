"""Offers that wait for an answer: she stands before the storekeeper and says yes or no.

And later days that members ask for on their phones: whoever gives out work says yes or no.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from coop.kit.errors import Refusal
from coop.kit.office import office_page, page_of
from coop.people.access import person, requires
from orders.production import queries, services
from orders.production.models import Assignment, DayWish
from orders.production.office import ANSWER, ASSIGN, ICON, tabs, trail
from orders.production.office.forms import FilterForm


@require_safe
@requires(*ANSWER)
def index(request: HttpRequest) -> HttpResponse:
    """What is offered, soonest due first."""
    form = FilterForm(request.GET)
    page = page_of(request, queries.offered(who=form.wanted))
    wishes = {
        key: wish
        for key, wish in queries.last_wishes(page).items()
        if wish.status == DayWish.Status.WAITING
    }
    return office_page(
        request,
        "production/office/answers.html",
        title=_("Answers"),
        trail=trail(),
        icon=ICON,
        tabs=tabs(request, "answers"),
        form=form,
        is_filtered=bool(form.wanted),
        page=page,
        rows=[(one, wishes.get(one.pk)) for one in page],
        may_answer_wishes=request.user.has_perm(ASSIGN),
    )


@require_POST
@requires(*ANSWER)
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what she says."""
    found = get_object_or_404(Assignment.objects.select_related("member"), pk=pk)
    says_yes = request.POST.get("answer") == "yes"
    write = services.take_on if says_yes else services.decline
    try:
        write(assignment=found, actor=person(request))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        sentence = _("%(member)s does it.") if says_yes else _("%(member)s does not do it.")
        messages.success(request, sentence % {"member": found.member.name})
    return redirect("production_office:answers")


@require_POST
@requires(ASSIGN)
def wish(request: HttpRequest, pk: int) -> HttpResponse:
    """May she bring it by the day that she asks for?"""
    found = get_object_or_404(DayWish.objects.select_related("assignment__member"), pk=pk)
    says_yes = request.POST.get("answer") == "yes"
    write = services.grant_wish if says_yes else services.refuse_wish
    try:
        write(wish=found, actor=person(request))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        sentence = (
            _("%(member)s does it, by %(day)s.")
            if says_yes
            else _("It stays at its day; %(member)s is asked again.")
        )
        day = date_format(found.wanted_on, "DATE_FORMAT")
        messages.success(request, sentence % {"member": found.assignment.member.name, "day": day})
    return redirect("production_office:answers")
