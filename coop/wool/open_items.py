"""Whose hands an advance for wool is in: told to the reports of the books."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from coop.kit.days import today
from coop.kit.money import books_currency
from coop.wool.models import PurchaseTrip
from ledger.models import Account
from ledger.open_items import Item, source


@source(Account.Role.TRIP_ADVANCES)
def trips(account: Account, day: date) -> Iterator[Item]:
    """What each carrier has still to account for; only of today is that known trip by trip."""
    if day < today() or account.currency != books_currency():
        return
    under_way = PurchaseTrip.objects.under_way().select_related("carrier__user", "payment")
    for one in under_way.order_by("due_on", "pk"):
        yield Item(
            who=one.carrier.name,
            what=_("wool trip to %(place)s") % {"place": one.destination},
            amount=one.outstanding,
            due=one.due_on,
            url=reverse("wool_office:trip", args=[one.pk]),
        )
