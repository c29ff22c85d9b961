"""Coming in, and the work of a member as it is drawn."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, QuerySet

from catalog.models import Piece, Variant
from catalog.pictures import with_pictures
from coop.members.models import Member
from coop.people.models import Installation, PinCard
from coop.people.services import installation
from coop.wool.services import Need
from orders.production import queries as production
from orders.production.models import Assignment, DayWish

#: More pictures than this on the first page: first the motif, then its colours.
GRID_MOST = 60


def open_cards() -> QuerySet[PinCard]:
    """The pictures behind which an account works, like motifs side by side."""
    cards = PinCard.objects.filter(user__is_active=True)
    if installation().mode != Installation.Mode.DEMO:
        cards = cards.filter(user__is_demo=False)
    return cards.order_by("motif", "colour")


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
