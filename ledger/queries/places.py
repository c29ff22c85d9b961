"""Small questions about accounts and days that floors above ask."""

from datetime import date, datetime

from django.db.models import Max, Min

from ledger.models import Account, JournalEntry, Period


def closed_until() -> date | None:
    """The last closed day; entries are dated after it."""
    last: date | None = Period.objects.aggregate(last=Max("last_day"))["last"]
    return last


def closed_at(day: date) -> datetime | None:
    """When `day` was closed; None while it takes entries."""
    closed = Period.objects.filter(last_day__gte=day).order_by("closed_at")
    return closed.values_list("closed_at", flat=True).first()


def first_day() -> date | None:
    """The day of the oldest entry: the books begin there."""
    first: date | None = JournalEntry.objects.aggregate(first=Min("day"))["first"]
    return first


def may_open() -> bool:
    """Whether balances may still be taken over from paper: nothing else is in the books yet."""
    return not JournalEntry.objects.exclude(kind=JournalEntry.Kind.OPENING).exists()


def currencies_of(role: str) -> list[str]:
    """The currencies in which the books have an account of this role."""
    return sorted(Account.objects.filter(role=role).values_list("currency", flat=True))
