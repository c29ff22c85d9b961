"""What is matched with nothing: lines of the bank, and postings of the account."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, Count, Exists, F, Min, OuterRef, Q, QuerySet, Value, When
from django.urls import reverse
from djmoney.money import Money

from coop.kit.money import from_minor
from ledger.bank.explain import ARRIVED
from ledger.bank.models import BankLine, Part, Statement, matched_postings
from ledger.models import Account, JournalEntry, Posting

#: Postings this much older than the first statement may still have been on their way to the bank.
BEFORE_THE_FIRST = timedelta(days=45)
#: So many rows of a side are looked at at once.
MOST = 400


@dataclass(frozen=True)
class Side:
    """A posting that waits for its line, and how much of it does; signed, positive for money in."""

    posting: Posting
    open_minor: int

    @property
    def open(self) -> Money:
        """How much waits."""
        return from_minor(self.open_minor, self.posting.account.currency)

    @property
    def entry(self) -> JournalEntry:
        """The entry of which it is a side."""
        return self.posting.entry

    @property
    def is_part(self) -> bool:
        """Whether some of it is matched already."""
        return abs(self.open_minor) != self.posting.amount_minor


def statements_of(account: Account) -> QuerySet[Statement]:
    """The statements of an account that stand, the newest first."""
    return Statement.objects.standing().filter(account=account)


def first_statement_day(account: Account) -> date | None:
    """From which day on the bank's lines of an account are known."""
    first: date | None = statements_of(account).aggregate(first=Min("first_day"))["first"]
    return first


def open_lines(account: Account) -> QuerySet[BankLine]:
    """Lines of which something is matched with nothing, the oldest first."""
    rows = BankLine.objects.filter(account=account).standing().still_open()
    return rows.select_related("account").order_by("day", "pk")


def open_rows(account: Account, *, since: date | None = None) -> QuerySet[Posting]:
    """Postings of which something is matched with nothing; `open_minor` says how much, signed.

    An entry that was undone and what undoes it take each other away, unless the bank had told
    of the first.
    """
    matched_first = Part.objects.standing().filter(
        posting__entry=OuterRef("entry__reverses"), posting__account=OuterRef("account")
    )
    rows = (
        Posting.objects.filter(account=account)
        .annotate(matched_minor=matched_postings())
        .annotate(rest_minor=F("amount_minor") - F("matched_minor"))
        .filter(rest_minor__gt=0)
        .annotate(
            open_minor=Case(
                When(side=Posting.Side.DEBIT, then=F("rest_minor")),
                default=Value(0) - F("rest_minor"),
            )
        )
        # What was taken over from paper is in the bank's opening balance.
        .exclude(entry__kind=JournalEntry.Kind.OPENING)
        .exclude(Q(entry__reversed_by__isnull=False) & Q(matched_minor=0))
        .exclude(Q(entry__reverses__isnull=False) & ~Exists(matched_first))
    )
    if since is not None:
        rows = rows.filter(day__gte=since)
    return rows.order_by("day", "pk")


def open_postings(
    account: Account,
    *,
    with_older: bool = False,
    since: date | None = None,
    until: date | None = None,
) -> list[Side]:
    """What the books have and no line of the bank confirms, since the first statement's first day
    or, if that is later, `since`.

    `with_older` adds what was posted shortly before it: it may have been on its way.
    """
    first = first_statement_day(account)
    if first and with_older:
        first -= BEFORE_THE_FIRST
    since = max(filter(None, [first, since]), default=None)
    rows = open_rows(account, since=since)
    if until is not None:
        rows = rows.filter(day__lte=until)
    return sides(rows[:MOST])


def sides(rows: Iterable[Posting]) -> list[Side]:
    """Postings with all that is told about them, each with what is open of it."""
    opened = {one.pk: one.open_minor for one in rows}  # type: ignore[attr-defined]
    full = (
        Posting.objects.filter(pk__in=opened)
        .select_related("account", "entry__payment__payee", "entry__reverses")
        .prefetch_related("entry__postings__account__holder", "entry__postings__account__parent")
        .order_by("day", "pk")
    )
    return [Side(one, opened[one.pk]) for one in full]


@dataclass(frozen=True)
class Summary:
    """A money account and how its reconciliation stands."""

    account: Account
    last: Statement | None
    open_lines: int


def account_summaries() -> list[Summary]:
    """Every open money account with its newest statement and what waits in it."""
    places = Account.objects.awake().money().filter(is_open=True, is_header=False)
    # A box is counted, and Stripe reports by itself.
    places = places.filter(holder=None).exclude(role__in=[Account.Role.CASH, Account.Role.STRIPE])
    told = Account.objects.filter(bank_statements__withdrawn_at=None, bank_statements__isnull=False)
    accounts = (places | Account.objects.filter(pk__in=told.values("pk"))).order_by("code")
    newest: dict[int, Statement] = {}
    for account in accounts:
        one = statements_of(account).select_related("account").first()
        if one is not None:
            newest[account.pk] = one
    rows = BankLine.objects.standing().still_open().order_by().values("account_id")
    waiting = dict(rows.annotate(count=Count("pk")).values_list("account_id", "count"))
    return [Summary(one, newest.get(one.pk), waiting.get(one.pk, 0)) for one in accounts]


def lines_of(references: Iterable[str]) -> list[BankLine]:
    """The bank's lines with which the entries of these references are matched."""
    told = list(references)
    told += [f"{one}{ARRIVED}" for one in told]
    parts = Part.objects.standing().filter(posting__entry__reference__in=told)
    rows = BankLine.objects.filter(pk__in=parts.values("line")).select_related("account")
    return list(rows.order_by("day", "pk"))


def address_of(line: BankLine) -> str:
    """Where a line is told about: in the newest statement that holds it."""
    mention = line.mentions.filter(statement__withdrawn_at=None).order_by("-statement").first()
    if mention is None:
        return reverse("bank_office:index")
    return reverse("bank_office:line", args=[mention.statement.number, line.pk])
