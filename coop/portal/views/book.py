"""The open book: day by day, alike things counted together, each in a plain sentence."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from coop.kit.words import says
from coop.portal import queries
from coop.portal.access import screen
from coop.portal.book_lines import sections
from coop.portal.book_pictures import MOST_MONTHS, flows_for, months_for, years_for
from coop.portal.book_wishes import SORTS, Wishes
from coop.portal.by_day import Place, days_of
from coop.portal.offline.kept import is_being_kept
from coop.portal.standing import Standing
from ledger import queries as ledger
from ledger.reports.decisions import newest
from ledger.reports.models import Decision
from ledger.reports.reading import Reading, reading_of, reading_to_keep
from ledger.reports.statements.places import money_places_with_holders

#: So many days stand on a page, and at most so many entries.
MOST_DAYS, MOST_ROWS = 4, 240


def may_read(standing: Standing) -> bool:
    """Members and officers; who left reads the public page."""
    return standing.may_read_book


@require_safe
@screen(may_read)
def book(request: HttpRequest, standing: Standing) -> HttpResponse:
    """What the house has and owes, month by month, then what happened, the newest first.

    The address may wish for a year, a month, an order, one sort of things, or some words.
    """
    reading = (reading_to_keep if is_being_kept() else reading_of)(standing.user)
    wishes = Wishes.read(request.GET)
    place = Place.read(request.GET.get("from", ""))
    page = days_of(
        reading.of(wishes.entries(names=reading.names)),
        place=place,
        order="id",
        most_days=MOST_DAYS,
        most_rows=MOST_ROWS,
    )
    context: dict[str, Any] = {
        "standing": standing,
        "page": page,
        "reading": reading,
        "wishes": wishes,
        "sorts": SORTS,
        "is_kept": is_being_kept(),
        "sections": sections(page, place, wishes, reading),
    }
    if page.is_first and not wishes:
        context |= _whole_book(reading)
    elif page.is_first and wishes.words and not wishes.month:
        context["overdue"] = [
            one
            for one in queries.overdue_advances(names=reading.names)
            if says(f"{one.who} {one.what}", wishes.words)
        ]
    if page.is_first and wishes.year and not (wishes.words or wishes.sort or wishes.order):
        context["months"] = months_for(reading, wishes.year)
    if page.is_first and wishes.month and not wishes.order:
        context["flows"] = flows_for(reading, wishes.month)
    return render(request, "portal/book.html", context)


def _whole_book(reading: Reading) -> dict[str, Any]:
    """What stands above the whole book: what there is, the months, what is overdue."""
    months = months_for(reading)
    found: dict[str, Any] = {
        "months": months[:MOST_MONTHS],
        "earlier": months[MOST_MONTHS:],
        "years": years_for(reading),
        "overdue": queries.overdue_advances(names=reading.names),
        "decision": newest(Decision.Subject.OTHERS_PAY),
    }
    if reading.day:
        found |= {
            "summary": ledger.open_book_summary(reading.day),
            "places": money_places_with_holders(reading.day),
        }
    return found
