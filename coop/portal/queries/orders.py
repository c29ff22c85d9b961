"""What she knitted for each order: what it earned her, what of it she was paid, what is owed.

What is paid to her pays the oldest of what she earned first. Source: accounting, "a pay day with
too little cash pays the oldest debts first", as pay days share out cash (`ledger.cash.plans`) and
`ledger.reports.statements.aged` tells debts. Where the assembly shares too little cash out pro
rata, that is among the women: within one woman's account the oldest still comes first. So what is
owed to her is the newest of what she earned, and all orders together come to her balance.
What was undone is neither earned nor paid.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Count,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
    Window,
)
from django.db.models.functions import Cast, Concat, RowNumber, Substr
from djmoney.money import Money

from catalog.models import Variant
from catalog.pictures import with_pictures
from coop.kit.money import from_minor, total
from coop.members.models import Member
from ledger.models import Account, AccountBalance, JournalEntry, Posting
from orders.production.accounting import passed_reference
from orders.production.models import Assignment, Inspection
from orders.shop.models import Order, OrderLine

Kind, Status = JournalEntry.Kind, Assignment.Status
#: So many orders stand on a page; so many works of hers for them are read, and so many pieces of
#: an order lead to their own screen.
MOST_ORDERS, MOST_PARTS, MOST_PIECES = 6, 60, 12
#: So many designs of an order are shown in pictures and said by name.
MOST_PICTURES = 3

_LINE = "line:"
_BEFORE, _AFTER = passed_reference(0).split("0")
_INTEGER = BigIntegerField()


# Up to where she is paid -----------------------------------------------------------------------
@dataclass(frozen=True)
class Mark:
    """Whatever she earned before `seq` on her account is paid; of what stands there, `rest` is
    owed, and all after it.
    """

    seq: int
    rest: int

    @property
    def owed(self) -> Case:
        """What is owed of an earning with its `seq` and `minor`."""
        return Case(
            When(seq__gt=self.seq, then=F("minor")),
            When(seq=self.seq, then=Value(self.rest)),
            default=Value(0),
            output_field=_INTEGER,
        )


_ALL_IS_PAID = Mark(2**62, 0)


def earned(account: Account) -> QuerySet[Posting]:
    """Whatever she earned and nobody undid."""
    found = Posting.objects.filter(account=account, side=Posting.Side.CREDIT)
    return found.filter(entry__reversed_by=None).exclude(entry__kind=Kind.REVERSAL)


def mark_of(account: Account) -> Mark:
    """Up to where she is paid (two queries, a row each)."""
    balance = AccountBalance.objects.values_list("amount_minor", flat=True).get(account=account)
    owed = -balance
    if owed <= 0:
        return _ALL_IS_PAID
    so_far = Window(Sum("amount_minor"), order_by=F("seq").desc())
    reached = earned(account).annotate(so_far=so_far).filter(so_far__gte=owed).order_by("-seq")
    found = reached.values_list("seq", "amount_minor", "so_far").first()
    if found is None:
        return Mark(0, 0)
    seq, minor, so_far_minor = found
    return Mark(seq, owed - (so_far_minor - minor))


# Her part of an order --------------------------------------------------------------------------
@dataclass(frozen=True)
class Sums:
    """Of some of her earnings: how many they are, what they come to, what of it is owed."""

    pieces: int = 0
    unpaid: int = 0
    earned: int = 0
    owed: int = 0


@dataclass(frozen=True)
class Work:
    """A work of hers for an order: so many of one thing."""

    assignment: Assignment
    sums: Sums

    @property
    def variant(self) -> Variant:
        """What she knits."""
        return self.assignment.work_order.variant

    @property
    def coming(self) -> int:
        """Pieces of it that are still to be found good."""
        is_going_on = self.assignment.status == Status.TAKEN
        return self.assignment.quantity - self.assignment.passed if is_going_on else 0


@dataclass(frozen=True)
class PaidPiece:
    """A piece that was found good, by its entry: whether she has its pay."""

    entry: int
    tag: str
    is_paid: bool


@dataclass(frozen=True)
class OrderRow:
    """An order, or work for the store (`order` is None), with what she knitted for it."""

    order: Order | None
    works: list[Work]
    pieces: list[PaidPiece]
    currency: str

    @property
    def shown(self) -> list[Work]:
        """Her works for it of which a picture is shown: one for each design, a few at most."""
        by_design = {one.variant.design_id: one for one in reversed(self.works)}
        return list(reversed(by_design.values()))[:MOST_PICTURES]

    @property
    def is_more(self) -> bool:
        """Whether she knits further designs for it than are shown."""
        return len({one.variant.design_id for one in self.works}) > MOST_PICTURES

    @property
    def paid_pieces(self) -> int:
        """Good pieces that are paid for wholly."""
        return sum(one.sums.pieces - one.sums.unpaid for one in self.works)

    @property
    def owed_pieces(self) -> int:
        """Good pieces whose pay, or a part of it, is owed to her."""
        return sum(one.sums.unpaid for one in self.works)

    @property
    def coming_pieces(self) -> int:
        """Pieces that are still to be found good."""
        return sum(one.coming for one in self.works)

    @property
    def count(self) -> int:
        """All pieces of hers."""
        return self.paid_pieces + self.owed_pieces + self.coming_pieces

    @property
    def more(self) -> int:
        """Good pieces beyond those of `pieces`."""
        return self.paid_pieces + self.owed_pieces - len(self.pieces)

    @property
    def earned(self) -> Money:
        """What the good pieces earned her."""
        return self._sum(one.sums.earned for one in self.works)

    @property
    def owed(self) -> Money:
        """What of it is still owed."""
        return self._sum(one.sums.owed for one in self.works)

    @property
    def paid(self) -> Money:
        """What of it she has, in money or in what was taken off."""
        return self.earned - self.owed

    @property
    def to_come(self) -> Money:
        """What the other pieces will earn her, at the rate for which she took them on."""
        return total((one.assignment.rate * one.coming for one in self.works), self.currency)

    def _sum(self, minor: Iterable[int]) -> Money:
        return from_minor(sum(minor), self.currency)


@dataclass(frozen=True)
class Rest:
    """What she earned otherwise: premiums, shares of a surplus, what was taken over from paper."""

    earned: Money
    owed: Money

    @property
    def paid(self) -> Money:
        """What of it she has."""
        return self.earned - self.owed


@dataclass(frozen=True)
class OrdersPage:
    """Some orders, the newest first; `next` is where the older ones begin."""

    rows: list[OrderRow]
    is_first: bool
    next: int | None
    #: On the first page only, and if there is any.
    rest: Rest | None
    #: Something was taken off her pay, which counts as paid.
    is_set_off: bool


# Reading ---------------------------------------------------------------------------------------
def orders_page(member: Member, account: Account, *, before: int | None = None) -> OrdersPage:
    """The orders she worked on (ten queries, however many there are).

    `before` is where the page before ended.
    """
    keys = _keys(member, before)
    mark = mark_of(account)
    shown = dict(keys[:MOST_ORDERS])
    rows = _rows(member, account, mark, list(shown))
    return OrdersPage(
        rows=rows,
        is_first=before is None,
        next=list(shown.values())[-1] if len(keys) > MOST_ORDERS else None,
        rest=_rest(account, mark) if before is None else None,
        is_set_off=before is None and _is_set_off(account),
    )


def _worked(member: Member) -> QuerySet[Any]:
    """What she took on. `whole` tells its order: the order's key, or that of the work for the
    store, below zero.
    """
    reference = Substr(OuterRef("work_order__reference"), len(_LINE) + 1)
    line = OrderLine.objects.filter(pk=Cast(reference, _INTEGER)).values("order")[:1]
    is_ordered = Q(work_order__reference__startswith=_LINE)
    whole = Case(
        When(is_ordered, then=Subquery(line)),
        default=Value(0) - F("work_order"),
        output_field=_INTEGER,
    )
    hers = Assignment.objects.filter(member=member).annotate(whole=whole)
    return hers.filter(Q(status__in=[Status.TAKEN, Status.DONE]) | Q(passed__gt=0)).order_by()


def _keys(member: Member, before: int | None) -> list[tuple[int, int]]:
    """The orders of a page and one more, each with her newest work for it."""
    found = _worked(member).values("whole").annotate(newest=Max("pk"))
    if before is not None:
        found = found.filter(newest__lt=before)
    return list(found.order_by("-newest").values_list("whole", "newest")[: MOST_ORDERS + 1])


def _rows(member: Member, account: Account, mark: Mark, keys: list[int]) -> list[OrderRow]:
    works = _worked(member).filter(whole__in=keys).order_by("-pk")
    variant = "work_order__variant"
    found = list(
        works.select_related(f"{variant}__design", f"{variant}__product", f"{variant}__colour")[
            :MOST_PARTS
        ]
    )
    with_pictures(one.work_order.variant for one in found)
    good = _good(account, found)
    sums, pieces = _sums(good, mark), _pieces(good, mark)
    orders = Order.objects.select_related("buyer").in_bulk([key for key in keys if key > 0])
    by_order: dict[int, list[Work]] = defaultdict(list)
    for one in found:
        by_order[one.whole].append(Work(one, sums.get(one.pk, Sums())))
    rows = []
    for key in keys:
        hers = by_order.get(key, [])
        listed = [piece for work in hers for piece in pieces.get(work.assignment.pk, [])]
        rows.append(OrderRow(orders.get(key), hers, listed[:MOST_PIECES], account.currency))
    return rows


def _good(account: Account, assignments: list[Assignment]) -> QuerySet[Inspection]:
    """The good pieces of these works, each with its earning: `seq`, `minor`, `entry`."""
    number = Cast("piece_id", CharField())
    entry = Concat(Value(_BEFORE), number, Value(_AFTER), output_field=CharField())
    hers = earned(account).filter(entry__reference=OuterRef("reference"))
    return (
        Inspection.objects.filter(assignment__in=assignments, outcome=Inspection.Outcome.PASSED)
        .annotate(reference=entry)
        .annotate(
            seq=Subquery(hers.values("seq")[:1]),
            minor=Subquery(hers.values("amount_minor")[:1]),
            entry=Subquery(hers.values("entry")[:1]),
        )
        .filter(seq__isnull=False)
        .order_by()
    )


def _sums(good: QuerySet[Inspection], mark: Mark) -> dict[int, Sums]:
    rows = good.values("assignment").annotate(
        pieces=Count("pk"),
        unpaid=Count("pk", filter=Q(seq__gte=mark.seq)),
        earned=Sum("minor"),
        owed=Sum(mark.owed),
    )
    columns = ("assignment", "pieces", "unpaid", "earned", "owed")
    return {key: Sums(*sums) for key, *sums in rows.values_list(*columns)}


def _pieces(good: QuerySet[Inspection], mark: Mark) -> dict[int, list[PaidPiece]]:
    """The newest pieces of each work."""
    place = Window(RowNumber(), partition_by=F("assignment"), order_by=F("pk").desc())
    newest = good.annotate(place=place).filter(place__lte=MOST_PIECES).order_by("place")
    found: dict[int, list[PaidPiece]] = defaultdict(list)
    for key, entry, seq, tag in newest.values_list("assignment", "entry", "seq", "piece__tag"):
        found[key].append(PaidPiece(entry, tag or "", seq < mark.seq))
    return found


def _rest(account: Account, mark: Mark) -> Rest | None:
    others = earned(account).exclude(entry__kind=Kind.PIECE_PASSED)
    sums = others.annotate(minor=F("amount_minor")).aggregate(
        earned=Sum("minor", default=0), owed=Sum(mark.owed, default=0)
    )
    if not sums["earned"]:
        return None
    return Rest(*(from_minor(sums[one], account.currency) for one in ("earned", "owed")))


def _is_set_off(account: Account) -> bool:
    """Whether something else than a payment made what she is owed less."""
    less = Posting.objects.filter(account=account, side=Posting.Side.DEBIT, entry__reversed_by=None)
    return less.exclude(entry__kind__in=[Kind.MEMBER_PAID, Kind.REVERSAL]).exists()
