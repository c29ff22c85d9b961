"""The wool in her hands."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from coop.portal import queries
from coop.portal.access import screen
from coop.portal.standing import Standing
from coop.portal.views.earnings import has_record
from orders.production import queries as production


@require_safe
@screen(has_record)
def wool(request: HttpRequest, standing: Standing) -> HttpResponse:
    """By colour, in grams; and what her work still needs."""
    rows = queries.wool_of(standing.her)
    context = {
        "standing": standing,
        "rows": rows,
        "total": sum(row.grams for row in rows),
        "fetch": production.wool_to_fetch(standing.her) if standing.may_work else [],
    }
    return render(request, "portal/wool.html", context)
