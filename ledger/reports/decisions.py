"""What the assembly decided about who reads what, and who may read it therefore.

Nothing is public and nobody is named unless a decision says so: without one the page of totals is
empty, and a member reads what happened to others without their names.
"""

from collections.abc import Callable

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from coop.people.models import User
from ledger.models import Account, JournalEntry, Posting
from ledger.reports.models import Decision

Subject, Kind = Decision.Subject, JournalEntry.Kind


class Total(models.TextChoices):
    """Totals that an assembly may make public. Each is drawn from posted entries alone."""

    MONEY = "money", _("Money in the house, in one sum")
    PLACES = "places", _("Money place by place: box, bank, what others hold for us")
    GOODS = "goods", _("Wool and finished pieces")
    OWED_TO_US = "owed-to-us", _("What others owe us, and advances")
    OWED_TO_MEMBERS = "owed-to-members", _("What we owe to those who knit, in one sum")
    OWED_TO_OTHERS = "owed-to-others", _("What we owe to customers and suppliers")
    CAME_IN = "came-in", _("What came in, by what it was for")
    WENT_OUT = "went-out", _("What went out, by what it was for")


class OthersPay(models.TextChoices):
    """How a member reads what others earned and were paid."""

    BY_ORDER = "order", _("entry by entry, without names")
    BY_NAME = "name", _("entry by entry, with names")
    TOTALS = "totals", _("only in totals, no single payment")


#: Entries that are about one member's pay: where only totals are shown, these are not told singly.
PAY_KINDS = (Kind.PIECE_PASSED, Kind.PREMIUM, Kind.MEMBER_PAID)
#: These are about many at once.
_SHARED_KINDS = (Kind.OPENING, Kind.SURPLUS)
#: A sum about fewer women than this gives an amount away: of one it is hers, and of two each could
#: take her own off and have the other's.
FEWEST = 3


def newest(subject: str) -> Decision | None:
    """The decision about `subject` that holds, if the assembly ever decided."""
    return Decision.objects.filter(subject=subject).select_related("typed_by").first()


def published() -> frozenset[str]:
    """The totals that everybody may read."""
    found = newest(Subject.PUBLIC_TOTALS)
    return frozenset(found.chosen) & frozenset(Total.values) if found else frozenset()


#: Asked while no decision is typed: the rules that were adopted say it too.
_otherwise: list[Callable[[], str | None]] = []


def unless_decided(ask: Callable[[], str | None]) -> None:
    """Register who knows how the pay of others is shown before a decision about it is typed."""
    _otherwise[:] = [ask]


def others_pay() -> OthersPay:
    """How members read the pay of others."""
    found = newest(Subject.OTHERS_PAY)
    choice = found.choice if found else next((ask() for ask in _otherwise), None)
    return OthersPay(choice) if choice in OthersPay.values else OthersPay.BY_ORDER


def pay_as_read_by(reader: User) -> OthersPay:
    """How `reader` reads the pay of others: by name for those whose office it is, and for others
    as the assembly decided.
    """
    if reader.has_perm("ledger.read_open_book_names"):
        return OthersPay.BY_NAME
    return others_pay()


def without_single_pay(entries: QuerySet[JournalEntry]) -> QuerySet[JournalEntry]:
    """Entries but those that tell what one member earned, was paid or had taken off, or undo such
    a one, whoever wrote them; what is shared among few women is left out too.
    """
    hers = Posting.objects.filter(
        entry=OuterRef("pk"), account__parent__role=Account.Role.MEMBERS_PAYABLE
    ).order_by()
    women = hers.values("entry").annotate(women=Count("account", distinct=True)).values("women")
    told = entries.exclude(Q(kind__in=PAY_KINDS) | Q(reverses__kind__in=PAY_KINDS))
    is_shared = Q(kind__in=_SHARED_KINDS, women__gte=FEWEST)
    return told.alias(women=Subquery(women)).filter(~Exists(hers) | is_shared)
