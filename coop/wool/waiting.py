"""What waits about wool: money carried on a trip that should be accounted for by now."""

from collections.abc import Iterator

from django.contrib.auth.models import AbstractUser
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from coop.kit.days import today
from coop.kit.waiting import Waiting, source
from coop.wool.models import PurchaseTrip

BUY = "wool.buy_wool"


@source(order=65)
def trips(person: AbstractUser) -> Iterator[Waiting]:
    """Trips for wool whose day is over, with money still to be accounted for: everybody in the
    office sees them.
    """
    is_hers = person.has_perm(BUY)
    yield Waiting(
        rows=PurchaseTrip.objects.under_way().filter(due_on__lt=today()),
        words=ngettext_lazy(
            "%(count)s trip for wool should be settled by now.",
            "%(count)s trips for wool should be settled by now.",
            "count",
        ),
        button=_("See the trips") if is_hers else _("See the open book"),
        url=reverse("wool_office:trips") if is_hers else reverse("portal:book"),
        menu="wool" if is_hers else "",
        icon="skein",
    )
