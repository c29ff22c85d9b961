"""The proposal: who gets how much of the open work, and why; changed by hand, then offered."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.forms import BaseFormSet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.pictures import with_pictures
from coop.kit import days
from coop.kit.errors import Refusal
from coop.kit.office import office_page
from coop.members.models import Member
from coop.people.access import person, requires
from orders.production import queries, sentences, services
from orders.production.models import WorkOrder
from orders.production.office import ASSIGN, ICON, tabs, trail
from orders.production.office.forms import ShareForm, ShareFormSet
from orders.production.planning import Knitter, Plan, Share, due_day

SET_HOURS = "quotas.set_skill"
#: So much open work stands on the page at once; the rest comes after it is offered.
MOST_ORDERS = 30


@dataclass
class Section:
    """One work order: the lines of the proposal, and what found nobody."""

    order: WorkOrder
    lines: list[tuple[ShareForm, str]]
    unplaced: int = 0
    reason: str = ""


@requires(ASSIGN)
def share_out(request: HttpRequest) -> HttpResponse:
    """Show the plan; on POST offer what the form says, all of it or nothing."""
    today = days.today()
    orders = list(queries.open_orders()[:MOST_ORDERS])
    last = max((order.due_on for order in orders), default=today)
    knitters = queries.knitters(on=today, until=max(today, last))
    plan = services.plan_assignments(on=today)
    formset = _formset(request, orders, plan, _choices(knitters, today))
    if formset.is_bound and formset.is_valid():
        answer = _offer(request, formset, plan, {one.member_id: one for one in knitters}, today)
        if answer is not None:
            return answer
    with_pictures(order.variant for order in orders)
    unplaced = sum(one.quantity for one in plan.unplaced)
    return office_page(
        request,
        "production/office/share_out.html",
        title=_("Share out"),
        trail=trail(),
        icon=ICON,
        tabs=tabs(request, "share-out"),
        formset=formset,
        sections=_sections(formset, orders, plan),
        placed=sum(one.quantity for one in plan.shares),
        unplaced=unplaced,
        today=today,
        wrong=_wrong(formset) if formset.is_bound else [],
        may_set_hours=request.user.has_perm(SET_HOURS),
    )


def _choices(knitters: list[Knitter], today: date) -> list[tuple[int, str]]:
    """Who may be chosen, with the hours she has left this month and the next."""
    members = {one.pk: one for one in Member.objects.filter(pk__in=[k.member_id for k in knitters])}
    soon = (days.month_of(today), days.next_month(days.month_of(today)))
    found = []
    for knitter in knitters:
        hours = [knitter.hours[month] for month in soon if month in knitter.hours]
        free = sum(one.offered - one.promised for one in hours) // 60
        member = members[knitter.member_id]
        label = _("%(name)s (%(hours)s h free)") % {"name": member.name, "hours": free}
        found.append((member.pk, label))
    return sorted(found, key=lambda one: one[1])


def _formset(
    request: HttpRequest, orders: list[WorkOrder], plan: Plan, choices: list[tuple[int, str]]
) -> BaseFormSet[ShareForm]:
    """A line for each share, and an empty one for each order."""
    options: dict[str, Any] = {"prefix": "share", "form_kwargs": {"knitters": choices}}
    if request.method == "POST":
        return ShareFormSet(request.POST, **options)
    lines: list[dict[str, Any]] = []
    for order in orders:
        shares = [share for share in plan.shares if share.work_order_id == order.pk]
        lines += [
            {"order": order.pk, "member": share.member_id, "quantity": share.quantity}
            for share in shares
        ]
        lines.append({"order": order.pk})
    return ShareFormSet(initial=lines, **options)


def _offer(
    request: HttpRequest,
    formset: BaseFormSet[ShareForm],
    plan: Plan,
    knitters: dict[int, Knitter],
    today: date,
) -> HttpResponse | None:
    """Offer the lines; None (and the refusal beside its line) when one of them is refused."""
    lines = [form for form in formset if not form.is_empty]
    shares = [_share(form.cleaned_data, plan, knitters, today) for form in lines]
    if not shares:
        messages.warning(request, _("Nothing was offered: no line has somebody and a number."))
        return None
    try:
        offered = services.assign(plan=shares, actor=person(request), on=today)
    except Refusal as refusal:
        place = refusal.facts.get("place")
        line = lines[place] if isinstance(place, int) else formset.forms[0]
        line.add_error("quantity", str(refusal))
        return None
    sentence = ngettext("%(count)s offer was made.", "%(count)s offers were made.", len(offered))
    messages.success(request, sentence % {"count": len(offered)})
    return redirect("production_office:share-out")


def _share(values: dict[str, Any], plan: Plan, knitters: dict[int, Knitter], today: date) -> Share:
    """A line as a share: as planned where nothing was changed, else chosen by the office."""
    order, member, quantity = values["order"], values["member"], values["quantity"]
    for share in plan.shares:
        if (share.work_order_id, share.member_id, share.quantity) == (
            order.pk,
            member.pk,
            quantity,
        ):
            return share
    minutes = quantity * order.variant.design.minutes
    due_on = due_day(order.due_on, today)
    return Share(
        work_order_id=order.pk,
        member_id=member.pk,
        month=_month(knitters.get(member.pk), minutes, today, due_on),
        quantity=quantity,
        minutes=minutes,
        due_on=due_on,
        why=sentences.CHOSEN,
    )


def _month(knitter: Knitter | None, minutes: int, first: date, last: date) -> date:
    """The first month until the day in which she has the hours; else this one, and a refusal."""
    month = days.month_of(first)
    while knitter and month <= last:
        hours = knitter.hours.get(month)
        if hours and hours.offered - hours.promised >= minutes:
            return month
        month = days.next_month(month)
    return days.month_of(first)


def _wrong(formset: BaseFormSet[ShareForm]) -> list[tuple[str, str]]:
    """What is to be changed, and in which field: said above, since the list is long."""
    return [
        (form[name].id_for_label if name in form.fields else "", str(error))
        for form in formset
        for name, errors in form.errors.items()
        for error in errors
    ]


def _sections(
    formset: BaseFormSet[ShareForm], orders: list[WorkOrder], plan: Plan
) -> list[Section]:
    whys = {(one.work_order_id, one.member_id): one.why for one in plan.shares}
    rest = {one.work_order_id: one for one in plan.unplaced}
    found = {order.pk: Section(order, []) for order in orders}
    for form in formset:
        order_id, member_id = _key(form["order"].value()), _key(form["member"].value())
        why = whys.get((order_id, member_id), "")
        if order_id in found:
            found[order_id].lines.append((form, sentences.explain(why) if why else ""))
    for key, section in found.items():
        if key in rest:
            section.unplaced = rest[key].quantity
            section.reason = sentences.unplaced(rest[key].reason)
    return list(found.values())


def _key(value: Any) -> int:
    return int(value) if str(value or "").isdigit() else 0
