"""Charts of the books: sales by month, what is owed, cash and bank over time.

All from balances that are kept (`AccountMonth`, `AccountBalance`), in the books' currency.
"""

from datetime import date

from django.contrib.auth.models import AbstractUser
from django.db.models import Q, Sum
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coop.kit import charts
from coop.kit.days import month_of, months_back, next_month, today
from coop.kit.money import books_currency, format_money, from_minor
from ledger.models import Account, AccountBalance, AccountMonth
from ledger.models.accounts import NET_OF_MONTH
from ledger.queries import results_taken

READ = "ledger.read_books"
MONTHS = 12
Role = Account.Role


def month_name(month: date) -> str:
    """A month on a chart: "nov 2026"."""
    return date_format(month, "M Y")


def last_months(until: date, count: int = MONTHS) -> list[date]:
    """The last months up to the one of `until`, the oldest first."""
    months = [months_back(month_of(until), count - 1)]
    while len(months) < count:
        months.append(next_month(months[-1]))
    return months


def _nets(accounts: Q, months: list[date]) -> dict[tuple[int, date], int]:
    """Debits minus credits by account and month, without what a year's closing took away."""
    rows = AccountMonth.objects.filter(
        accounts, account__currency=books_currency(), month__gte=months[0], month__lte=months[-1]
    )
    nets = {
        (key, month): net
        for key, month, net in rows.order_by().values_list("account", "month", NET_OF_MONTH)
    }
    for key, net in results_taken(accounts, months[0], next_month(months[-1])).items():
        nets[key] = nets.get(key, 0) - net
    return nets


def sales_chart(until: date) -> charts.Columns:
    """What was sold each month, less what came back."""
    months = last_months(until)
    sold = dict.fromkeys(months, 0)
    for (_key, month), net in _nets(
        Q(account__role__in=(Role.SALES, Role.SALES_RETURNED)), months
    ).items():
        sold[month] -= net
    return charts.Columns(
        key="sales",
        title=_("Sales by month"),
        lead=_("Pieces that left the house, without shipping."),
        series=[charts.Series(_("Sold"), "maker")],
        columns=[
            charts.Column(month_name(one), [sold[one]], [format_money(from_minor(sold[one]))])
            for one in months
        ],
        url=reverse("ledger_office:accounts"),
        link=_("See the accounts"),
    )


def money_chart(until: date) -> charts.Columns:
    """Cash and bank at the end of each month."""
    months = last_months(until)
    accounts = Account.objects.money().filter(currency=books_currency())
    roles = {one.pk: one.role for one in accounts}
    opening = AccountMonth.objects.filter(account__in=roles, month__lt=months[0])
    held = {"cash": 0, "bank": 0}
    for key, net in opening.order_by().values_list("account").annotate(net=Sum(NET_OF_MONTH)):
        held[_place(roles[key])] += net
    nets = _nets(Q(account__in=list(roles)), months)
    columns = []
    for month in months:
        for (key, moved), net in nets.items():
            if moved == month:
                held[_place(roles[key])] += net
        values = [held["cash"], held["bank"]]
        told = [format_money(from_minor(one)) for one in values]
        columns.append(charts.Column(month_name(month), values, told))
    return charts.Columns(
        key="money",
        title=_("Cash and bank"),
        lead=_("What there was at the end of each month."),
        series=[
            charts.Series(_("Cash"), "shipping"),
            charts.Series(_("Bank, wallets and card money"), "wool"),
        ],
        columns=columns,
        url=reverse("ledger_office:journal"),
        link=_("See the journal"),
    )


def _place(role: str) -> str:
    return "cash" if role in {Role.CASH, ""} else "bank"


def owed_chart() -> charts.Rows:
    """What the house owes, and what is owed to it."""
    rows = (
        AccountBalance.objects.filter(account__currency=books_currency())
        .order_by()
        .values_list("account__role", "account__parent__role")
        .annotate(net=Sum("amount_minor"))
    )
    nets: dict[str, int] = {}
    for role, parent, net in rows:
        key = Role.MEMBERS_PAYABLE if parent == Role.MEMBERS_PAYABLE else role
        nets[key] = nets.get(key, 0) + net
    told = [
        (-nets.get(Role.MEMBERS_PAYABLE, 0), _("To members, for their work"), "maker"),
        (-nets.get(Role.CUSTOMER_DEPOSITS, 0), _("To customers who paid ahead"), "shipping"),
        (-nets.get(Role.SUPPLIER, 0), _("To suppliers"), "wool"),
        (nets.get(Role.RECEIVABLE, 0), _("To us, by buyers on account"), "fund"),
    ]
    return charts.Rows(
        key="owed",
        title=_("What is owed"),
        lead=_("By the house, and to it, today."),
        rows=[
            charts.Row(label, value, format_money(from_minor(value)), tone)
            for value, label, tone in told
        ],
        url=reverse("ledger_office:owed"),
        link=_("See what members are owed"),
    )


@charts.source(order=10)
def sales(person: AbstractUser) -> charts.Chart | None:
    """For who reads the books."""
    return sales_chart(today()) if person.has_perm(READ) else None


@charts.source(order=20)
def owed(person: AbstractUser) -> charts.Chart | None:
    """For who reads the books."""
    return owed_chart() if person.has_perm(READ) else None


@charts.source(order=30)
def money(person: AbstractUser) -> charts.Chart | None:
    """For who reads the books."""
    return money_chart(today()) if person.has_perm(READ) else None
