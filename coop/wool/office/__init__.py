"""The storekeeper's pages in the office."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from coop.kit.office import Crumb

READ, ISSUE, BUY = "wool.read_all_wool", "wool.issue_wool", "wool.buy_wool"


def tabs(here: str) -> list[dict[str, object]]:
    """The pages that belong together, one of them open."""
    pages = [
        ("stock", _("In the store")),
        ("lots", _("Lots")),
        ("hands", _("With members")),
        ("trips", _("Trips")),
        ("movements", _("Movements")),
    ]
    return [
        {"label": label, "url": reverse(f"wool_office:{name}"), "is_here": name == here}
        for name, label in pages
    ]


def may(request: HttpRequest) -> dict[str, Any]:
    """What this person may do, for the templates."""
    return {
        "may_issue": request.user.has_perm(ISSUE),
        "may_buy": request.user.has_perm(BUY),
    }


def trail(*more: Crumb) -> list[Crumb]:
    """From the store to here."""
    return [(_("Wool"), reverse("wool_office:stock")), *more]
