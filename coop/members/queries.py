"""Reading the membership: lists, a member's record, what she holds."""

from django.db.models import Q, QuerySet
from djmoney.money import Money

from coop.members import holdings as registry
from coop.members.holdings import Holding
from coop.members.models import Member, MemberEvent, MemberQuerySet, Office
from coop.people.models import User
from ledger import queries as books


def holdings(member: Member) -> list[Holding]:
    """Everything that she has in her hands, and what is open between her and the house."""
    return registry.of(member)


def owed(member: Member) -> Money | None:
    """What the house owes her today; None for an honorary member, who earns nothing."""
    return None if member.account is None else books.balance(member.account)


def member_of(user: User) -> Member | None:
    """The member behind a log-in, if there is one."""
    return Member.objects.select_related("settlement", "account").filter(user=user).first()


def members_matching(
    *, words: str = "", settlement: int | None = None, status: str = "", kind: str = ""
) -> MemberQuerySet:
    """Members by code or name, settlement, standing and kind; all when nothing is asked."""
    found = Member.objects.select_related("settlement", "user").order_by("code")
    for word in words.split():
        found = found.filter(Q(name__icontains=word) | Q(code__icontains=word))
    if settlement:
        found = found.filter(settlement=settlement)
    if status:
        found = found.filter(status=status)
    if kind:
        found = found.filter(kind=kind)
    return found


def offices_held() -> QuerySet[Office]:
    """Who holds which office today, the Junta first."""
    return (
        Office.objects.filter(until_on__isnull=True)
        .select_related("member__settlement")
        .order_by("pk")
    )


def offices_of(member: Member) -> QuerySet[Office]:
    """Her offices, the newest first."""
    return member.offices.order_by("-from_on", "-pk")


def events_of(member: Member) -> QuerySet[MemberEvent]:
    """What happened to her membership, the newest first."""
    return member.events.select_related("actor").order_by("-pk")
