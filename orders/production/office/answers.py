"""Offers that wait for an answer: she stands before the storekeeper and says yes or no."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from coop.kit.errors import Refusal
from coop.kit.office import office_page, page_of
from coop.people.access import person, requires
from orders.production import queries, services
from orders.production.models import Assignment
from orders.production.office import ANSWER, ICON, tabs, trail
from orders.production.office.forms import FilterForm


@require_safe
@requires(*ANSWER)
def index(request: HttpRequest) -> HttpResponse:
    """What is offered, soonest due first."""
    form = FilterForm(request.GET)
    return office_page(
        request,
        "production/office/answers.html",
        title=_("Answers"),
        trail=trail(),
        icon=ICON,
        tabs=tabs(request, "answers"),
        form=form,
        is_filtered=bool(form.wanted),
        page=page_of(request, queries.offered(who=form.wanted)),
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
