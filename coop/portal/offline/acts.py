"""What a phone may tell the house later. Only what stands here: no signature, no PIN, no money.

To add one: a function that acts and returns the sentence for her, what its page shows (`facts`),
and where she is led after; then `{% later %}` in its form.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.shortcuts import resolve_url
from django.utils.translation import gettext as _

from coop.kit.money import to_minor
from coop.people.models import User
from coop.portal.offline.errors import CannotBeTold, NotYourWorkNow, WorkChanged
from coop.portal.offline.seals import Seen, seal_seen
from coop.portal.standing import Standing
from orders.production import queries as production
from orders.production import services
from orders.production.models import Assignment


@dataclass(frozen=True)
class Act:
    """One thing that can be told: how it is done, what its form shows, where she is led after."""

    do: Callable[[Standing, int, Seen], str]
    facts: Callable[[Assignment], str]
    after: Callable[[int], str]


def _hers(standing: Standing, number: int) -> Assignment:
    """Raises NotYourWorkNow, or CannotBeTold for work that was never hers."""
    if not standing.may_work:
        raise NotYourWorkNow
    found = production.assignments().filter(member=standing.her, pk=number).first()
    if found is None:
        raise CannotBeTold
    return found


def _terms(assignment: Assignment) -> str:
    rate = assignment.rate
    return f"{assignment.quantity} {to_minor(rate)} {rate.currency.code} {assignment.due_on}"


def _nothing(assignment: Assignment) -> str:
    return ""


def _take(standing: Standing, number: int, seen: Seen) -> str:
    """Raises WorkChanged rather than let her take on what she has not seen."""
    taken = services.take_on(assignment=_hers(standing, number), actor=standing.user)
    if not seen.shows(_terms(taken)):
        raise WorkChanged
    return _("You have taken it on. Fetch your wool.")


def _decline(standing: Standing, number: int, seen: Seen) -> str:
    services.decline(assignment=_hers(standing, number), actor=standing.user)
    return _("Good. Somebody else is asked.")


def _to_this_work(number: int) -> str:
    return resolve_url("portal:assignment", number)


def _to_all_work(_number: int) -> str:
    return resolve_url("portal:work")


ACTS: dict[str, Act] = {
    "take": Act(_take, _terms, _to_this_work),
    "decline": Act(_decline, _nothing, _to_all_work),
}


def act_named(name: str) -> Act:
    """Raises CannotBeTold for what may not be told later."""
    try:
        return ACTS[name]
    except KeyError:
        raise CannotBeTold from None


def seal(name: str, assignment: Assignment, user: User) -> str:
    """The proof of what the form of an act shows `user`."""
    facts = ACTS[name].facts(assignment)
    return seal_seen(user=user, act=name, number=assignment.pk, facts=facts)
