"""Reading the membership: lists, a member's record, what she holds, what the public may see."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from djmoney.money import Money

from coop.kit import days
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
    *,
    words: str = "",
    settlement: int | None = None,
    status: str = "",
    kind: str = "",
    without_pin: bool = False,
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
    if without_pin:
        found = found.filter(user__pin_card__isnull=True)
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


# In public ---------------------------------------------------------------------------------
@dataclass(frozen=True)
class PublicMaker:
    """A woman as she agreed to be shown: her name, her village if she wants, and her motif.

    Nothing leads from her to a piece, a day or an amount.
    """

    name: str
    place: str
    motif: str


@dataclass(frozen=True)
class PublicMakers:
    """Those who agreed to be named, and how many knit without it."""

    named: list[PublicMaker]
    others: int


def public_makers(*, most: int) -> PublicMakers:
    """Active knitters who may be shown by name, `most` of them; every day another comes first.

    Source: design, "village and name are separate consents". Only the motif of her picture is
    told, not its dye: the two together are how she comes in on `/m/`.
    """
    knitters = Member.objects.active().knitters()
    willing = list(
        knitters.filter(may_show_name=True, user__pin_card__isnull=False)
        .select_related("settlement", "user__pin_card")
        .order_by("code")
    )
    first = days.today().toordinal() % len(willing) if willing else 0
    named = [*willing[first:], *willing[:first]][:most]
    return PublicMakers(
        [
            PublicMaker(
                name=_short(one.name),
                place=one.settlement.name if one.may_show_settlement else "",
                motif=one.user.pin_card.motif,
            )
            for one in named
        ],
        others=knitters.count() - len(named),
    )


def _short(name: str) -> str:
    """Her first name and the letter of the next: "Basilia Q."."""
    first, *rest = name.split()
    return f"{first} {rest[0][0]}." if rest else first
