"""Wool to hand out: what each who took work on still needs, and one button that gives it."""

from dataclasses import dataclass, field
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from coop.kit.errors import Refusal
from coop.kit.office import office_page, page_of
from coop.kit.templatetags.house import kilos
from coop.people.access import person, requires
from coop.wool.services import Need, issue_needs
from orders.production import queries
from orders.production.models import Assignment
from orders.production.office import ICON, ISSUE, tabs, trail
from orders.production.office.forms import FilterForm

MOST_GRAMS = 100_000


@dataclass
class Row:
    """An assignment whose wool is not all with her; what was typed, and what was refused."""

    want: queries.Want
    form_key: str = field(default_factory=lambda: str(uuid4()))
    typed: dict[str, str] = field(default_factory=dict)
    refusal: str = ""

    @property
    def lines(self) -> list[tuple[queries.Wool, str]]:
        """Each wool, and what stands in its field."""
        return [(one, self.typed.get(one.key, str(one.missing))) for one in self.want.wool]


@require_safe
@requires(ISSUE)
def index(request: HttpRequest) -> HttpResponse:
    """Who still needs wool, soonest due first."""
    form = FilterForm(request.GET)
    rows = [Row(want) for want in queries.wool_wanted(who=form.wanted)]
    return _page(request, rows, form)


@require_POST
@requires(ISSUE)
def hand_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the weights of the form; the same form sent twice hands them out once."""
    wants = {want.assignment.pk: want for want in queries.wool_wanted()}
    if pk not in wants:
        messages.info(request, _("She has all the wool for this work."))
        return redirect("production_office:wool")
    row = Row(wants[pk], request.POST.get("form_key", "")[:36], _typed(request, wants[pk]))
    try:
        needs = _needs(row)
        issue_needs(
            member=row.want.assignment.member,
            needs=needs,
            actor=person(request),
            reference=f"assignment:{pk}:wool:{row.form_key}",
        )
    except ValueError:
        row.refusal = _("Write each weight in whole grams.")
    except Refusal as refusal:
        row.refusal = str(refusal)
    else:
        messages.success(request, _handed_out(row.want.assignment, needs))
        return redirect("production_office:wool")
    rows = [row if key == pk else Row(want) for key, want in wants.items()]
    rows.sort(key=lambda one: one is not row)
    return _page(request, rows, FilterForm({}))


def _typed(request: HttpRequest, want: queries.Want) -> dict[str, str]:
    return {one.key: request.POST.get(f"grams-{one.key}", "").strip() for one in want.wool}


def _needs(row: Row) -> list[Need]:
    """Raises ValueError for what is no weight; wool of which none is given is left out."""
    needs = []
    for wool, text in row.lines:
        grams = int(text or 0) if text.isascii() else -1
        if not 0 <= grams <= MOST_GRAMS:
            raise ValueError(text)
        if grams:
            needs.append(Need(wool.yarn, wool.colour, grams))
    return needs


def _handed_out(assignment: Assignment, needs: list[Need]) -> str:
    sentence = _("%(member)s has been given %(wool)s.")
    wool = ", ".join(f"{kilos(need.grams)} {need.colour}" for need in needs)
    return sentence % {"member": assignment.member.name, "wool": wool}


def _page(request: HttpRequest, rows: list[Row], form: FilterForm) -> HttpResponse:
    return office_page(
        request,
        "production/office/wool.html",
        title=_("Wool to hand out"),
        trail=trail(),
        icon=ICON,
        tabs=tabs(request, "wool"),
        form=form,
        is_filtered=bool(form.wanted),
        page=page_of(request, rows),
    )
