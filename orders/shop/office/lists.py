"""The list of orders."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coop.kit.office import office_page, page_of
from coop.people.access import requires
from orders.shop import queries
from orders.shop.models import Order
from orders.shop.office import ICON, MANAGE, READ
from orders.shop.office.forms import FilterForm


@require_safe
@requires(READ, MANAGE)
def index(request: HttpRequest) -> HttpResponse:
    """All orders, newest first, with filters and how many have each status."""
    form = FilterForm(request.GET)
    chosen = form.chosen
    counts = queries.counts_by_status()
    return office_page(
        request,
        "shop/office/orders.html",
        title=_("Orders"),
        icon=ICON,
        form=form,
        page=page_of(request, queries.listed_orders(**chosen)),
        tabs=_tabs(chosen["status"], counts),
        is_filtered=any(chosen.values()),
        stuck_mails=queries.stuck_mails(),
        may_manage=request.user.has_perm(MANAGE),
    )


def _tabs(chosen: str, counts: dict[str, int]) -> list[dict[str, object]]:
    """One for each status, with its count."""
    tabs = [("", _("All"), sum(counts.values()))]
    tabs += [(status.value, str(status.label), counts[status]) for status in Order.Status]
    return [
        {
            "label": label,
            "count": count,
            "url": f"?status={status}" if status else "?",
            "is_here": status == chosen,
        }
        for status, label, count in tabs
    ]
