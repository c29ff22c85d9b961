"""Exchange rates: what other currencies cost today, and writing it down."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coop.kit import days
from coop.kit.errors import Refusal
from coop.kit.money import books_currency
from coop.kit.office import office_page, page_of
from coop.people.access import requires
from ledger import queries
from ledger.errors import RateDiffers
from ledger.forms import RateFilter, RateForm, RatesFileForm
from ledger.models import ExchangeRate
from ledger.office import READ, WRITE, book_tabs, books_trail, me
from ledger.services import import_rates, read_rates, record_rate
from ledger.waiting import OLD_RATE

ICON = "globe"


@dataclass(frozen=True)
class Newest:
    """A currency of the house with its newest rate, if it has one."""

    currency: str
    rate: ExchangeRate | None
    age: int

    @property
    def is_old(self) -> bool:
        """Whether somebody should look for a newer one."""
        return self.age > OLD_RATE


def _newest() -> list[Newest]:
    """What each currency costs now: those that the shop takes, and all that have a rate."""
    known, today = queries.newest_rates(), days.today()
    currencies = {*settings.CURRENCIES, *known} - {books_currency()}
    rows = []
    for one in sorted(currencies):
        rate = known.get(one)
        rows.append(Newest(one, rate, (today - rate.day).days if rate else 0))
    return rows


@requires(READ)
def rates(request: HttpRequest) -> HttpResponse:
    """The newest rates with their age, those of before, and a form for today's."""
    form = RateForm(request.POST or None) if request.user.has_perm(WRITE) else None
    if form is not None and form.is_bound and form.is_valid():
        try:
            made = record_rate(actor=me(request), **form.values)
        except RateDiffers as refusal:
            form.refuse(refusal)
            form.ask_to_insist()
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            day = date_format(made.day, "DATE_FORMAT")
            told = _("Written down: 1 %(currency)s costs %(rate)s from %(day)s on.")
            facts = {"currency": made.currency, "rate": made.told, "day": day}
            messages.success(request, told % facts)
            return redirect(reverse("ledger_office:rates"))
    narrowed = RateFilter(request.GET or None)
    currency = narrowed.cleaned_data["currency"] if narrowed.is_valid() else ""
    history = ExchangeRate.objects.select_related("entered_by").order_by(
        "-day", "currency", "-version"
    )
    return office_page(
        request,
        "ledger/office/rates.html",
        title=_("Exchange rates"),
        trail=books_trail(),
        icon=ICON,
        tabs=book_tabs("rates"),
        books_currency=books_currency(),
        newest=_newest(),
        filter_form=narrowed,
        is_filtered=bool(currency),
        page=page_of(request, history.filter(currency=currency) if currency else history),
        form=form,
    )


@requires(WRITE)
def from_file(request: HttpRequest) -> HttpResponse:
    """Rates from a table: all of them, or the line that is wrong."""
    form = RatesFileForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_bound and form.is_valid():
        values = form.cleaned_data
        try:
            count = import_rates(
                lines=read_rates(values["file"].read()),
                source=values["source"],
                actor=me(request),
                insisted=values["insisted"],
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("%(count)s rates were new.") % {"count": count})
            return redirect("ledger_office:rates")
    return office_page(
        request,
        "office/page_form.html",
        title=_("Rates from a table"),
        trail=books_trail((_("Exchange rates"), reverse("ledger_office:rates"))),
        icon=ICON,
        form=form,
        lead=_("A CSV whose heading names day, currency and rate (fecha, moneda, venta). If one"
               " line is wrong, nothing is written."),
        button=_("Bring them in"),
    )  # fmt: skip
