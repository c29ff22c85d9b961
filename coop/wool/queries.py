"""Reading the store: what lies there, who has what, how it moved."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum
from djmoney.money import Money

from coop.kit.money import books_currency, from_minor
from coop.members.models import Member
from coop.rules.queries import rules_on
from coop.wool.models import (
    Colour,
    Custody,
    PurchaseTrip,
    PurchaseTripQuerySet,
    WoolLot,
    WoolLotQuerySet,
    WoolMovement,
    Yarn,
)
from coop.wool.services.moving import Need, merged
from coop.wool.working import members_at_work
from ledger.models import Account, JournalEntry, Payment, Posting


@dataclass(frozen=True)
class Stock:
    """All lots of a yarn in a colour together; `name` sorts them as people read them."""

    yarn: Yarn
    colour: Colour
    lots: int
    store_g: int
    store_value_minor: int
    held_g: int

    @property
    def name(self) -> str:
        """Its wool in words."""
        return f"{self.yarn}, {self.colour}"

    @property
    def store_value(self) -> Money:
        """What the wool in the store cost."""
        return from_minor(self.store_value_minor)


def stock() -> list[Stock]:
    """What lies in the store and with members, by yarn and colour; three queries."""
    rows = (
        WoolLot.objects.values("yarn_id", "colour_id")
        .annotate(
            lots=Count("pk"),
            store=Sum("store_g"),
            value=Sum("store_value_minor"),
            held=Sum("held_g"),
        )
        .order_by("yarn__key", "colour_id")
    )
    yarns, colours = Yarn.objects.in_bulk(), Colour.objects.in_bulk()
    return [
        Stock(
            yarn=yarns[row["yarn_id"]],
            colour=colours[row["colour_id"]],
            lots=row["lots"],
            store_g=row["store"],
            store_value_minor=row["value"],
            held_g=row["held"],
        )
        for row in rows
        if row["store"] or row["held"]
    ]


def lots(
    *,
    words: str = "",
    yarn: Yarn | None = None,
    colour: Colour | None = None,
    only_in_store: bool = False,
) -> WoolLotQuerySet:
    """Lots by code or supplier, by yarn and colour, the newest first."""
    found = WoolLot.objects.select_related("yarn", "colour", "trip").order_by("-received_on", "-pk")
    if words:
        found = found.filter(Q(code__icontains=words) | Q(supplier__icontains=words))
    if yarn:
        found = found.filter(yarn=yarn)
    if colour:
        found = found.filter(colour=colour)
    return found.in_store() if only_in_store else found


def in_hands(*, words: str = "", is_idle: bool = False) -> QuerySet[Member]:
    """Members with wool in their hands, annotated with `held_lots`, `held_g`, `held_value_minor`;
    `is_idle`: only those who have no work for it.
    """
    found = Member.objects.filter(custodies__grams__gt=0)
    if words:
        found = found.filter(Q(name__icontains=words) | Q(code__iexact=words))
    if is_idle:
        for busy in members_at_work():
            found = found.exclude(pk__in=busy)
    return (
        found.select_related("settlement")
        .annotate(
            held_lots=Count("custodies"),
            held_g=Sum("custodies__grams"),
            held_value_minor=Sum("custodies__value_minor"),
        )
        .order_by("code")
    )


def custody_of(member: Member) -> QuerySet[Custody]:
    """What she has, lot by lot, the oldest first."""
    return (
        Custody.objects.filter(member=member, grams__gt=0)
        .select_related("lot__yarn", "lot__colour")
        .order_by("lot__received_on", "lot_id")
    )


def holders_of(lot: WoolLot) -> QuerySet[Custody]:
    """Who has wool of a lot."""
    return (
        Custody.objects.filter(lot=lot, grams__gt=0)
        .select_related("member__settlement")
        .order_by("member__code")
    )


def movements(
    *,
    member: Member | None = None,
    lot: WoolLot | None = None,
    words: str = "",
    kind: str = "",
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[WoolMovement]:
    """How wool moved, the newest first; `words` is part of a lot's code or a member's name."""
    found = WoolMovement.objects.select_related(
        "lot__yarn", "lot__colour", "member", "actor"
    ).order_by("-pk")
    if member is not None:
        found = found.filter(member=member)
    if lot is not None:
        found = found.filter(lot=lot)
    if words:
        found = found.filter(Q(lot__code__icontains=words) | Q(member__name__icontains=words))
    if kind:
        found = found.filter(kind=kind)
    if since:
        found = found.filter(on__gte=since)
    if until:
        found = found.filter(on__lte=until)
    return found


def held(members: Iterable[Member]) -> dict[tuple[int, int, int], int]:
    """Grams in these members' hands by (member, yarn, colour); one query."""
    rows = (
        Custody.objects.filter(member__in=list(members), grams__gt=0)
        .values_list("member_id", "lot__yarn_id", "lot__colour_id")
        .annotate(grams=Sum("grams"))
        .order_by()
    )
    return {(member, yarn, colour): grams for member, yarn, colour, grams in rows}


def missing(member: Member, needs: Iterable[Need]) -> list[Need]:
    """What she still has to be given before she can knit all of `needs`."""
    has = held([member])
    lacking = []
    for need in merged(needs):
        grams = need.grams - has.get((member.pk, *need.key), 0)
        if grams > 0:
            lacking.append(Need(need.yarn, need.colour, grams))
    return lacking


def waste_allowed(grams: int, *, on: date) -> int:
    """Grams that may be lost in knitting `grams` and still belong to the piece.

    Source: rule set, "wool_tolerance_percent". Raises NoRulesYet.
    """
    return grams * rules_on(on).wool_tolerance_percent // 100


def trips() -> PurchaseTripQuerySet:
    """Every trip, the newest first."""
    return PurchaseTrip.objects.select_related("carrier__user", "payment").order_by("-pk")


def trips_of(member: Member) -> PurchaseTripQuerySet:
    """Trips whose money a member still has to account for."""
    return trips().under_way().filter(carrier=member)


def outstanding_at(day: date) -> list[tuple[PurchaseTrip, int]]:
    """Trips of which something was not accounted for at the end of `day`, the first due first.

    With each, what was left, in minor units (three queries). A lot names its trip; money that
    came back names its carrier alone, and settles her oldest trip that brought money back.
    """
    paid = PurchaseTrip.objects.filter(
        payment__status=Payment.Status.PAID, payment__entry__day__lte=day
    )
    of_lots = WoolMovement.objects.filter(kind=WoolMovement.Kind.RECEIVED)
    sums = of_lots.values_list("lot__trip_id").annotate(
        ever=Sum("value_minor"), by_then=Sum("value_minor", filter=Q(on__lte=day), default=0)
    )
    brought = {trip: (ever, by_then) for trip, ever, by_then in sums.filter(lot__trip__in=paid)}
    rests = _rests_until(day)
    found = []
    with_names = paid.select_related("carrier__user", "payment__entry")
    for one in with_names.order_by("payment__entry__day", "pk"):
        ever, by_then = brought.get(one.pk, (0, 0))
        back = min(one.accounted_minor - ever, rests[one.carrier.code])
        rests[one.carrier.code] -= back
        left = one.amount_minor - by_then - back
        if left:
            found.append((one, left))
    return sorted(found, key=lambda each: (each[0].due_on, each[0].pk))


def _rests_until(day: date) -> defaultdict[str, int]:
    """What carriers had brought back of their trips' money at the end of `day`, by their code."""
    rows = Posting.objects.filter(
        account__role=Account.Role.TRIP_ADVANCES,
        account__currency=books_currency(),
        side=Posting.Side.CREDIT,
        entry__kind=JournalEntry.Kind.ADVANCE_RETURNED,
        day__lte=day,
    )
    by_code = rows.values_list("entry__memo").annotate(minor=Sum("amount_minor"))
    return defaultdict(int, by_code.order_by())
