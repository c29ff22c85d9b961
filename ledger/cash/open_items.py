"""In whose hands an advance is: told to the reports of the books."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q, Sum
from django.urls import reverse

from coop.kit.money import from_minor
from ledger.cash.models import Advance
from ledger.models import Account, Payment
from ledger.open_items import Item, source


@source(Account.Role.TRIP_ADVANCES)
def advances(account: Account, day: date) -> Iterator[Item]:
    """What each person had still to account for at the end of `day`, the oldest due day first."""
    paid = Payment.Status.PAID
    rows = Advance.objects.filter(
        payment__to_account=account, payment__status=paid, payment__entry__day__lte=day
    )
    by_then = Sum("parts__minor", filter=Q(parts__entry__day__lte=day), default=0)
    for one in rows.annotate(by_then=by_then).select_related("payment__payee"):
        left = one.payment.amount_minor - one.by_then
        if left:
            yield Item(
                who=one.payment.payee_label,
                what=one.payment.purpose,
                amount=from_minor(left, account.currency),
                due=one.due_on,
                url=reverse("cash_office:advance", args=[one.pk]),
            )
