"""When the hours on offer let an order's missing pieces be knitted."""

from collections.abc import Iterable
from datetime import date

from coop.quotas.queries import plan_hours


def knitted_by(minutes: Iterable[int], on: date) -> date | None:
    """The last day of the month in which so many minutes are still free, if that is not `on`'s.

    None when they fit into this month, or when nobody wrote down hours.
    """
    needed = sum(minutes)
    return plan_hours(needed, on).ready_by if needed else None
