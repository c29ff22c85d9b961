"""Closing days."""

from datetime import date

from django.db import transaction

from coop.kit import days
from coop.people.models import User
from ledger.errors import PeriodAhead, PeriodGoesBack
from ledger.models import Period
from ledger.services.blocks import one_at_a_time


@transaction.atomic
def close_period(*, last_day: date, actor: User, note: str = "", on: date | None = None) -> Period:
    """Close every day up to `last_day`: no entry is written there any more, for ever.

    Raises PeriodAhead unless the day is over, PeriodGoesBack if it is closed already.
    """
    if last_day >= (on or days.today()):
        raise PeriodAhead
    one_at_a_time()
    newest = Period.objects.order_by("-last_day").first()
    if newest is not None and last_day <= newest.last_day:
        raise PeriodGoesBack(last_day=newest.last_day)
    return Period.objects.create(last_day=last_day, closed_by=actor, note=note)
