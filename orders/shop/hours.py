"""When the hours on offer let an order's missing pieces be knitted."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from coop.kit.days import next_month
from coop.quotas.queries import offered_minutes, plan_hours_of

_DAYS_IN_A_MONTH = 30


def knitted_by(minutes: Iterable[int], on: date) -> date | None:
    """The last day of the month in which so many minutes are still free, if that is not `on`'s.

    For more than all the hours on offer, the day on which later months would have given the
    rest. None when they fit into this month, or when nobody wrote down hours.
    """
    needed = sum(minutes)
    return knitted_by_each([needed], on)[0] if needed else None


def knitted_by_each(pieces: Sequence[int], on: date) -> list[date | None]:
    """The same for each of these minutes, as if they were knitted one after the other."""
    plans = plan_hours_of(pieces, on)
    offered = offered_minutes(on) if any(plan.beyond_minutes for plan in plans) else {}
    beyond = 0
    days = []
    for plan in plans:
        beyond += plan.beyond_minutes
        days.append(_beyond(beyond, offered) if plan.beyond_minutes else plan.ready_by)
    return days


def _beyond(minutes: int, offered: dict[date, int]) -> date | None:
    """When minutes beyond all hours on offer can be knitted, if later months give as much.

    Knitters write their hours down for a month or two; a large order reaches further.
    """
    if not offered:
        return None
    end = next_month(max(offered)) - timedelta(days=1)
    return end + timedelta(days=-(-minutes * _DAYS_IN_A_MONTH // max(offered.values())))
