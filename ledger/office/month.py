"""The month on one page: what the treasurer does from the bank's file to the printed reports."""

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coop.kit import days
from coop.kit.office import office_page
from coop.people.access import requires
from ledger import queries
from ledger.month_steps import Span, month_at_hand, next_step, span_of, steps_of
from ledger.office import READ, book_tabs, books_trail

ICON = "ledger"


@require_safe
@requires(READ)
def index(request: HttpRequest) -> HttpResponse:
    """The six steps of a month (?of=2026-10), of the one at hand unless another is asked for."""
    month = _asked(request.GET.get("of", "")) or month_at_hand()
    steps = steps_of(month)
    return office_page(
        request,
        "ledger/office/month.html",
        title=_("The month: %(month)s") % {"month": date_format(month.first, "F Y")},
        trail=books_trail(),
        icon=ICON,
        tabs=book_tabs("month"),
        month=month,
        steps=steps,
        next=next_step(steps),
        done=sum(one.is_done for one in steps),
        before=_before(month),
        after=_after(month),
    )


def _asked(text: str) -> Span | None:
    """A month of the books that has begun; nothing for anything else."""
    try:
        day = date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
    first = queries.first_day()
    if first is None or not days.month_of(first) <= day <= days.today():
        return None
    return span_of(day)


def _before(month: Span) -> Span | None:
    first = queries.first_day()
    return span_of(month.first - timedelta(days=1)) if first and first < month.first else None


def _after(month: Span) -> Span | None:
    following = month.last + timedelta(days=1)
    return span_of(following) if following <= days.today() else None
