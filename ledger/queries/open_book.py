"""The open book: what the house holds and owes, in figures that anyone may read.

Nothing here names a person: money is told by place, what is owed to members in one sum.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, F, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce
from djmoney.money import Money

from coop.kit import days
from coop.kit.money import books_currency, from_minor, zero
from ledger.models import Account, ExchangeRate, JournalEntry, Posting
from ledger.queries.balances import natural, nets_as_of
from ledger.queries.journal import entries
from ledger.queries.rates import at_rate, newest_rates
from ledger.queries.words import category

Role = Account.Role
MONTHS = 12


@dataclass(frozen=True)
class Place:
    """A place where money is: a box, a bank, a wallet, what others hold for us.

    `worth` is the amount in the books' currency at the newest rate; None where no rate is known.
    """

    name: str
    amount: Money
    worth: Money | None = None


@dataclass(frozen=True)
class Flow:
    """What came in (positive) or went out (negative) under one heading in the last months."""

    kind: str
    label: str
    amount: Money

    @property
    def size(self) -> Money:
        """How much, whichever way it went."""
        return abs(self.amount)


@dataclass(frozen=True)
class OpenBook:
    """The open book at the end of `day`, in the books' currency.

    `money` is what there is of that currency, to which `opening` and the flows since `since` add
    up; `other` is the money in further currencies, worth `other_worth` together. What is owed in
    further currencies counts at the newest rates, `rates`. Where none is known, nothing is
    guessed: such amounts stand in `other` without worth, and in `not_counted`.
    """

    day: date
    since: date
    places: list[Place]
    other: list[Place]
    other_worth: Money
    money: Money
    owed_to_members: Money
    members_owed: int
    customer_deposits: Money
    receivable: Money
    disputed: Money
    supplier: Money
    wool: Money
    pieces: Money
    advances: Money
    opening: Money
    came_in: list[Flow]
    went_out: list[Flow]
    rates: list[ExchangeRate]
    not_counted: list[Place]

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
    nets = nets_as_of(as_of or days.today())
    chosen = Account.objects.money().order_by("code")
    return [
        Place(one.name, from_minor(nets.get(one.pk, 0), one.currency))
        for one in chosen
        if nets.get(one.pk) or (one.is_open and one.pk in nets)
    ]


class _Held:
    """What is on every account at the end of a day, and what it is worth in the books."""

    def __init__(self, day: date) -> None:
        self.nets = nets_as_of(day)
        self.accounts = [
            one
            for one in Account.objects.select_related("parent").order_by("code")
            if one.pk in self.nets
        ]
        currencies = {one.currency for one in self.accounts} - {books_currency()}
        known = newest_rates(day) if currencies else {}
        self.rates = {code: rate for code, rate in known.items() if code in currencies}

    def place(self, account: Account) -> Place:
        """An account with what is on it."""
        amount = natural(account, self.nets[account.pk])
        if account.currency == books_currency():
            return Place(account.name, amount, amount)
        if not amount.amount:
            return Place(account.name, amount, zero())
        rate = self.rates.get(account.currency)
        return Place(account.name, amount, at_rate(amount, rate.rate) if rate else None)

    def places(self, *roles: str) -> list[Place]:
        """The accounts of these roles, in every currency."""
        return [self.place(one) for one in self.accounts if one.role in roles]

    def worth(self, *roles: str) -> Money:
        """What the accounts of these roles hold, so far as its worth is known."""
        return _worth(self.places(*roles))

    def owed_to_members(self) -> list[Money]:
        """What is owed to each member to whom something is owed."""
        owed = [
            natural(one, self.nets[one.pk])
            for one in self.accounts
            if one.parent and one.parent.role == Role.MEMBERS_PAYABLE
        ]
        return [one for one in owed if one.amount > 0 and one.currency.code == books_currency()]


def _worth(places: Iterable[Place]) -> Money:
    return sum((one.worth for one in places if one.worth is not None), zero())


#: What the house has or owes in any currency, beside the places where money is.
_OWED = (Role.CUSTOMER_DEPOSITS, Role.RECEIVABLE, Role.DISPUTED, Role.SUPPLIER)


def open_book_summary(as_of: date | None = None) -> OpenBook:
    """The open book at the end of `as_of` (today). Six queries, however long the books are."""
    day = as_of or days.today()
    since = days.months_back(days.month_of(day), MONTHS - 1)
    held = _Held(day)
    places = [held.place(one) for one in held.accounts if one.is_money]
    home = [one for one in places if one.amount.currency.code == books_currency()]
    other = [one for one in places if one.amount.currency.code != books_currency()]
    money = _worth(home)
    owed = held.owed_to_members()
    flows = flows_between(since, day)
    return OpenBook(
        day=day,
        since=since,
        places=home,
        other=other,
        other_worth=_worth(other),
        money=money,
        owed_to_members=sum(owed, zero()),
        members_owed=len(owed),
        customer_deposits=held.worth(Role.CUSTOMER_DEPOSITS),
        receivable=held.worth(Role.RECEIVABLE),
        disputed=held.worth(Role.DISPUTED),
        supplier=held.worth(Role.SUPPLIER),
        wool=held.worth(Role.WOOL_STORE, Role.WOOL_MEMBERS),
        pieces=held.worth(Role.FINISHED_PIECES, Role.PIECES_CONSIGNED),
        advances=held.worth(Role.TRIP_ADVANCES, Role.MEMBER_ADVANCES),
        opening=money - sum((one.amount for one in flows), zero()),
        came_in=[one for one in flows if one.amount.amount > 0],
        went_out=[one for one in flows if one.amount.amount < 0],
        rates=list(held.rates.values()),
        not_counted=[one for one in held.places(*_OWED) if one.worth is None],
    )


def yearly_flows(as_of: date | None = None) -> list[Flow]:
    """What came in and went out in the twelve months that end with `as_of` (today)."""
    day = as_of or days.today()
    return flows_between(days.months_back(days.month_of(day), MONTHS - 1), day)


def flows_between(since: date, until: date) -> list[Flow]:
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
    expenses = paid_expenses(since, until) if sums.get(JournalEntry.Kind.EXPENSE_PAID) else {}
    sums[JournalEntry.Kind.EXPENSE_PAID] += sum(expenses.values())
    flows = [Flow(kind, category(kind), from_minor(net)) for kind, net in sums.items() if net]
    flows += [
        Flow(JournalEntry.Kind.EXPENSE_PAID, one.name, from_minor(-spent))
        for one, spent in expenses.items()
    ]
    return sorted(flows, key=lambda one: (-abs(one.amount.amount), one.label))


def paid_expenses(since: date, until: date) -> dict[Account, int]:
    """What was paid for expenses between two days, by their account, in minor units of the books'
    currency.
    """
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
