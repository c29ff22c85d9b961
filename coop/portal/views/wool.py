"""The wool in her hands."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from coop.portal import queries
from coop.portal.access import screen
from coop.portal.standing import Standing
from coop.portal.views.earnings import has_record


@require_safe
@screen(has_record)
def wool(request: HttpRequest, standing: Standing) -> HttpResponse:
    """By colour, in grams."""
    rows = queries.wool_of(standing.her)
    total = sum(row.grams for row in rows)
    return render(request, "portal/wool.html", {"standing": standing, "rows": rows, "total": total})
