"""A chart of hours: promised against offered, month by month."""

from datetime import date

from django.contrib.auth.models import AbstractUser
from django.db.models import Sum
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coop.kit import charts
from coop.kit.days import month_of, months_back, next_month, today
from coop.quotas.models import Capacity

READ, SET = "quotas.view_skill", "quotas.set_skill"
#: Months before the present one, and after it.
BEFORE, AFTER = 2, 3


def hours_chart(on: date) -> charts.Rows:
    """What members offer in each month, and how much of it is promised; one query."""
    months = [months_back(month_of(on), BEFORE)]
    while len(months) <= BEFORE + AFTER:
        months.append(next_month(months[-1]))
    rows = Capacity.objects.filter(month__gte=months[0], month__lte=months[-1])
    sums = {
        month: (promised, offered)
        for month, promised, offered in rows.order_by()
        .values_list("month")
        .annotate(promised=Sum("promised_minutes"), offered=Sum("offered_minutes"))
    }
    return charts.Rows(
        key="hours",
        title=_("Hours promised"),
        lead=_("Dyed stitches are promised, pale ones are still free."),
        rows=[_row(month, *sums.get(month, (0, 0))) for month in months],
        url=reverse("quotas_office:table"),
        link=_("See skills and hours"),
    )


def _row(month: date, promised: int, offered: int) -> charts.Row:
    told = _("%(promised)s of %(offered)s hours")
    hours = {"promised": promised // 60, "offered": offered // 60}
    label = date_format(month, "F Y").capitalize()
    url = f"{reverse('quotas_office:table')}?month={month:%Y-%m}"
    return charts.Row(label, promised, told % hours, "fund", url=url, of=offered)


@charts.source(order=50)
def hours(person: AbstractUser) -> charts.Chart | None:
    """For who sees skills and hours."""
    if not (person.has_perm(READ) or person.has_perm(SET)):
        return None
    return hours_chart(today())
