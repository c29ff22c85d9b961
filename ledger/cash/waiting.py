"""What waits around the boxes: counts that want a second, signatures, boxes long not counted."""

from collections.abc import Iterator
from datetime import timedelta

from django.contrib.auth.models import AbstractUser
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from coop.kit import days
from coop.kit.waiting import Waiting, source
from coop.people.models import User
from ledger.cash import queries
from ledger.cash.models import Advance
from ledger.cash.services.counts import COUNT

#: The boxes are counted at each meeting; a month without one is marked.
COUNT_DUE = timedelta(days=35)


@source(order=4)
def boxes_gone(person: AbstractUser) -> Iterator[Waiting]:
    """Boxes of hers that went to another while she was away, until she has read it."""
    if not (isinstance(person, User) and person.has_perm(COUNT)):
        return
    yield Waiting(
        rows=queries.boxes_gone_from(person),
        words=ngettext_lazy(
            "%(count)s cash box of yours went to somebody else while you were away.",
            "%(count)s cash boxes of yours went to somebody else while you were away.",
            "count",
        ),
        button=_("See to whom"),
        url=reverse("cash_office:boxes"),
        menu="payments",
        icon="state-wrong",
        is_urgent=True,
    )


@source(order=22)
def counts(person: AbstractUser) -> Iterator[Waiting]:
    """Counts that want her as a second, boxes that she gives or receives, boxes to be counted."""
    if not (isinstance(person, User) and person.has_perm(COUNT)):
        return
    url = reverse("cash_office:boxes")
    yield Waiting(
        rows=queries.waiting_counts().exclude(counter=person),
        words=ngettext_lazy(
            "%(count)s count of a cash box wants a second person.",
            "%(count)s counts of cash boxes want a second person.",
            "count",
        ),
        button=_("Look at it"),
        url=url,
        menu="payments",
        icon="coins",
    )
    yield Waiting(
        rows=queries.handings_to_sign(person),
        words=ngettext_lazy(
            "%(count)s cash box is handed over when you sign.",
            "%(count)s cash boxes are handed over when you sign.",
            "count",
        ),
        button=_("Read and sign"),
        url=url,
        menu="payments",
        icon="coins",
    )
    due = days.today() - COUNT_DUE
    yield Waiting(
        rows=queries.not_counted_since(due),
        words=ngettext_lazy(
            "%(count)s cash box was not counted for a month.",
            "%(count)s cash boxes were not counted for a month.",
            "count",
        ),
        button=_("Count it"),
        url=url,
        menu="",
        icon="state-wait",
    )


@source(order=8)
def advances(person: AbstractUser) -> Iterator[Waiting]:
    """Advances whose day has passed: everybody in the office sees them."""
    yield Waiting(
        rows=Advance.objects.overdue(days.today()),
        words=ngettext_lazy(
            "%(count)s advance was not accounted for in time.",
            "%(count)s advances were not accounted for in time.",
            "count",
        ),
        button=_("See whose"),
        url=reverse("cash_office:overdue"),
        menu="",
        icon="state-wrong",
        is_urgent=True,
    )
