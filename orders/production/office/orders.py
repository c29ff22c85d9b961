"""Work that is to be done: the list, new work for the store, one work order."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from coop.kit import days
from coop.kit.errors import Refusal
from coop.kit.lists import Sorting, csv_answer, csv_url, wants_csv
from coop.kit.office import office_page, page_of
from coop.people.access import person, requires
from orders.production import queries, services
from orders.production.models import Assignment, WorkOrder
from orders.production.office import ANY, ASSIGN, ICON, tabs, trail
from orders.production.office.forms import MoveForm, NoteForm, OrderFilterForm, StockForm

_COLUMNS = {
    "what": ["variant__sku", "pk"],
    "due": ["due_on", "pk"],
    "pieces": ["quantity", "pk"],
}


@require_safe
@requires(*ANY)
def index(request: HttpRequest) -> HttpResponse:
    """Open work, what is due first on top."""
    form = OrderFilterForm(request.GET)
    chosen = form.chosen
    sorting = Sorting(request, _COLUMNS, default="due")
    orders = queries.orders(**chosen).order_by(*sorting.fields)
    if wants_csv(request):
        return _table(orders)
    return office_page(
        request,
        "production/office/orders.html",
        title=_("Work"),
        icon=ICON,
        tabs=tabs(request, "orders"),
        form=form,
        is_filtered=any(chosen.values()),
        page=page_of(request, orders),
        sorting=sorting,
        csv_url=csv_url(request),
        today=days.today(),
        may_assign=request.user.has_perm(ASSIGN),
    )


def _table(orders: QuerySet[WorkOrder]) -> HttpResponse:
    head = [_("Code"), _("What"), _("Opened on"), _("Due"), _("Pieces"), _("Given out")]
    head += [_("Good"), _("Status")]
    rows = (
        [
            one.variant.sku,
            one.variant.design.name,
            one.opened_on,
            one.due_on,
            one.quantity,
            one.assigned,
            one.passed,
            one.get_status_display(),
        ]
        for one in orders
    )
    return csv_answer(pgettext("file name", "work"), head, rows)


@requires(ASSIGN)
def open_stock(request: HttpRequest) -> HttpResponse:
    """Open work for the store; the same form sent twice opens it once."""
    form = StockForm(request.POST or None)
    if form.is_bound and form.is_valid():
        values = form.cleaned_data
        try:
            order = services.open_work(
                variant=values["variant"],
                quantity=values["quantity"],
                due_on=values["due_on"],
                reference=f"stock:{values['form_key']}",
                actor=person(request),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The work is open. Now it can be shared out."))
            return redirect("production_office:order", order.pk)
    return office_page(
        request,
        "office/page_form.html",
        title=_("New work for the store"),
        trail=trail(),
        icon=ICON,
        form=form,
        lead=_("For pieces that nobody has ordered. What customers order opens by itself."),
        button=_("Open it"),
    )


@require_safe
@requires(*ANY)
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has how much of it, and how far it is."""
    return _page(request, _order(pk))


@require_POST
@requires(ASSIGN)
def call_off(request: HttpRequest, pk: int) -> HttpResponse:
    """What nobody has taken on is no longer wanted."""
    found, form = _order(pk), NoteForm(request.POST, auto_id="off-%s")
    if form.is_valid():
        try:
            services.cancel_work(
                work_order=found, actor=person(request), note=form.cleaned_data["note"]
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("What nobody has taken on is called off."))
            return redirect("production_office:order", found.pk)
    return _page(request, found, call_off_form=form)


@require_POST
@requires(ASSIGN)
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """It is due on another day."""
    found, form = _order(pk), MoveForm(request.POST, auto_id="move-%s")
    if form.is_valid():
        try:
            services.move_due_day(
                work_order=found,
                due_on=form.cleaned_data["due_on"],
                why=form.cleaned_data["why"],
                actor=person(request),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            day = date_format(form.cleaned_data["due_on"], "DATE_FORMAT")
            messages.success(request, _("It is due on %(day)s now.") % {"day": day})
            return redirect("production_office:order", found.pk)
    return _page(request, found, move_form=form)


@require_POST
@requires(ASSIGN)
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """What a member has not brought goes to somebody else."""
    found = get_object_or_404(Assignment.objects.select_related("member"), pk=pk)
    try:
        services.withdraw(assignment=found, actor=person(request))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        sentence = _("What %(member)s has not brought can be given to somebody else.")
        messages.success(request, sentence % {"member": found.member.name})
    return redirect("production_office:order", found.work_order_id)


def _order(pk: int) -> WorkOrder:
    return get_object_or_404(queries.orders(status="all"), pk=pk)


def _page(request: HttpRequest, found: WorkOrder, **filled: Any) -> HttpResponse:
    """The page; `filled` is a form that came back with something to change."""
    may_assign = request.user.has_perm(ASSIGN)
    shown: dict[str, Any] = {}
    if may_assign and found.status == WorkOrder.Status.OPEN:
        shown = {
            "move_form": MoveForm(auto_id="move-%s", initial={"due_on": found.due_on}),
            "call_off_form": NoteForm(auto_id="off-%s"),
        }
    return office_page(
        request,
        "production/office/order.html",
        title=f"{found.quantity} × {found.variant.design.name}",
        trail=trail(),
        icon=ICON,
        order=found,
        today=days.today(),
        assignments=queries.assignments().filter(work_order=found).order_by("pk"),
        events=found.events.select_related("actor"),
        may_assign=may_assign,
        **{**shown, **filled},
    )
