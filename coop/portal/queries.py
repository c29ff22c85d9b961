"""What the members' screens show, read in a bounded number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from djmoney.money import Money

from catalog.models import Piece, Variant
from catalog.pictures import with_pictures
from coop.kit import days
from coop.kit.money import from_minor
from coop.members.models import Member
from coop.people.models import Installation, PinCard, PinRequest, User
from coop.people.services import installation
from coop.portal.models import PayQuestion
from coop.wool.models import Custody, PurchaseTrip
from coop.wool.services import Need
from ledger import queries as books
from ledger.cash import queries as cash
from ledger.cash.models import Advance, PayDay
from ledger.models import Account, Approval, JournalEntry, Payment, Posting
from ledger.services import one_time_code
from orders.production import queries as production
from orders.production.models import Assignment, DayWish

#: More pictures than this on the first page: first the motif, then its colours.
GRID_MOST = 60


# Coming in -------------------------------------------------------------------------------------
def open_cards() -> QuerySet[PinCard]:
    """The pictures behind which an account works, like motifs side by side."""
    cards = PinCard.objects.filter(user__is_active=True)
    if installation().mode != Installation.Mode.DEMO:
        cards = cards.filter(user__is_demo=False)
    return cards.order_by("motif", "colour")


# Work ------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class WorkRow:
    """An assignment as it is drawn: days left, wool by colour."""

    assignment: Assignment
    days: int
    wool: list[Need]
    mending: int = 0
    wish: DayWish | None = None

    @property
    def variant(self) -> Variant:
        """What is to be knitted."""
        return self.assignment.work_order.variant

    @property
    def focus(self) -> str:
        """The part of its photograph that matters: what an editor marked, else the upper one."""
        photograph = None if self.variant.image_id else self.variant.product.image
        marked = photograph.focal_point_y if photograph else None
        if photograph is None or marked is None or marked * 5 < photograph.height * 2:
            return "high"
        return "middle" if marked * 3 < photograph.height * 2 else "low"

    @property
    def grams(self) -> int:
        """All the wool together."""
        return sum(need.grams for need in self.wool)

    @property
    def left(self) -> int:
        """Pieces that she still has to bring."""
        return self.assignment.quantity - self.assignment.delivered

    @property
    def is_offered(self) -> bool:
        """She has not answered yet."""
        return self.assignment.status == Assignment.Status.OFFERED

    @property
    def waits_for_office(self) -> bool:
        """She asked for a later day, and nobody has answered her yet."""
        return self.wish is not None and self.wish.status == DayWish.Status.WAITING

    @property
    def day_was_granted(self) -> bool:
        """She has it by the later day that she asked for."""
        return self.wish is not None and self.wish.status == DayWish.Status.GRANTED

    @property
    def day_was_refused(self) -> bool:
        """She asked for a later day; the office needs it by this one."""
        return self.wish is not None and self.wish.status == DayWish.Status.REFUSED


def work_rows(assignments: Iterable[Assignment], today: date) -> list[WorkRow]:
    """Draw assignments: one query for pieces being mended, one for wishes, two for pictures."""
    found = list(assignments)
    with_pictures(one.work_order.variant for one in found)
    mending = _mending(found)
    wishes = production.last_wishes(found)
    return [
        WorkRow(
            assignment=one,
            days=(one.due_on - today).days,
            wool=production.needs_of(one.work_order.variant.design, one.quantity),
            mending=mending.get(production.source_of(one), 0),
            wish=wishes.get(one.pk),
        )
        for one in found
    ]


@dataclass(frozen=True)
class Step:
    """A key of a number: by how much it goes, and where it leads now."""

    by: int
    to: int

    @property
    def size(self) -> int:
        """As it stands on the key."""
        return abs(self.by)


@dataclass(frozen=True)
class Part:
    """So many of an offer; the others go back."""

    number: int
    of: int
    #: The panel was opened by its own keys, without script.
    is_open: bool = False

    @property
    def rest(self) -> int:
        """What goes back."""
        return self.of - self.number

    @property
    def fewer(self) -> list[Step]:
        """The keys of less, the largest first; by ten only where there are many."""
        sizes = [10, 1] if self.of > MANY else [1]
        return [Step(-size, max(1, self.number - size)) for size in sizes]

    @property
    def more(self) -> list[Step]:
        """The keys of more, the largest last."""
        sizes = [1, 10] if self.of > MANY else [1]
        return [Step(size, min(self.of - 1, self.number + size)) for size in sizes]


#: More pieces than this are counted by ten, too.
MANY = 20


def part_of(row: WorkRow, wanted: int | None) -> Part | None:
    """The part of an offer that is drawn: as wanted, else half; None where one is all there is."""
    of = row.assignment.quantity
    if of < 2:
        return None
    number = (of + 1) // 2 if wanted is None else wanted
    return Part(min(max(number, 1), of - 1), of, is_open=wanted is not None)


#: How many days later she may ask for with one touch.
LATER = (3, 7, 14, 28)


@dataclass(frozen=True)
class LaterDay:
    """A day, so many days later than asked; what keeps the promise is hers at once."""

    on: date
    days: int
    is_promised: bool


def later_days(row: WorkRow, today: date) -> list[LaterDay]:
    """The later days to choose from; none while the office thinks about one (one query)."""
    if row.waits_for_office:
        return []
    first = max(row.assignment.due_on, today)
    latest = production.latest_day(row.assignment.work_order)
    found = [(one, first + timedelta(days=one)) for one in LATER]
    return [LaterDay(day, more, day <= latest) for more, day in found]


def _mending(assignments: Iterable[Assignment]) -> dict[str, int]:
    sources = [production.source_of(one) for one in assignments]
    pieces = Piece.objects.filter(source__in=sources, place=Piece.Place.MAKER).order_by()
    return dict(pieces.values_list("source").annotate(count=Count("pk")))


def count_offers(member: Member) -> int:
    """How many offers wait for her answer; not those for which she waits for the office's."""
    offers = member.assignments.filter(status=Assignment.Status.OFFERED)
    return offers.exclude(wishes__status=DayWish.Status.WAITING).count()


@dataclass(frozen=True)
class Progress:
    """Where the pieces of an assignment are: one drawn stitch each."""

    passed: int
    checking: int
    mending: int
    left: int


def progress(row: WorkRow) -> Progress:
    """Her pieces by where they are."""
    assignment = row.assignment
    return Progress(
        passed=assignment.passed,
        checking=assignment.delivered - assignment.passed - row.mending,
        mending=row.mending,
        left=assignment.quantity - assignment.delivered,
    )


def notes_to_mend(assignment: Assignment) -> list[str]:
    """What the checker said of the pieces that she is mending."""
    pieces = Piece.objects.filter(
        source=production.source_of(assignment), place=Piece.Place.MAKER
    ).prefetch_related("inspections")
    return [list(piece.inspections.all())[-1].note for piece in pieces]


# Pay -------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Pay:
    """Earned less paid is owed: the balance of her account. Invariant 7."""

    owed: Money
    earned: Money
    paid: Money

    @property
    def i_owe(self) -> Money:
        """What she owes the house, where it is that way round."""
        return -self.owed


def pay_of(account: Account) -> Pay:
    """What her account says; an entry that was undone counts for nothing."""
    kinds = (
        Posting.objects.filter(account=account)
        .annotate(what=Coalesce("entry__reverses__kind", "entry__kind"))
        .order_by()
        .values("what")
        .annotate(
            credits=Sum("amount_minor", filter=Q(side=Posting.Side.CREDIT), default=0),
            debits=Sum("amount_minor", filter=Q(side=Posting.Side.DEBIT), default=0),
        )
    )
    nets = {row["what"]: row["credits"] - row["debits"] for row in kinds}
    paid = -nets.pop(JournalEntry.Kind.MEMBER_PAID, 0)
    earned = sum(nets.values())
    owed, earned_money, paid_money = (
        from_minor(amount, account.currency) for amount in (earned - paid, earned, paid)
    )
    return Pay(owed, earned_money, paid_money)


def last_question(member: Member) -> PayQuestion | None:
    """What she last asked about her pay, with the answer if there is one."""
    return PayQuestion.objects.filter(member=member).first()


#: So many works are shown to choose the one of which a piece is missing.
MOST_WORKS = 12


def brought_by(member: Member) -> list[Assignment]:
    """The works of which she brought pieces, the newest first, with their pictures."""
    brought = production.assignments().filter(member=member, delivered__gt=0)
    found = list(brought.order_by("-pk")[:MOST_WORKS])
    with_pictures(one.work_order.variant for one in found)
    return found


def piece_id_of(entry: JournalEntry) -> int | None:
    """The piece whose passing an entry books: "piece:12:passed"."""
    source = entry.reverses if entry.reverses_id and entry.reverses else entry
    kind, _, rest = source.reference.partition(":")
    number = rest.partition(":")[0]
    return int(number) if kind == "piece" and number.isdigit() else None


def pieces_of(entries: Iterable[JournalEntry]) -> dict[int, Piece]:
    """The pieces that entries book with their pictures, by the entry's key (three queries)."""
    wanted = {entry.pk: piece_id_of(entry) for entry in entries}
    pieces = Piece.objects.select_related(
        "variant__design", "variant__product", "variant__colour"
    ).in_bulk({pk for pk in wanted.values() if pk})
    with_pictures(piece.variant for piece in pieces.values())
    return {entry: pieces[pk] for entry, pk in wanted.items() if pk in pieces}


# Wool ------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class WoolRow:
    """Yarn of a colour in her hands."""

    colour: object
    yarn: object
    grams: int


def wool_of(member: Member) -> list[WoolRow]:
    """What she has in her hands, by yarn and colour."""
    rows = Custody.objects.filter(member=member, grams__gt=0).select_related(
        "lot__yarn", "lot__colour"
    )
    found: dict[tuple[int, int], WoolRow] = {}
    for row in rows.order_by("lot__colour_id", "lot__yarn_id", "pk"):
        key = (row.lot.colour_id, row.lot.yarn_id)
        before = found[key].grams if key in found else 0
        found[key] = WoolRow(row.lot.colour, row.lot.yarn, before + row.grams)
    return list(found.values())


#: More than this is not ready for one woman at once.
MOST_READY = 6


# Signing ---------------------------------------------------------------------------------------
def not_hers(signer: User) -> QuerySet[Payment]:
    """Payments that `signer` does not receive; `is_signed` says whether she has signed."""
    hers = Approval.objects.filter(payment=OuterRef("pk"), signer=signer)
    return (
        Payment.objects.exclude(payee=signer)
        .select_related("payee", "from_account", "to_account", "requested_by")
        .annotate(is_signed=Exists(hers))
    )


def to_sign(signer: User) -> QuerySet[Payment]:
    """Those that wait for signatures, first those that she has not signed."""
    waiting = not_hers(signer).filter(status=Payment.Status.REQUESTED)
    # is_signed is an annotation, which the type of the rows does not tell.
    return waiting.order_by("is_signed", "requested_on", "pk")  # type: ignore[misc]


def of_pay_day(signer: User, day: PayDay) -> QuerySet[Payment]:
    """The payments of a pay day that wait, but her own."""
    return to_sign(signer).filter(pay_day_line__pay_day=day)


def pay_days_to_sign(signer: User) -> list[tuple[PayDay, int, Money]]:
    """Pay days with two payments or more that want her signature: how many, and what in all."""
    waiting = to_sign(signer).exclude(approvals__signer=signer).filter(pay_day_line__isnull=False)
    sums = waiting.order_by().values("pay_day_line__pay_day", "currency")
    rows = sums.annotate(many=Count("pk"), minor=Sum("amount_minor")).filter(many__gte=2)
    found = {
        row["pay_day_line__pay_day"]: (row["many"], from_minor(row["minor"], row["currency"]))
        for row in rows
    }
    return [(one, *found[one.pk]) for one in PayDay.objects.filter(pk__in=found)]


@dataclass(frozen=True)
class Paper:
    """A payment as it is laid before who signs: beside what the receiver is owed, if a member."""

    payment: Payment
    owed: Money | None

    @property
    def is_too_much(self) -> bool:
        """She is owed less than she would receive."""
        return self.owed is not None and self.payment.amount > self.owed


def papers(payments: Iterable[Payment]) -> list[Paper]:
    """Lay payments before who signs (one query more)."""
    found = list(payments)
    owed = books.owed_beside(found)
    return [Paper(one, owed.get(one.pk)) for one in found]


@dataclass(frozen=True)
class Ready:
    """Money that two have signed for her, and the code that says that she received it."""

    payment: Payment
    code: str


def ready_for(user: User) -> list[Ready]:
    """What is ready to be handed to her, the oldest first."""
    signed = Payment.objects.filter(payee=user, status=Payment.Status.SIGNED).order_by("pk")
    return [Ready(one, one_time_code(one)) for one in signed[:MOST_READY]]


def count_to_sign(signer: User) -> int:
    """How many payments wait for her own signature, and new PINs for her word."""
    payments = to_sign(signer).exclude(approvals__signer=signer).count()
    return payments + pins_to_confirm(signer).count() + count_around_boxes(signer)


def count_around_boxes(person: User) -> int:
    """How many counts of another want her as a second, and boxes want her signature."""
    if not person.has_perm("cash.count_box"):
        return 0
    counts = cash.waiting_counts().exclude(counter=person).count()
    return counts + cash.handings_to_sign(person).count()


def pins_to_confirm(signer: User) -> QuerySet[PinRequest]:
    """New PINs of others in the Junta that somebody else asked for."""
    waiting = PinRequest.objects.filter(status=PinRequest.Status.WAITING)
    others = waiting.exclude(user=signer).exclude(asked_by=signer)
    return others.select_related("user", "asked_by")


# The book --------------------------------------------------------------------------------------
#: So many overdue advances are told.
MOST_OVERDUE = 12


@dataclass(frozen=True)
class Overdue:
    """Money that somebody should have accounted for by a day."""

    who: str
    what: str
    due_on: date
    outstanding: Money


def overdue_advances(*, names: bool) -> list[Overdue]:
    """Advances and wool trips whose day has passed, the oldest first; everybody reads them.

    Who it is stands there for readers of names, as everywhere in the book.
    """
    today = days.today()
    advances = Advance.objects.select_related("payment__payee").overdue(today)[:MOST_OVERDUE]
    trips = PurchaseTrip.objects.under_way().filter(due_on__lt=today)
    found = [
        Overdue(one.payment.payee_label, one.payment.purpose, one.due_on, one.outstanding)
        for one in advances
    ] + [
        Overdue(one.carrier.name, one.payment.purpose, one.due_on, one.outstanding)
        for one in trips.select_related("carrier__user", "payment")[:MOST_OVERDUE]
    ]
    told = found if names else [replace(one, who="") for one in found]
    return sorted(told, key=lambda one: one.due_on)
