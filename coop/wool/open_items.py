"""Whose hands an advance for wool is in: told to the reports of the books."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from coop.kit.money import books_currency, from_minor
from coop.wool import queries
from ledger.models import Account
from ledger.open_items import Item, source


@source(Account.Role.TRIP_ADVANCES)
def trips(account: Account, day: date) -> Iterator[Item]:
    """What each carrier had still to account for at the end of `day`, the oldest due day first."""
    if account.currency != books_currency():
        return
    for one, left in queries.outstanding_at(day):
        yield Item(
            who=one.carrier.name,
            what=_("wool trip to %(place)s") % {"place": one.destination},
            amount=from_minor(left),
            due=one.due_on,
            url=reverse("wool_office:trip", args=[one.pk]),
        )
