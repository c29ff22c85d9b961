"""Days as the cooperative counts them: in its own time zone."""

from datetime import date

from django.utils import timezone


def today() -> date:
    """Today where the cooperative is."""
    return timezone.localdate()


def month_of(day: date) -> date:
    """The first day of `day`'s month."""
    return day.replace(day=1)


def months_back(month: date, count: int) -> date:
    """The first day of the month `count` months before `month`'s."""
    index = month.year * 12 + month.month - 1 - count
    return date(index // 12, index % 12 + 1, 1)


def next_month(day: date) -> date:
    """The first day of the month after `day`'s."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
