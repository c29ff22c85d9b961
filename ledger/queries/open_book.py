"""The open book: what the house holds and owes, in figures that anyone may read.

Nothing here names a person: money is told by place, what is owed to members in one sum.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, F, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce
from djmoney.money import Money

from coop.kit import days
from coop.kit.money import books_currency, from_minor, zero
from ledger.models import Account, JournalEntry, Posting
from ledger.queries.balances import _natural, _nets_as_of
from ledger.queries.journal import entries
from ledger.queries.words import category

Role = Account.Role
MONTHS = 12


@dataclass(frozen=True)
class Place:
    """A place where money is: a box, a bank, a wallet."""

    name: str
    amount: Money


@dataclass(frozen=True)
class Flow:
    """What came in (positive) or went out (negative) under one heading in the last months."""

    kind: str
    label: str
    amount: Money


@dataclass(frozen=True)
class OpenBook:
    """The open book at the end of `day`, in the books' currency; `other` holds what money
    there is in further currencies. `opening` and the flows since `since` add up to `money`.
    """

    day: date
    since: date
    places: list[Place]
    other: list[Place]
    money: Money
    owed_to_members: Money
    members_owed: int
    customer_deposits: Money
    receivable: Money
    supplier: Money
    wool: Money
    pieces: Money
    advances: Money
    opening: Money
    came_in: list[Flow]
    went_out: list[Flow]

    @property
    def total_in(self) -> Money:
        """Everything that came in."""
        return sum((one.amount for one in self.came_in), zero())

    @property
    def total_out(self) -> Money:
        """Everything that went out, as a positive amount."""
        return -sum((one.amount for one in self.went_out), zero())


def money_places(as_of: date | None = None) -> list[Place]:
    """Where the house's money is and how much of it, at the end of `as_of` (today).

    A place that never held anything, or is closed and empty, is left out.
    """
    nets = _nets_as_of(as_of or days.today())
    chosen = Account.objects.money().order_by("code")
    return [
        Place(one.name, from_minor(nets.get(one.pk, 0), one.currency))
        for one in chosen
        if nets.get(one.pk) or (one.is_open and one.pk in nets)
    ]


def open_book_summary(as_of: date | None = None) -> OpenBook:
    """The open book at the end of `as_of` (today). Five queries, however long the books are."""
    day = as_of or days.today()
    since = _months_back(days.month_of(day), MONTHS - 1)
    nets = _nets_as_of(day)
    accounts = list(Account.objects.select_related("parent").order_by("code"))
    currency = books_currency()
    ours = [one for one in accounts if one.currency == currency]
    held = [one for one in accounts if one.is_money and one.pk in nets]
    places = [Place(one.name, _natural(one, nets[one.pk])) for one in held]
    home = [one for one in places if one.amount.currency.code == currency]

    def of(*roles: str) -> Money:
        found = (one for one in ours if one.role in roles and one.pk in nets)
        return sum((_natural(one, nets[one.pk]) for one in found), zero())

    owed = [
        _natural(one, nets[one.pk])
        for one in ours
        if one.parent and one.parent.role == Role.MEMBERS_PAYABLE and one.pk in nets
    ]
    money = sum((one.amount for one in home), zero())
    flows = _flows(since, day)
    return OpenBook(
        day=day,
        since=since,
        places=home,
        other=[one for one in places if one.amount.currency.code != currency],
        money=money,
        owed_to_members=sum((one for one in owed if one.amount > 0), zero()),
        members_owed=sum(1 for one in owed if one.amount > 0),
        customer_deposits=of(Role.CUSTOMER_DEPOSITS),
        receivable=of(Role.RECEIVABLE),
        supplier=of(Role.SUPPLIER),
        wool=of(Role.WOOL_STORE, Role.WOOL_MEMBERS),
        pieces=of(Role.FINISHED_PIECES, Role.PIECES_CONSIGNED),
        advances=of(Role.TRIP_ADVANCES, Role.MEMBER_ADVANCES),
        opening=money - sum((one.amount for one in flows), zero()),
        came_in=[one for one in flows if one.amount.amount > 0],
        went_out=[one for one in flows if one.amount.amount < 0],
    )


def _months_back(month: date, count: int) -> date:
    index = month.year * 12 + month.month - 1 - count
    return date(index // 12, index % 12 + 1, 1)


def _flows(since: date, until: date) -> list[Flow]:
    """Money in and out between two days by what it was for, the largest first.

    A reversal counts against the kind that it undoes; transfers cancel out by themselves.
    Expenses are told by their account.
    """
    net = Case(When(side="debit", then=F("amount_minor")), default=Value(0) - F("amount_minor"))
    money = Posting.objects.filter(
        account__is_money=True, account__currency=books_currency(), day__gte=since, day__lte=until
    )
    kinds = (
        money.annotate(what=Coalesce("entry__reverses__kind", "entry__kind"))
        .order_by()
        .values_list("what")
        .annotate(net=Sum(net))
    )
    sums: dict[str, int] = defaultdict(int, kinds)
    expenses = _paid_expenses(since, until) if sums.get(JournalEntry.Kind.EXPENSE_PAID) else {}
    sums[JournalEntry.Kind.EXPENSE_PAID] += sum(expenses.values())
    flows = [Flow(kind, category(kind), from_minor(net)) for kind, net in sums.items() if net]
    flows += [
        Flow(JournalEntry.Kind.EXPENSE_PAID, one.name, from_minor(-spent))
        for one, spent in expenses.items()
    ]
    return sorted(flows, key=lambda one: (-abs(one.amount.amount), one.label))


def _paid_expenses(since: date, until: date) -> dict[Account, int]:
    kind = JournalEntry.Kind.EXPENSE_PAID
    rows = (
        Posting.objects.filter(
            Q(entry__kind=kind) | Q(entry__reverses__kind=kind),
            account__is_money=False,
            account__currency=books_currency(),
            day__gte=since,
            day__lte=until,
        )
        .order_by()
        .values_list("account")
        .annotate(
            net=Sum(
                Case(
                    When(side="debit", then=F("amount_minor")),
                    default=Value(0) - F("amount_minor"),
                )
            )
        )
    )
    spent = {key: net for key, net in rows if net}
    return {one: spent[one.pk] for one in Account.objects.filter(pk__in=spent)}


def public_entries(as_of: date | None = None) -> QuerySet[JournalEntry]:
    """The entries of the open book, the newest first; tell them with `describe`."""
    return entries(until=as_of)
