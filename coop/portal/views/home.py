"""The first screen: a few large tiles."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from coop.people.models import PinCard
from coop.portal import access, queries
from coop.portal.access import anyone, screen
from coop.portal.offline.kept import is_being_kept
from coop.portal.standing import PAY, SIGN, WORK, Standing
from ledger import queries as books
from ledger.cash import queries as cash

#: No more is told above the tiles.
MOST_TOLD = 3


def _waiting(standing: Standing) -> dict[str, int]:
    """How much waits for her behind a tile."""
    counts = {}
    if standing.may_work:
        counts[WORK.name] = queries.count_offers(standing.her)
    if standing.has_record:
        counts[PAY.name] = queries.count_ready(standing.user)
    if standing.may_sign:
        counts[SIGN.name] = queries.count_to_sign(standing.user)
    return counts


@require_safe
@screen(anyone)
def home(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Icon and word, as few as she needs; her own picture says whose screen this is."""
    waiting = _waiting(standing)
    # Names and amounts of others stay out of the phone's drawers.
    tells = not is_being_kept()
    context = {
        "standing": standing,
        "card": PinCard.objects.filter(user=standing.user).first(),
        "refusals": books.refusals_for(standing.user)[:MOST_TOLD] if tells else [],
        "gone": cash.boxes_gone_from(standing.user)[:MOST_TOLD] if tells else [],
        "tiles": [(one, waiting.get(one.name, 0)) for one in standing.screens],
    }
    return render(request, "portal/home.html", context)


@screen(anyone)
def lost(request: HttpRequest, standing: Standing) -> HttpResponse:
    """An address that leads nowhere."""
    return access.lost(request, standing)
