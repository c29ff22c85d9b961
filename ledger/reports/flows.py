"""Where money came from and went, by month and by what it was for.

No statement adds up all postings: what a posting says never changes, so its month keeps the sums
(`FlowMonth`), folded up to a mark in each money account's gapless row of postings. What is newer
than the mark, and the days of months that are not whole in the question, are added when asked.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from coop.kit.days import month_of, next_month
from ledger.models import Account, AccountBalance, JournalEntry, Posting
from ledger.reports.models import FlowMark, FlowMonth
from ledger.reports.spans import ONE_DAY, Span
from ledger.reports.valuing import NET

Kind = JournalEntry.Kind
#: The account on the other side tells more than these kinds do.
TOLD_BY_ACCOUNT = (Kind.EXPENSE_PAID, Kind.HAND)
#: So many postings are folded in one transaction.
CHUNK = 20_000


@dataclass(frozen=True)
class Flow:
    """What came (positive) or went, in minor units of `currency`; `other` is an account or None."""

    currency: str
    kind: str
    other: int | None
    net_minor: int


# What a posting was for, day by day ------------------------------------------------------------
Told = tuple[int, date, str, int, int]


def told(postings: QuerySet[Posting]) -> Iterator[Told]:
    """Account, day, kind, the account that tells it (or the account itself), and the sum.

    A reversal counts against the kind that it undoes; an entry of two lines, both money, is a move.
    """
    named = postings.annotate(what=Coalesce("entry__reverses__kind", "entry__kind"))
    alike = named.exclude(what__in=TOLD_BY_ACCOUNT)
    grouped = alike.order_by().values_list("account", "day", "what").annotate(net=Sum(NET))
    for account, day, what, net in grouped:
        yield account, day, what, account, net
    rest = Posting.objects.filter(entry=OuterRef("entry"))
    others = rest.exclude(pk=OuterRef("pk")).order_by("position")
    lines = rest.order_by().values("entry").annotate(lines=Count("pk")).values("lines")
    one_by_one = named.filter(what__in=TOLD_BY_ACCOUNT).annotate(
        lines=Subquery(lines),
        other=Subquery(others.values("account")[:1]),
        other_is_money=Subquery(others.values("account__is_money")[:1]),
        net=NET,
    )
    columns = ("account", "day", "what", "lines", "other", "other_is_money", "net")
    for account, day, what, count, other, is_money, net in one_by_one.values_list(*columns):
        if count != 2:
            yield account, day, what, account, net
        elif is_money:
            yield account, day, Kind.TRANSFER, account, net
        else:
            yield account, day, what, other, net


# Folding -------------------------------------------------------------------------------------
def fold_all() -> int:
    """Fold everything that is newer than the marks; how many postings that were."""
    folded = 0
    for account in Account.objects.money().order_by("pk"):
        FlowMark.objects.get_or_create(account=account)
        while step := _fold(account):
            folded += step
    return folded


@transaction.atomic
def _fold(account: Account) -> int:
    # Two who fold at once wait for each other here: the second finds nothing to do.
    mark = FlowMark.objects.select_for_update().get(account=account)
    newest = AccountBalance.objects.values_list("seq", flat=True).get(account=account)
    until = min(newest, mark.seq + CHUNK)
    if until == mark.seq:
        return 0
    sums: dict[tuple[date, str, int], int] = defaultdict(int)
    new = Posting.objects.filter(account=account, seq__gt=mark.seq, seq__lte=until)
    for _account, day, what, other, net in told(new):
        sums[month_of(day), what, other] += net
    for (month, what, other), net in sums.items():
        row, _made = FlowMonth.objects.get_or_create(
            account=account, month=month, kind=what, other_id=other
        )
        FlowMonth.objects.filter(pk=row.pk).update(net_minor=F("net_minor") + net)
    folded = until - mark.seq
    mark.seq = until
    mark.save(update_fields=["seq"])
    return folded


# Reading -------------------------------------------------------------------------------------
def flows(span: Span) -> list[Flow]:
    """Everything that came and went on money accounts in `span`, by currency, kind and account.

    What moved between two of our places in one currency comes to nothing and is left out.
    """
    currencies = dict(Account.objects.money().values_list("pk", "currency"))
    sums: dict[tuple[str, str, int | None], int] = defaultdict(int)
    for account, what, other, net in _rows(span, currencies):
        sums[currencies[account], what, None if other == account else other] += net
    return [Flow(*key, net) for key, net in sums.items() if net]


def _rows(span: Span, accounts: Iterable[int]) -> Iterator[tuple[int, str, int, int]]:
    since = span.since or span.until
    first = since if since.day == 1 else next_month(since)
    last = month_of(span.until + ONE_DAY)  # the first month that is not whole
    postings = Posting.objects.filter(account__in=list(accounts))
    if first >= last:
        days = Q(day__gte=since, day__lte=span.until)
    else:
        kept, marks = _kept(first, last)
        yield from kept
        days = Q(day__gte=since, day__lt=first) | Q(day__gte=last, day__lte=span.until)
        for account in accounts:
            days |= Q(account=account, seq__gt=marks.get(account, 0), day__gte=first, day__lt=last)
    for account, _day, what, other, net in told(postings.filter(days)):
        yield account, what, other, net


def _kept(first: date, last: date) -> tuple[list[tuple[int, str, int, int]], dict[int, int]]:
    """What is folded for months from `first` to before `last`, and up to which postings."""
    months = FlowMonth.objects.filter(month__gte=first, month__lt=last).order_by()
    marks = _marks()
    while True:
        kept = list(months.values_list("account", "kind", "other", "net_minor"))
        now = _marks()
        if now == marks:
            return kept, marks
        marks = now  # somebody folded between the two: look again


def _marks() -> dict[int, int]:
    return dict(FlowMark.objects.values_list("account", "seq"))
