"""Grants, read: what was planned, received, spent and is left, with the entries behind it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Sum
from djmoney.money import Money

from coop.kit import days
from coop.kit.money import books_currency, from_minor, total
from ledger.models import (
    Account,
    Grant,
    GrantBudget,
    GrantPayment,
    GrantUse,
    JournalEntry,
    Payment,
    Posting,
)
from ledger.queries.balances import balance
from ledger.queries.journal import entries

Kind = JournalEntry.Kind
#: What a grant never pays for: it moves nothing out of the house, or is a grant itself.
NEVER = frozenset(
    {
        Kind.GRANT,
        Kind.GRANT_USED,
        Kind.OPENING,
        Kind.TRANSFER,
        Kind.EXCHANGE,
        Kind.REVALUATION,
        Kind.RESULT,
        Kind.SURPLUS,
        Kind.REVERSAL,
    }
)


def spent_by(entry: JournalEntry) -> tuple[Money, Money]:
    """What an entry spent in the books' currency, and how much of it is told of grants already.

    Spent is what it debits on anything but places of money; nothing for an entry that is undone.
    """
    undone = JournalEntry.objects.filter(reverses=entry).exists()
    if entry.kind in NEVER or undone:
        return from_minor(0), from_minor(0)
    debits = Posting.objects.filter(
        entry=entry,
        side=Posting.Side.DEBIT,
        account__is_money=False,
        account__currency=books_currency(),
    ).exclude(account__role=Account.Role.EXCHANGE)
    spent = debits.aggregate(sum=Sum("amount_minor", default=0))["sum"]
    uses = GrantUse.objects.filter(entry=entry, recognised__reversed_by=None)
    tagged = uses.aggregate(sum=Sum("amount_minor", default=0))["sum"]
    return from_minor(spent), from_minor(tagged)


@dataclass(frozen=True)
class Spent:
    """One use of a grant: its entry, told, and how much; undone ones count nothing."""

    use: GrantUse
    entry: JournalEntry
    is_undone: bool

    @property
    def amount(self) -> Money:
        """How much of the grant it used."""
        return from_minor(0) if self.is_undone else self.use.amount


@dataclass(frozen=True)
class LineReport:
    """A line of the budget with what was spent on it."""

    name: str
    pk: int
    planned: Money
    uses: list[Spent]
    asked: Money

    @property
    def spent(self) -> Money:
        """What was spent on it."""
        return total(one.amount for one in self.uses)

    @property
    def left(self) -> Money:
        """What is left of the plan; negative where more was spent."""
        return self.planned - self.spent

    @property
    def percent(self) -> int:
        """How much of the plan was spent, in whole percent."""
        return _percent(self.spent, self.planned)


def _percent(part: Money, whole: Money) -> int:
    return int(part.amount * 100 / whole.amount) if whole.amount else 0


@dataclass(frozen=True)
class BudgetVersion:
    """The budget as it was agreed once: each line of the grant with what was planned then."""

    budget: GrantBudget
    planned: list[tuple[str, Money]]

    @property
    def total(self) -> Money:
        """All lines together."""
        return total(amount for _name, amount in self.planned)


@dataclass(frozen=True)
class GrantReport:
    """A grant as its donor asks for it: planned, received, spent, left."""

    grant: Grant
    lines: list[LineReport]
    received: Money
    receipts: list[JournalEntry]
    unused: Money
    #: Every version of the budget, the newest first; none as long as it never changed.
    versions: list[BudgetVersion]
    #: Until when it may be used, as the newest version says.
    last_day: date

    @property
    def planned(self) -> Money:
        """All lines together."""
        return total(one.planned for one in self.lines)

    @property
    def spent(self) -> Money:
        """What was spent on all lines."""
        return total(one.spent for one in self.lines)

    @property
    def left(self) -> Money:
        """What is left of the plan."""
        return self.planned - self.spent

    @property
    def percent(self) -> int:
        """How much of the whole plan was spent, in whole percent."""
        return _percent(self.spent, self.planned)

    @property
    def is_over(self) -> bool:
        """Whether its days are over."""
        return self.last_day < days.today()


def grant_report(grant: Grant, until: date | None = None) -> GrantReport:
    """The report of a grant, with every entry and its vouchers; up to the end of `until`."""
    rows = GrantUse.objects.filter(line__grant=grant).order_by("entry__day", "pk")
    rows = rows.select_related("recognised__reversed_by").prefetch_related(
        Prefetch("entry", entries().prefetch_related("vouchers", "payment__vouchers"))
    )
    by_line: dict[int, list[Spent]] = defaultdict(list)
    for one in rows:
        if until is None or one.entry.day <= until:
            is_undone = getattr(one.recognised, "reversed_by", None) is not None
            by_line[one.line_id].append(Spent(one, one.entry, is_undone))
    asked, versions = _asked(grant), budget_versions(grant)
    planned = planned_now(grant, until)
    received = entries(account=grant.account).filter(kind=Kind.GRANT, reversed_by=None)
    if until is not None:
        received = received.filter(day__lte=until)
    receipts = list(received)
    return GrantReport(
        grant=grant,
        lines=[
            LineReport(
                one.name,
                one.pk,
                from_minor(planned.get(one.pk, 0)),
                by_line[one.pk],
                from_minor(asked.get(one.pk, 0)),
            )
            for one in grant.lines.all()
            if one.pk in planned or by_line[one.pk] or until is None
        ],
        received=from_minor(
            sum(
                each.amount_minor
                for one in receipts
                for each in one.postings.all()
                if each.account_id == grant.account_id
            )
        ),
        receipts=receipts,
        unused=balance(grant.account),
        versions=versions,
        last_day=last_day_of(grant, until),
    )


def last_day_of(grant: Grant, until: date | None = None) -> date:
    """Until when a grant may be used, as was agreed by `until`."""
    named = grant.budgets.exclude(ends_on=None).order_by("-number")
    if until is not None:
        named = named.filter(agreed_on__lte=until)
    newest = named.values_list("ends_on", flat=True).first()
    return newest or grant.ends_on


def planned_now(grant: Grant, until: date | None = None) -> dict[int, int]:
    """What is planned for each line, in minor units: by the newest budget agreed by `until`."""
    budgets = grant.budgets.order_by("-number")
    if until is not None:
        budgets = budgets.filter(agreed_on__lte=until)
    newest = budgets.first()
    if newest is None:
        first = grant.budgets.filter(number=1).first()
        if first is None:
            return {one.pk: one.planned_minor for one in grant.lines.all()}
        newest = first
    return dict(newest.plans.values_list("line", "planned_minor"))


def budget_versions(grant: Grant) -> list[BudgetVersion]:
    """Every version of a grant's budget, the newest first (three queries)."""
    budgets = grant.budgets.select_related("grant", "written_by", "letter").prefetch_related(
        "plans__line"
    )
    return [
        BudgetVersion(one, [(plan.line.name, plan.planned) for plan in one.plans.all()])
        for one in budgets.order_by("-number")
    ]


def _asked(grant: Grant) -> dict[int, int]:
    """What is asked for and not yet paid, by line."""
    waiting = Payment.objects.waiting().values("pk")
    rows = GrantPayment.objects.filter(line__grant=grant, payment__in=waiting)
    return dict(rows.order_by().values_list("line").annotate(sum=Sum("payment__amount_minor")))


def open_grants(day: date | None = None) -> list[Grant]:
    """Grants whose days include `day` (today), with their lines."""
    on = day or days.today()
    found = Grant.objects.running_on(on)
    return list(found.prefetch_related("lines").select_related("account"))
