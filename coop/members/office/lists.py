"""Who is in the cooperative, and who joins."""

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from coop.kit.errors import Refusal
from coop.kit.lists import MOST_ROWS, Sorting, csv_answer, csv_url, wants_csv
from coop.kit.office import office_page, page_of
from coop.members import queries, services
from coop.members.forms import EnrolForm, FilterForm
from coop.members.models import Member, Settlement
from coop.members.office import CONFIRM_PIN, ENROL, READ
from coop.people.access import person, requires
from coop.people.models import PinRequest, User
from coop.people.services import give_pin_card, make_account
from coop.rules.models import RuleSet

_COLUMNS = {
    "code": ["code"],
    "name": ["name", "code"],
    "settlement": ["settlement__name", "code"],
    "joined": ["joined_on", "code"],
    "standing": ["status", "code"],
}


@require_safe
@requires(READ, ENROL)
def index(request: HttpRequest) -> HttpResponse:
    """All members, narrowed by name, settlement and standing; who holds which office."""
    form = FilterForm(request.GET)
    chosen = form.chosen
    sorting = Sorting(request, _COLUMNS, default="code")
    found = queries.members_matching(
        words=chosen["words"],
        settlement=chosen["settlement"].pk if chosen["settlement"] else None,
        status=chosen["status"],
        kind=chosen["kind"],
        without_pin=chosen["pin"] == "none",
    ).order_by(*sorting.fields)
    if wants_csv(request):
        return _table(found)
    return office_page(
        request,
        "members/office/index.html",
        title=_("Members"),
        icon="women",
        form=form,
        is_filtered=any(chosen.values()),
        page=page_of(request, found),
        sorting=sorting,
        csv_url=csv_url(request),
        offices=queries.offices_held(),
        may_enrol=request.user.has_perm(ENROL),
        may_confirm_pins=request.user.has_perm(CONFIRM_PIN),
        pins_waiting=PinRequest.objects.filter(status=PinRequest.Status.WAITING).count(),
    )


def _table(members: QuerySet[Member]) -> HttpResponse:
    head = [_("Code"), _("Name"), _("Settlement"), _("Joined on"), _("Joins as"), _("Standing")]
    rows = (
        [
            one.code,
            one.name,
            one.settlement,
            one.joined_on,
            one.get_kind_display(),
            one.get_status_display(),
        ]
        for one in members[:MOST_ROWS]
    )
    return csv_answer(pgettext("file name", "members"), head, rows)


@requires(ENROL)
def enrol(request: HttpRequest) -> HttpResponse:
    """A new member: her account, her picture and PIN, her membership, all at once."""
    if not (RuleSet.objects.exists() and Settlement.objects.exists()):
        return _not_yet(request)
    form = EnrolForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            member = _enrol(form, person(request))
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("%(member)s is a member now.") % {"member": member})
            return redirect("members_office:member", member.code)
    return office_page(
        request,
        "members/office/enrol.html",
        title=_("Enrol a member"),
        trail=[(_("Members"), reverse("members_office:index"))],
        icon="women",
        form=form,
    )


@transaction.atomic
def _enrol(form: EnrolForm, actor: User) -> Member:
    values = form.cleaned_data
    user = make_account(
        name=values["name"], email=values["email"], password=None, language=values["language"]
    )
    member = services.enrol_member(
        code=values["code"],
        name=values["name"],
        settlement=values["settlement"],
        kind=values["kind"],
        joined_on=values["joined_on"],
        user=user,
        rule_set=values["rule_set"],
        actor=actor,
    )
    motif, colour = form.chosen_picture
    give_pin_card(user=user, motif=motif, colour=colour, pin=values["pin"])
    return member


def _not_yet(request: HttpRequest) -> HttpResponse:
    """Without rules and settlements nobody can join: say what comes first."""
    return office_page(
        request,
        "members/office/not_yet.html",
        title=_("Enrol a member"),
        trail=[(_("Members"), reverse("members_office:index"))],
        icon="women",
        has_rules=RuleSet.objects.exists(),
        has_settlements=Settlement.objects.exists(),
    )
