"""The list of orders."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from coop.kit.lists import Sorting, csv_answer, csv_url, wants_csv
from coop.kit.office import office_page, page_of
from coop.people.access import requires
from orders.shop import queries
from orders.shop.models import Order
from orders.shop.office import ICON, MANAGE, READ
from orders.shop.office.forms import FilterForm
from orders.shop.waiting import OPEN

_COLUMNS = {
    "number": ["number"],
    "name": ["customer_name", "number"],
    "placed": ["placed_on", "number"],
    "due": ["promised_on", "number"],
    "total": ["total_minor", "number"],
}


@require_safe
@requires(READ, MANAGE)
def index(request: HttpRequest) -> HttpResponse:
    """The orders that are open, or those that are looked for; as a page or as a table."""
    form = FilterForm(request.GET)
    chosen = form.chosen
    sorting = Sorting(request, _COLUMNS, default="-number")
    orders = queries.listed_orders(**_wanted(chosen)).order_by(*sorting.fields)
    if wants_csv(request):
        return _table(orders)
    page = page_of(request, orders)
    return office_page(
        request,
        "shop/office/orders.html",
        title=_("Orders"),
        icon=ICON,
        form=form,
        page=page,
        sorting=sorting,
        csv_url=csv_url(request),
        tabs=_tabs(chosen, queries.counts_by_status()),
        is_filtered=any(value for name, value in chosen.items() if name != "status"),
        stuck_mails=queries.stuck_mails(),
        may_manage=request.user.has_perm(MANAGE),
    )


def _wanted(chosen: dict[str, Any]) -> dict[str, Any]:
    """What is looked for: open orders, unless somebody asks for others or searches by name."""
    status = chosen["status"]
    if status == "all" or (not status and _looks_everywhere(chosen)):
        return {**chosen, "status": ""}
    return {**chosen, "status": status or queries.OPEN_ONES}


def _looks_everywhere(chosen: dict[str, Any]) -> bool:
    return bool(chosen["search"] or chosen["show"])


def _tabs(chosen: dict[str, Any], counts: dict[str, int]) -> list[dict[str, object]]:
    """Open ones, one for each status, and all, with their counts."""
    status = chosen["status"] or ("all" if _looks_everywhere(chosen) else "")
    tabs = [("", pgettext("orders", "Open"), sum(counts[one] for one in OPEN))]
    tabs += [(one.value, str(one.label), counts[one]) for one in Order.Status]
    tabs.append(("all", _("All"), sum(counts.values())))
    return [
        {
            "label": label,
            "count": count,
            "url": f"?status={key}" if key else "?",
            "is_here": key == status,
        }
        for key, label, count in tabs
    ]


def _table(orders: QuerySet[Order]) -> HttpResponse:
    head = [_("Order"), _("Kind"), _("For whom"), _("Status"), _("Ordered on")]
    head += [_("Promised by us for"), _("Wanted by the customer for"), _("Pieces")]
    head += [_("Pieces ready"), _("Currency"), _("Total"), _("Paid"), _("Still open")]
    rows = (
        [
            one.number,
            one.get_kind_display(),
            one.customer_name,
            one.get_status_display(),
            one.placed_on,
            one.promised_on,
            one.wanted_on,
            one.pieces,  # type: ignore[attr-defined]
            one.pieces_ready,  # type: ignore[attr-defined]
            one.currency,
            one.total.amount,
            one.paid.amount,
            one.outstanding.amount if one.outstanding and one.status != "cancelled" else 0,
        ]
        for one in orders
    )
    return csv_answer(pgettext("file name", "orders"), head, rows)
