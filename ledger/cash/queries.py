"""Reading what lies where, with whom, and when it was counted last."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, QuerySet, When
from djmoney.money import Money

from coop.people.models import User
from ledger.cash.models import Box, Count, HandingEnd, HandingOver, HandingSign, Holding
from ledger.cash.services.boxes import may_be_box
from ledger.models import Account, AccountBalance
from ledger.queries import balances


@dataclass(frozen=True)
class BoxLine:
    """A box with what is in it by the books, who has it, and its last count that stands."""

    box: Box
    balance: Money
    holding: Holding
    last: Count | None


def boxes() -> list[BoxLine]:
    """Every open box, by code (four queries)."""
    found = list(
        Box.objects.filter(account__is_open=True)
        .select_related("account")
        .prefetch_related(
            Prefetch(
                "holdings", Holding.objects.select_related("holder__pin_card").order_by("-number")
            )
        )
    )
    amounts = balances(one.account for one in found)
    last: dict[int, Count] = {}
    for one in standing_counts().filter(box__in=found).order_by("pk"):
        last[one.box_id] = one
    return [BoxLine(one, amounts[one.pk], one.holdings.all()[0], last.get(one.pk)) for one in found]


def standing_counts() -> QuerySet[Count]:
    """Counts that two people made, the newest first, with all that a list says of them."""
    rows = Count.objects.filter(agreement__isnull=False)
    return rows.select_related("box__account", "counter", "agreement__person").order_by("-pk")


def waiting_counts() -> QuerySet[Count]:
    """The newest count of each box that one made and no second has confirmed."""
    newer = Count.objects.filter(box=OuterRef("box"), pk__gt=OuterRef("pk"))
    rows = Count.objects.filter(~Exists(newer), agreement__isnull=True)
    return rows.select_related("box__account", "counter").order_by("-pk")


def not_counted_since(day: date) -> QuerySet[Box]:
    """Open boxes of which no count of two people is of `day` or later."""
    counts = Count.objects.filter(box=OuterRef("pk"), agreement__isnull=False, on__gte=day)
    return Box.objects.filter(~Exists(counts), account__is_open=True)


def open_handings() -> QuerySet[HandingOver]:
    """Handings over that wait for a signature and can still be signed: at most one a box.

    They end when somebody calls them off, and by themselves when two count the box anew, money goes
    in or out, or it is with another.
    """
    of_the_box = Count.objects.filter(box=OuterRef("count__box"), agreement__isnull=False)
    newer = of_the_box.filter(pk__gt=OuterRef("count"))
    # A difference that the count found was booked right after it.
    booked = Case(When(count__counted_minor=F("count__expected_minor"), then=0), default=1)
    as_counted = AccountBalance.objects.filter(account=OuterRef("count__box"), seq=OuterRef("now"))
    rows = HandingOver.objects.filter(
        holding__isnull=True, end__isnull=True, giver=F("count__box__account__holder")
    ).annotate(now=F("count__seq") + booked)
    rows = rows.filter(Exists(as_counted), ~Exists(newer))
    return rows.select_related(
        "count__box__account", "giver__pin_card", "receiver__pin_card"
    ).order_by("-pk")


def handings_to_sign(person: User) -> QuerySet[HandingOver]:
    """Those in which she gives or receives, and has not signed."""
    return handings_of(person).exclude(signs__person=person)


def handings_of(person: User) -> QuerySet[HandingOver]:
    """Open ones in which she gives or receives."""
    return open_handings().filter(giver=person) | open_handings().filter(receiver=person)


def is_party(person: User) -> bool:
    """She gave or received a box once, or shall."""
    hers = Q(giver=person) | Q(receiver=person)
    return HandingOver.objects.filter(hers).exists()


def signed_by(person: User, handings: Collection[HandingOver]) -> set[int]:
    """The keys of those of them that she has signed."""
    signs = HandingSign.objects.filter(person=person, handing_over__in=handings)
    return set(signs.values_list("handing_over", flat=True))


def end_of(handing: HandingOver | None) -> HandingEnd | None:
    """Who called it off, with her picture; None where nobody did."""
    rows = HandingEnd.objects.filter(handing_over=handing).select_related("actor__pin_card")
    return rows.first() if handing else None


def boxes_gone_from(person: User) -> QuerySet[HandingOver]:
    """Boxes of hers that went to another without her signature, and she has not read it yet."""
    rows = HandingOver.objects.filter(giver=person, holding__isnull=False, heard__isnull=True)
    return (
        rows.exclude(signs__person=person)
        .select_related("count__box__account", "receiver__pin_card")
        .order_by("-pk")
    )


def accounts_without_box() -> list[Account]:
    """Money accounts of ours that lie in notes and coins and are no box yet."""
    rows = Account.objects.money().filter(is_open=True, box__isnull=True).order_by("code")
    return [one for one in rows if may_be_box(one)]


def people_at_hand() -> QuerySet[User]:
    """Who may be named as a second, a receiver or a witness: people of the house."""
    people = User.objects.filter(is_active=True, groups__isnull=False).distinct()
    return people.select_related("pin_card").order_by("first_name", "last_name")
