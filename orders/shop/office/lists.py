"""The list of orders."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coop.people.access import requires
from orders.shop import queries
from orders.shop.models import Order
from orders.shop.office.forms import FilterForm

_ON_A_PAGE = 30
_FILTERS = ("status", "kind", "search")


@require_safe
@requires("shop.read_orders", "shop.manage_orders")
def index(request: HttpRequest) -> HttpResponse:
    """All orders, newest first, with filters and how many have each status."""
    form = FilterForm(request.GET)
    form.is_valid()
    chosen = {name: form.cleaned_data.get(name, "") for name in _FILTERS}
    pages = Paginator(queries.listed_orders(**chosen), _ON_A_PAGE)
    counts = queries.counts_by_status()
    context = {
        "form": form,
        "page": pages.get_page(request.GET.get("page")),
        "query": urlencode({name: value for name, value in chosen.items() if value}),
        "counts": [
            {"status": status, "count": counts[status], "is_chosen": status == chosen["status"]}
            for status in Order.Status
        ],
        "all_count": sum(counts.values()),
        "is_filtered": any(chosen.values()),
        "breadcrumbs": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": "", "label": _("Orders")},
        ],
    }
    return render(request, "shop/office/orders.html", context)
