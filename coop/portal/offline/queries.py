"""What the house answered to a phone, as her screens show it."""

from dataclasses import dataclass

from catalog.pictures import with_pictures
from coop.people.models import User
from coop.portal.offline.models import Told
from orders.production import queries as production
from orders.production.models import Assignment

#: So many on one screen; the next ones come when she has put these away.
UNREAD_AT_ONCE = 3


@dataclass(frozen=True)
class Answer:
    """An answer that she has not read, and the work that it is about, if that was hers."""

    told: Told
    assignment: Assignment | None


def unread(user: User) -> list[Answer]:
    """The oldest that she has not read: one query, and a few more if there are any."""
    rows = list(Told.objects.filter(user=user, is_read=False)[:UNREAD_AT_ONCE])
    if not rows:
        return []
    found = production.assignments().filter(member__user=user, pk__in={row.number for row in rows})
    work = {one.pk: one for one in found}
    with_pictures(one.work_order.variant for one in work.values())
    return [Answer(row, work.get(row.number)) for row in rows]
