"""The reports' part of a month: what is printed when its days are closed."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ledger import queries
from ledger.month_steps import Link, Span, Step, month_step
from ledger.reports.statements import STATEMENTS

#: What hangs on the wall and goes to the accountant, in this order.
PAPERS = ("places", "balance-sheet", "income-statement", "cash-flow", "members")


@month_step(60)
def papers(month: Span) -> Step:
    """The month's reports, each one touch away; once it is closed they say the same for ever."""
    closed = queries.closed_until()
    is_closed = closed is not None and closed >= month.last
    day = date_format(month.last, "DATE_FORMAT")
    if is_closed:
        told = _("Closed: what they say of %(day)s stays as it is.") % {"day": day}
    else:
        told = _("When the month is closed; until then they may still change.")
    return Step(
        title=gettext_lazy("Print the reports"),
        state="ready" if is_closed else "later",
        told=told,
        url=reverse("reports_office:index"),
        button=gettext_lazy("See all reports"),
        icon="paper",
        links=[_link(key, month) for key in PAPERS],
    )


def _link(key: str, month: Span) -> Link:
    statement = STATEMENTS[key]
    days = {"until": month.last.isoformat()}
    if statement.wants != "day":
        days = {"since": month.first.isoformat(), **days}
    url = f"{reverse('reports_office:report', args=[key])}?{urlencode(days)}"
    others = [("PDF", f"{url}&as=pdf"), ("XLSX", f"{url}&as=xlsx")]
    return Link(statement.title, url, others)
