"""Lists of the store as tables to take away: weights in grams, values in the books' currency."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from coop.kit.lists import MOST_ROWS, csv_answer
from coop.kit.money import from_minor
from coop.members.models import Member
from coop.wool.models import WoolLot, WoolMovement
from coop.wool.queries import Stock


def heaps(found: Sequence[Stock]) -> HttpResponse:
    """Each yarn in each colour."""
    head = [_("Yarn"), _("Colour"), _("Lots"), _("In the store (g)"), _("With members (g)")]
    rows = (
        [one.yarn, one.colour, one.lots, one.store_g, one.held_g, one.store_value.amount]
        for one in found
    )
    return csv_answer(pgettext("file name", "wool"), [*head, _("Value in the store")], rows)


def lots(found: QuerySet[WoolLot]) -> HttpResponse:
    """Each lot, and where its wool is."""
    head = [_("Lot"), _("Yarn"), _("Colour"), _("Bought from"), _("Came on"), _("Came (g)")]
    head += [_("In the store (g)"), _("With members (g)"), _("In pieces (g)"), _("Lost (g)")]
    rows = (
        [
            one.code,
            one.yarn,
            one.colour,
            one.supplier,
            one.received_on,
            one.received_g,
            one.store_g,
            one.held_g,
            one.used_g,
            one.lost_g,
            from_minor(one.cost_minor).amount,
        ]
        for one in found[:MOST_ROWS]
    )
    return csv_answer(pgettext("file name", "lots"), [*head, _("Cost")], rows)


def movements(found: QuerySet[WoolMovement]) -> HttpResponse:
    """Each movement, the newest first."""
    head = [_("Day"), _("What"), _("Weight in grams"), _("Lot"), _("Yarn"), _("Colour")]
    head += [_("Code"), _("Member"), _("Value"), _("Who wrote it")]
    rows = (
        [
            one.on,
            one.get_kind_display(),
            one.grams,
            one.lot.code,
            one.lot.yarn,
            one.lot.colour,
            one.member.code if one.member else "",
            one.member.name if one.member else "",
            from_minor(one.value_minor).amount,
            one.actor,
        ]
        for one in found[:MOST_ROWS]
    )
    return csv_answer(pgettext("file name", "movements"), head, rows)


def hands(found: QuerySet[Member]) -> HttpResponse:
    """Each member who has wool."""
    head = [_("Code"), _("Member"), _("Settlement"), _("Lots"), _("Weight in grams"), _("Value")]
    rows = (
        [
            one.code,
            one.name,
            one.settlement,
            one.held_lots,  # type: ignore[attr-defined]
            one.held_g,  # type: ignore[attr-defined]
            from_minor(one.held_value_minor).amount,  # type: ignore[attr-defined]
        ]
        for one in found[:MOST_ROWS]
    )
    return csv_answer(pgettext("file name", "wool-with-members"), head, rows)
