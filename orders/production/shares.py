"""What each member did in some days, for sharing a surplus: registered with the ledger."""

from datetime import date

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from ledger import weights
from orders.production.models import Inspection


@weights.formula(
    "hours",
    label=_("by hours"),
    why=_("By the hours that the pieces take which each handed in and which passed."),
    unit=_("minutes"),
)
def hours(since: date, until: date) -> dict[int, int]:
    """Minutes of all pieces that passed in these days, by the account of who knitted them."""
    return _passed(since, until, "assignment__work_order__variant__design__minutes")


@weights.formula(
    "value",
    label=_("by value delivered"),
    why=_("By what each earned with the pieces that passed, each at its own rate."),
    unit=_("céntimos"),
)
def value(since: date, until: date) -> dict[int, int]:
    """Pay of all pieces that passed in these days, in minor units, by account."""
    return _passed(since, until, "assignment__rate_minor")


def _passed(since: date, until: date, what: str) -> dict[int, int]:
    passed = Inspection.objects.filter(
        outcome=Inspection.Outcome.PASSED,
        on__gte=since,
        on__lte=until,
        assignment__member__account__isnull=False,
    )
    rows = passed.order_by().values_list("assignment__member__account").annotate(sum=Sum(what))
    return {key: int(sum_ or 0) for key, sum_ in rows}
