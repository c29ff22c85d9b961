"""What a phone may tell the house later. Only what stands here: no signature, no PIN, no money.

To add one: a function that acts (on what she saw, with what she chose) and returns the sentence
for her, what its page shows (`facts`), and where she is led after; then `{% later %}` in its form.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

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

    do: Callable[[Standing, int, Seen, str], str]
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


def _take(standing: Standing, number: int, seen: Seen, _value: str) -> str:
    """Raises WorkChanged rather than let her take on what she has not seen."""
    taken = services.take_on(assignment=_hers(standing, number), actor=standing.user)
    if not seen.shows(_terms(taken)):
        raise WorkChanged
    return _("You have taken it on. Fetch your wool.")


def _as_seen(standing: Standing, number: int, seen: Seen) -> Assignment:
    """Her offer; raises WorkChanged if it is another than she saw."""
    offer = _hers(standing, number)
    if offer.status == Assignment.Status.OFFERED and not seen.shows(_terms(offer)):
        raise WorkChanged
    return offer


def _less(standing: Standing, number: int, seen: Seen, value: str) -> str:
    """Raises WorkChanged, or CannotBeTold for what is no number."""
    if not (value.isascii() and value.isdigit()):
        raise CannotBeTold
    offer = _as_seen(standing, number, seen)
    taken = services.take_part(assignment=offer, quantity=int(value), actor=standing.user)
    _check_rate(offer, taken.rate_minor)
    return _("You have taken these on. Fetch your wool.")


def _later_day(standing: Standing, number: int, seen: Seen, value: str) -> str:
    """Raises WorkChanged, or CannotBeTold for what is no day."""
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise CannotBeTold from None
    offer = _as_seen(standing, number, seen)
    wish = services.take_later(assignment=offer, wanted_on=day, actor=standing.user)
    if wish:
        _check_rate(offer, wish.rate_minor)
        return _("You asked for another day. The office answers you here.")
    _check_rate(offer, Assignment.objects.get(pk=number).rate_minor)
    return _("It is yours, by that day. Fetch your wool.")


def _check_rate(seen: Assignment, rate_minor: int | None) -> None:
    """Raises WorkChanged if the rate changed between looking and taking."""
    if to_minor(seen.rate) != rate_minor:
        raise WorkChanged


def _decline(standing: Standing, number: int, seen: Seen, _value: str) -> str:
    services.decline(assignment=_hers(standing, number), actor=standing.user)
    return _("Good. Somebody else is asked.")


def _to_this_work(number: int) -> str:
    return resolve_url("portal:assignment", number)


def _to_all_work(_number: int) -> str:
    return resolve_url("portal:work")


ACTS: dict[str, Act] = {
    "take": Act(_take, _terms, _to_this_work),
    "less": Act(_less, _terms, _to_this_work),
    "day": Act(_later_day, _terms, _to_this_work),
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
