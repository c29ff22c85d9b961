"""What a member holds of the store, for her page: wool by weight, money carried for wool."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from coop.kit.money import format_money, from_minor
from coop.kit.templatetags.house import kilos
from coop.members.holdings import Holding, source
from coop.members.models import Member
from coop.wool import queries


@source
def wool_in_hand(member: Member) -> Iterator[Holding]:
    """Each lot of which she has something."""
    for row in queries.custody_of(member):
        yield Holding(
            what=_("Wool: %(yarn)s, %(colour)s (lot %(lot)s)")
            % {"yarn": row.lot.yarn, "colour": row.lot.colour, "lot": row.lot.code},
            how_much=kilos(row.grams),
            value=from_minor(row.value_minor),
        )


@source
def money_for_wool(member: Member) -> Iterator[Holding]:
    """Advances that she has still to account for."""
    for trip in queries.trips_of(member):
        yield Holding(
            what=_("Money carried to buy wool: %(where)s") % {"where": trip.destination},
            how_much=format_money(trip.outstanding),
            value=trip.outstanding,
        )
