"""A chart of the wool: what lies in the store and what members have, by yarn and colour."""

from collections.abc import Iterable

from django.contrib.auth.models import AbstractUser
from django.urls import reverse
from django.utils.translation import gettext as _

from coop.kit import charts
from coop.kit.templatetags.house import kilos
from coop.wool import queries
from coop.wool.queries import Stock

READ, ISSUE = "wool.read_all_wool", "wool.issue_wool"
#: So many wools are shown on the first page; all of them stand in the store's list.
MOST = 8


def wool_chart(stock: Iterable[Stock], *, most: int = MOST) -> charts.Rows:
    """The largest heaps: in the store the dyed stitches, with members the pale ones."""
    largest = sorted(stock, key=lambda one: -(one.store_g + one.held_g))[:most]
    return charts.Rows(
        key="wool",
        title=_("Wool by yarn"),
        lead=_("Dyed stitches lie in the store, pale ones are with members."),
        rows=[
            charts.Row(
                label=f"{one.yarn}, {one.colour}",
                value=one.store_g,
                told=_("%(store)s in the store, %(held)s with members")
                % {"store": kilos(one.store_g), "held": kilos(one.held_g)},
                dye=one.colour.hex,
                of=one.store_g + one.held_g,
            )
            for one in largest
        ],
        url=reverse("wool_office:stock"),
        link=_("See all wool"),
    )


@charts.source(order=40)
def wool(person: AbstractUser) -> charts.Chart | None:
    """For who sees everyone's wool."""
    if not (person.has_perm(READ) or person.has_perm(ISSUE)):
        return None
    return wool_chart(queries.stock())
