"""Days as the cooperative counts them: in its own time zone."""

from datetime import date

from django.utils import timezone


def today() -> date:
    """Today where the cooperative is."""
    return timezone.localdate()


def month_of(day: date) -> date:
    """The first day of `day`'s month."""
    return day.replace(day=1)


def next_month(day: date) -> date:
    """The first day of the month after `day`'s."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
