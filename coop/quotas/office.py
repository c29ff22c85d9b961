"""Skills and hours in the office: one table for a month, editable."""

import re
from datetime import date

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coop.kit.days import month_of, months_back, next_month, today
from coop.kit.errors import Refusal
from coop.kit.office import office_page, page_of
from coop.members.models import Member
from coop.people.access import person, requires
from coop.people.models import User
from coop.quotas import queries, services
from coop.quotas.figures import hours_chart
from coop.quotas.forms import TableForm
from coop.quotas.models import Technique

READ, SET = "quotas.view_skill", "quotas.set_skill"


@requires(READ, SET)
def table(request: HttpRequest) -> HttpResponse:
    """Levels, and the hours of a month (?month=2026-03), of every active knitter."""
    return write(request) if request.method == "POST" else _page(request)


@require_POST
@requires(SET)
def write(request: HttpRequest) -> HttpResponse:
    """Write down what was changed in the table."""
    return _page(request, request.POST)


def _page(request: HttpRequest, sent: QueryDict | None = None) -> HttpResponse:
    month = _month(request.GET.get("month", ""))
    page = page_of(request, Member.objects.active().knitters().select_related("settlement"))
    techniques = list(Technique.objects.all())
    form = TableForm(sent, rows=queries.table(list(page), month), techniques=techniques)
    if form.is_bound and form.is_valid() and _write(form, month, person(request)):
        messages.success(request, _("Written down."))
        query = f"?month={month:%Y-%m}&p={page.number}"
        return redirect(reverse("quotas_office:table") + query)
    return office_page(
        request,
        "quotas/office/table.html",
        title=_("Skills and hours"),
        icon="sun",
        form=form,
        page=page,
        techniques=techniques,
        month=month,
        chart=hours_chart(month),
        held=queries.held_minutes(month),
        before=months_back(month, 1),
        after=next_month(month),
        may_set=request.user.has_perm(SET),
    )


def _write(form: TableForm, month: date, actor: User) -> bool:
    """Write what was changed, all of it or nothing; a refusal stands in its own cell."""
    field = ""
    try:
        with transaction.atomic():
            for skill in form.skill_changes:
                field = skill.field
                services.set_skill(
                    member=skill.member,
                    technique=skill.technique,
                    level=skill.level,
                    actor=actor,
                )
            for offer in form.hours_changes:
                field = offer.field
                services.offer_hours(
                    member=offer.member, month=month, minutes=offer.minutes, actor=actor
                )
    except Refusal as refusal:
        form.add_error(field, str(refusal))
        return False
    return True


def _month(word: str) -> date:
    """The month that the address asks for, this one when it asks for none that there is."""
    found = re.fullmatch(r"(20[0-9]{2})-(0[1-9]|1[0-2])", word)
    if found:
        return date(int(found[1]), int(found[2]), 1)
    return month_of(today())
