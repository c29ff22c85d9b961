"""Accounts, an account's statement, the trial balance."""

from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe
from djmoney.money import Money

from coop.kit.days import today
from coop.kit.lists import csv_answer, csv_url, wants_csv
from coop.kit.money import books_currency, total, zero
from coop.kit.office import office_page, page_of
from coop.people.access import requires
from ledger import queries
from ledger.figures import money_chart, sales_chart
from ledger.forms import TrialFilter
from ledger.models import Account
from ledger.office import READ, book_tabs, books_trail, may

ICON = "ledger"


@require_safe
@requires(READ)
def accounts(request: HttpRequest) -> HttpResponse:
    """Every account and what is on it, by kind; the members' in one sum.

    Those in other currencies that were never used stay away unless `?all=1` asks for them.
    """
    shows_all = "all" in request.GET
    asleep = 0 if shows_all else Account.objects.asleep().count()
    shown = Account.objects.all() if shows_all else Account.objects.awake()
    lines = queries.accounts_with_balances(shown)
    kinds = list(Account.Kind.values)
    lines.sort(key=lambda line: (kinds.index(line.account.kind), line.account.code))
    owed = [line.balance for line in lines if _is_of_member(line.account)]
    return office_page(
        request,
        "ledger/office/accounts.html",
        title=_("Accounts"),
        icon=ICON,
        tabs=book_tabs("accounts"),
        page=page_of(request, [line for line in lines if not _is_of_member(line.account)]),
        totals={kind: _by_currency(lines, kind) for kind in kinds},
        asleep=asleep,
        shows_all=shows_all,
        owed_to_members=total(one for one in owed if one.currency.code == books_currency()),
        charts=[sales_chart(today()), money_chart(today())],
        **may(request),
    )


def _by_currency(lines: list[queries.AccountLine], kind: str) -> list[Money]:
    """What accounts of a kind hold together: the books' currency, then each that is not nothing."""
    sums = {books_currency(): zero()}
    for line in lines:
        if line.account.kind == kind:
            code = line.account.currency
            sums[code] = sums.get(code, zero(code)) + line.balance
    home, *others = sums.values()
    return [home, *(one for one in others if one.amount)]


def _is_of_member(account: Account) -> bool:
    return account.parent is not None and account.parent.role == Account.Role.MEMBERS_PAYABLE


@require_safe
@requires(READ)
def account(request: HttpRequest, code: str) -> HttpResponse:
    """One account: its postings, the newest first, with the balance after each."""
    one = get_object_or_404(Account.objects.select_related("holder", "parent"), code=code)
    statement = queries.Statement(one)
    page = page_of(request, statement)
    return office_page(
        request,
        "ledger/office/account.html",
        title=f"{one.code} {one.name}",
        trail=books_trail(),
        icon=ICON,
        account=one,
        balance=statement.balance,
        page=page,
        rows=_told(list(page)),
        **may(request),
    )


def _told(postings: list[queries.StatementRow]) -> list[tuple[queries.StatementRow, str]]:
    """Postings, each with its entry's sentence."""
    keys = [one.entry_id for one in postings]
    told = queries.described(queries.entries().filter(pk__in=keys), names=True)
    return [(one, told[one.entry_id]) for one in postings]


@require_safe
@requires(READ)
def trial(request: HttpRequest) -> HttpResponse:
    """The trial balance, now or at the end of any day."""
    form = TrialFilter(request.GET or None)
    day = form.cleaned_data["as_of"] if form.is_valid() else None
    balance = queries.trial_balance(day)
    if wants_csv(request):
        return _trial_table(balance, day or today())
    shown = page_of(request, balance.lines)
    holders = queries.holders_of(shown)
    return office_page(
        request,
        "ledger/office/trial.html",
        title=_("Trial balance"),
        trail=books_trail(),
        icon=ICON,
        tabs=book_tabs("trial"),
        form=form,
        trial=balance,
        csv_url=csv_url(request),
        house=settings.WAGTAIL_SITE_NAME,
        day=day or today(),
        page=shown,
        holders=holders,
    )


def _trial_table(balance: queries.TrialBalance, day: date) -> HttpResponse:
    """Every line, whatever page is open; the sums come last."""
    holders = queries.holders_of(balance.lines)
    head = [_("Code"), _("Account"), _("Held by"), _("Currency"), _("Debit"), _("Credit")]
    rows: list[list[object]] = [
        [
            line.code,
            line.name,
            holders.get(line.account_id, ""),
            line.currency,
            line.debit.amount if line.debit else None,
            line.credit.amount if line.credit else None,
        ]
        for line in balance.lines
    ]
    for currency, debit, credit in balance.totals:
        rows.append(["", _("Sum"), "", currency, debit.amount, credit.amount])
    return csv_answer(f"{pgettext('file name', 'trial-balance')}-{day:%Y-%m-%d}", head, rows)
