"""What she earned for each order, what she was paid of it, what is owed; amounts under a cloth."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from coop.portal import queries
from coop.portal.access import screen
from coop.portal.standing import Standing
from coop.portal.views.earnings import has_record

#: What a stitch may be: its look, what says it, its words.
STATES = (
    ("paid", "pay-is-here", _("You were paid for it")),
    ("owed", "pay-is-owed", _("Its pay is owed to you")),
    ("left", "not-good-yet", _("Not yet found good")),
)
#: Longer numbers than these are no keys.
_MOST_DIGITS = 18


@require_safe
@screen(has_record)
def by_order(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Order by order, the newest first; each unfolds to its sums and her pieces."""
    page = queries.orders_page(standing.her, standing.account, before=_before(request))
    context = {"standing": standing, "page": page, "states": STATES}
    return render(request, "portal/by_order.html", context)


def _before(request: HttpRequest) -> int | None:
    """Where the page before ended; None for the beginning, and for what makes no sense."""
    text = request.GET.get("from", "")
    is_key = text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
    return int(text) if is_key else None
