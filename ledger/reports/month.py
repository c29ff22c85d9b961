"""The reports' part of a month: what is printed when its days are closed."""

from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ledger import queries
from ledger.month_steps import Link, Span, State, Step, month_step
from ledger.reports.models import Printing
from ledger.reports.statements import STATEMENTS

#: What hangs on the wall and goes to the accountant, in this order.
PAPERS = ("places", "balance-sheet", "income-statement", "cash-flow", "members")


@month_step(60)
def papers(month: Span) -> Step:
    """The month's reports, each one touch away; once it is closed they say the same for ever."""
    closed_at = queries.closed_at(month.last)
    printed = {
        one.report: one
        for one in Printing.objects.filter(month=month.first, report__in=PAPERS)
        .select_related("by")
        .order_by("report")
    }
    counts = [one for one in printed.values() if closed_at is not None and one.at >= closed_at]
    state: State = "later"
    if closed_at is not None:
        state = "done" if len(counts) == len(PAPERS) else "ready"
    return Step(
        title=gettext_lazy("Print the reports"),
        state=state,
        told=_told(month, len(counts), is_closed=closed_at is not None),
        url=reverse("reports_office:index"),
        button=gettext_lazy("See all reports"),
        icon="paper",
        links=[_link(key, month, printed.get(key), closed_at) for key in PAPERS],
    )


def _told(month: Span, count: int, *, is_closed: bool) -> str:
    if not is_closed:
        return _("When the month is closed; until then they may still change.")
    if count:
        return _("%(count)s of %(all)s printed since the month was closed.") % {
            "count": count,
            "all": len(PAPERS),
        }
    day = date_format(month.last, "DATE_FORMAT")
    return _("Closed: what they say of %(day)s stays as it is.") % {"day": day}


def _link(key: str, month: Span, printed: Printing | None, closed_at: datetime | None) -> Link:
    statement = STATEMENTS[key]
    days = {"until": month.last.isoformat()}
    if statement.wants != "day":
        days = {"since": month.first.isoformat(), **days}
    url = f"{reverse('reports_office:report', args=[key])}?{urlencode(days)}"
    others = [("PDF", f"{url}&as=pdf"), ("XLSX", f"{url}&as=xlsx")]
    return Link(statement.title, url, others, _when(printed, closed_at) if printed else "")


def _when(printed: Printing, closed_at: datetime | None) -> str:
    """Who took the paper and when; one from before the closing may say something else."""
    told = {"who": printed.by, "day": date_format(localtime(printed.at), "DATETIME_FORMAT")}
    if closed_at is not None and printed.at < closed_at:
        return _("Printed by %(who)s, %(day)s, before the month was closed: print it again.") % told
    return _("Printed by %(who)s, %(day)s.") % told
