"""What is open, who can knit it, what it needs, and what waits for whom."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import F, Min, Q, QuerySet, Sum

from catalog.models import Design, Piece
from coop.kit import days
from coop.kit.days import month_of, months_back
from coop.members.models import Member
from coop.quotas import unassigned
from coop.quotas.models import Capacity, Skill
from coop.wool import working
from coop.wool.models import Colour, Custody, WoolLot, Yarn
from coop.wool.services import Need
from orders.production import hooks
from orders.production.models import Assignment, DayWish, WorkOrder
from orders.production.planning import Hours, Job, Knitter

#: How many months before today count when we ask who was given the least.
FAIR_MONTHS = 2

#: Work that is due in so many days is soon.
SOON = timedelta(days=7)

_SOURCE = "assignment:"


# What a piece was knitted for ------------------------------------------------------------------
def source_of(assignment: Assignment) -> str:
    """How catalog names the assignment of a piece: "assignment:12"."""
    return f"{_SOURCE}{assignment.pk}"


def assignment_id_of(piece: Piece) -> int:
    """The key of the assignment for which a piece was knitted."""
    return int(piece.source.removeprefix(_SOURCE))


# What must be knitted --------------------------------------------------------------------------
def open_orders() -> QuerySet[WorkOrder]:
    """Work of which some pieces are still to be given out, soonest first."""
    orders = WorkOrder.objects.filter(
        status=WorkOrder.Status.OPEN, assigned__lt=F("quantity")
    ).select_related("variant__design", "variant__product", "variant__colour")
    return orders.order_by("due_on", "pk")


@unassigned.source
def open_minutes() -> int:
    """Minutes of all work that nobody has been asked to do yet: quotas counts them as taken."""
    rest = F("quantity") - F("assigned")
    rows = open_orders().order_by()
    return rows.aggregate(all=Sum(rest * F("variant__design__minutes")))["all"] or 0


def late(on: date) -> Q:
    """Open work whose day is over."""
    return Q(status=WorkOrder.Status.OPEN, due_on__lt=on)


def soon(on: date) -> Q:
    """Open work that is due within a week."""
    return Q(status=WorkOrder.Status.OPEN, due_on__gte=on, due_on__lte=on + SOON)


def orders(status: str = "", search: str = "", who: str = "", due: str = "") -> QuerySet[WorkOrder]:
    """Work orders: open ones, or those of a status, or "all"; what is due first on top.

    `who` is part of a name, or the code, of somebody who knits it; `due` is "late", "soon" or
    "free" (of which nobody was asked to knit some).
    """
    found = WorkOrder.objects.select_related(
        "variant__design", "variant__product__image", "variant__colour"
    )
    if status != "all":
        found = found.filter(status=status or WorkOrder.Status.OPEN)
    if search:
        found = found.filter(
            Q(variant__sku__icontains=search)
            | Q(variant__design__name_es__icontains=search)
            | Q(variant__design__name_en__icontains=search)
        )
    if who:
        hers = Q(member__name__icontains=who) | Q(member__code__iexact=who)
        gone = [Assignment.Status.DECLINED, Assignment.Status.WITHDRAWN]
        asked = Assignment.objects.filter(hers).exclude(status__in=gone)
        found = found.filter(pk__in=asked.values("work_order"))
    narrowed = {
        "late": late(days.today()),
        "soon": soon(days.today()),
        "free": Q(assigned__lt=F("quantity")),
    }
    if due in narrowed:
        found = found.filter(narrowed[due])
    return found.order_by("due_on", "pk")


def open_jobs() -> list[Job]:
    """The open work as plain data for `planning.share_out`."""
    return [
        Job(
            work_order_id=order.pk,
            technique_id=order.variant.design.technique_id,
            level=order.variant.design.level,
            minutes=order.variant.design.minutes,
            quantity=order.unassigned,
            due_on=order.due_on,
        )
        for order in open_orders()
    ]


def knitters(*, on: date, until: date) -> list[Knitter]:
    """Who may be given work between two days: active members who knit, skills and hours."""
    first = months_back(month_of(on), FAIR_MONTHS)
    members = Member.objects.active().knitters().values_list("pk", flat=True)
    levels: dict[int, dict[int, int]] = {pk: {} for pk in members}
    for skill in Skill.objects.filter(member_id__in=levels):
        levels[skill.member_id][skill.technique_id] = skill.level
    hours: dict[int, dict[date, Hours]] = {pk: {} for pk in levels}
    rows = Capacity.objects.filter(
        member_id__in=levels, month__gte=first, month__lte=max(on, until)
    )
    for row in rows:
        hours[row.member_id][row.month] = Hours(row.offered_minutes, row.promised_minutes)
    return [Knitter(pk, levels[pk], hours[pk]) for pk in levels]


def latest_day(order: WorkOrder) -> date:
    """The last day on which its pieces still keep what was promised; else the day of the work."""
    promised: date | None = hooks.promised_day.ask(work_order=order)
    return max(order.due_on, promised) if promised else order.due_on


# Wool ------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Wool:
    """Yarn of a colour: how much is needed, how much she has, how much lies in the store."""

    yarn: Yarn
    colour: Colour
    needed: int
    held: int
    store: int = 0

    @property
    def key(self) -> str:
        """Its name in a form: "3-7"."""
        return f"{self.yarn.pk}-{self.colour.pk}"

    @property
    def missing(self) -> int:
        """Grams that she still has to be given."""
        return max(0, self.needed - self.held)

    def __str__(self) -> str:
        return f"{self.missing} g {self.yarn} {self.colour}"


def needs_of(design: Design, pieces: int = 1) -> list[Need]:
    """The wool that `pieces` of a design need, as its sheet says.

    Costs no query for the designs of `assignments()`.
    """
    return [Need(row.yarn, row.colour, row.grams * pieces) for row in design.wool.all()]


def weighed(needs: Sequence[Need], grams: int) -> list[Need]:
    """`grams` in all, in the proportion of `needs`; the parts add up exactly."""
    whole = sum(need.grams for need in needs)
    parts = [grams * need.grams // whole for need in needs]
    by_remainder = sorted(
        range(len(needs)), key=lambda at: (-(grams * needs[at].grams % whole), at)
    )
    for at in by_remainder[: grams - sum(parts)]:
        parts[at] += 1
    return [
        Need(need.yarn, need.colour, part) for need, part in zip(needs, parts, strict=True) if part
    ]


def held_wool(members: Iterable[int]) -> dict[tuple[int, int, int], int]:
    """Grams in hands by (member, yarn, colour), in one query."""
    rows = Custody.objects.filter(member_id__in=list(members), grams__gt=0).values_list(
        "member_id", "lot__yarn_id", "lot__colour_id"
    )
    return {
        (member, yarn, colour): held
        for member, yarn, colour, held in rows.annotate(held=Sum("grams"))
    }


def stored_wool() -> dict[tuple[int, int], int]:
    """Grams in the store by (yarn, colour), in one query."""
    rows = WoolLot.objects.filter(store_g__gt=0).order_by().values_list("yarn_id", "colour_id")
    return {(yarn, colour): grams for yarn, colour, grams in rows.annotate(grams=Sum("store_g"))}


@dataclass(frozen=True)
class Short:
    """Wool of which open work needs more than there is: grams needed, and there."""

    yarn: Yarn
    colour: Colour
    needed: int
    there: int


def short_keys() -> list[tuple[int, int, int, int]]:
    """Yarn, colour, grams needed and there of what does not suffice for the open work.

    What members have in their hands counts; work that has passed the checker has used its wool
    already. Two queries.
    """
    rest = F("quantity") - F("passed")
    wool = "variant__design__wool"
    needs = (
        WorkOrder.objects.filter(status=WorkOrder.Status.OPEN)
        .order_by()
        .values_list(f"{wool}__yarn", f"{wool}__colour")
        .annotate(grams=Sum(rest * F(f"{wool}__grams")))
    )
    lots = WoolLot.objects.order_by().values_list("yarn", "colour")
    there = {
        (yarn, colour): grams
        for yarn, colour, grams in lots.annotate(grams=Sum(F("store_g") + F("held_g")))
    }
    return [
        (yarn, colour, grams, there.get((yarn, colour), 0))
        for yarn, colour, grams in needs
        if grams and grams > there.get((yarn, colour), 0)
    ]


def short_wool() -> list[Short]:
    """The same by name: four queries, or two if all suffices."""
    short = short_keys()
    if not short:
        return []
    yarns = Yarn.objects.in_bulk({one[0] for one in short})
    colours = Colour.objects.in_bulk({one[1] for one in short})
    return [Short(yarns[yarn], colours[colour], *grams) for yarn, colour, *grams in short]


def missing_wool(member: Member, needs: Iterable[Need]) -> list[Wool]:
    """What of `needs` she does not have."""
    held = held_wool([member.pk])
    rows = [
        Wool(
            need.yarn,
            need.colour,
            need.grams,
            held.get((member.pk, need.yarn.pk, need.colour.pk), 0),
        )
        for need in needs
    ]
    return [row for row in rows if row.missing]


def wool_to_fetch(member: Member) -> list[Wool]:
    """What all the work that she has taken on needs, and she does not have; by colour."""
    needed: dict[tuple[int, int], Need] = {}
    taken = assignments().filter(member=member, status=Assignment.Status.TAKEN)
    for row in taken.filter(passed__lt=F("quantity")).order_by("due_on", "pk"):
        for need in needs_of(row.work_order.variant.design, row.quantity - row.passed):
            before = needed.get(need.key)
            grams = need.grams + (before.grams if before else 0)
            needed[need.key] = Need(need.yarn, need.colour, grams)
    return missing_wool(member, needed.values())


# Who has what ----------------------------------------------------------------------------------
def _of(rows: QuerySet[Assignment], who: str) -> QuerySet[Assignment]:
    """Only those of members whose name or code contains `who`."""
    if not who:
        return rows
    return rows.filter(Q(member__name__icontains=who) | Q(member__code__iexact=who))


def assignments() -> QuerySet[Assignment]:
    """Assignments with everything that a list shows, their wool too."""
    design = "work_order__variant__design"
    return Assignment.objects.select_related(
        "member__user__pin_card",
        design,
        "work_order__variant__product__image",
        "work_order__variant__colour",
    ).prefetch_related(f"{design}__wool__yarn", f"{design}__wool__colour")


def offered(who: str = "") -> QuerySet[Assignment]:
    """Offers that wait for an answer, soonest due first."""
    waiting = assignments().filter(status=Assignment.Status.OFFERED)
    return _of(waiting, who).order_by("due_on", "pk")


def waiting_wishes() -> QuerySet[DayWish]:
    """Later days that members ask for, and that nobody has answered."""
    return DayWish.objects.filter(status=DayWish.Status.WAITING)


def last_wishes(assignments: Iterable[Assignment]) -> dict[int, DayWish]:
    """The last wish for each assignment, if there was one, in one query."""
    keys = [one.pk for one in assignments]
    wishes = DayWish.objects.filter(assignment__in=keys).exclude(status=DayWish.Status.DROPPED)
    return {one.assignment_id: one for one in wishes.order_by("pk")}


@working.source
def at_work() -> QuerySet[Any]:
    """The members who took work on that is not all good yet."""
    busy = Assignment.objects.filter(status=Assignment.Status.TAKEN, passed__lt=F("quantity"))
    return busy.order_by().values("member")


def being_knitted(who: str = "", until: date | None = None) -> QuerySet[Assignment]:
    """Taken on, with pieces still to come, soonest first; `until`: due by that day."""
    coming = assignments().filter(status=Assignment.Status.TAKEN, delivered__lt=F("quantity"))
    if until:
        coming = coming.filter(due_on__lte=until)
    return _of(coming, who).order_by("due_on", "pk")


def of_member(member: Member) -> QuerySet[Assignment]:
    """Her work: what is offered to her first, then what she has taken on, soonest first."""
    return (
        assignments()
        .filter(member=member, status__in=[Assignment.Status.OFFERED, Assignment.Status.TAKEN])
        .order_by("status", "due_on", "pk")
    )


@dataclass(frozen=True)
class Want:
    """An assignment whose wool is not all with its member."""

    assignment: Assignment
    wool: list[Wool]


def wool_wanted(who: str = "") -> list[Want]:
    """Taken work whose wool is still to be handed out, soonest due first.

    What a member has counts for what is due first. Six queries, however long the list.
    """
    taken = assignments().filter(status=Assignment.Status.TAKEN, passed__lt=F("quantity"))
    rows = list(_of(taken, who).order_by("due_on", "pk"))
    left = held_wool({row.member_id for row in rows})
    store = stored_wool()
    wants = []
    for row in rows:
        wool = []
        for need in needs_of(row.work_order.variant.design, row.quantity - row.passed):
            key = (row.member_id, *need.key)
            held = min(left.get(key, 0), need.grams)
            left[key] = left.get(key, 0) - held
            wool.append(Wool(need.yarn, need.colour, need.grams, held, store.get(need.key, 0)))
        if any(one.missing for one in wool):
            wants.append(Want(row, wool))
    return wants


# Pieces ----------------------------------------------------------------------------------------
#: Deliveries to check on one page, pieces of them at once, and pieces that are being mended.
CHECK_SIZE, MOST_PIECES, MEND_SIZE = 10, 400, 30


def _pieces() -> QuerySet[Piece]:
    return Piece.objects.select_related(
        "maker__user__pin_card", "variant__design", "variant__product", "variant__colour"
    ).prefetch_related("variant__design__wool", "inspections")


def waiting_pieces(assignment: Assignment) -> QuerySet[Piece]:
    """Pieces of an assignment that wait for the checker."""
    return _pieces().filter(source=source_of(assignment), place=Piece.Place.CHECKER).order_by("pk")


def page_to_check(number: str | None, *, who: str = "") -> tuple[Page[Any], list[Piece]]:
    """Deliveries that wait for the checker, what came first on top, and the pieces of a page.

    `who` is part of a maker's name, or her code. Of a very large delivery the first pieces come;
    the rest moves up when they are judged.
    """
    waiting = _of_maker(_pieces().filter(place=Piece.Place.CHECKER), who)
    sources = waiting.order_by().values("source").annotate(came=Min("delivered_on"))
    page = Paginator(sources.order_by("came", "source"), CHECK_SIZE).get_page(number)
    shown = waiting.filter(source__in=[one["source"] for one in page])
    return page, list(shown.order_by("delivered_on", "source", "pk")[:MOST_PIECES])


def _of_maker(pieces: QuerySet[Piece], who: str) -> QuerySet[Piece]:
    if not who:
        return pieces
    return pieces.filter(Q(maker__name__icontains=who) | Q(maker__code__iexact=who))


def being_mended(who: str = "") -> QuerySet[Piece]:
    """Pieces that are with their makers to be mended."""
    pieces = _of_maker(_pieces().filter(place=Piece.Place.MAKER), who)
    return pieces.order_by("pk")[:MEND_SIZE]


def with_assignments(pieces: Iterable[Piece]) -> list[tuple[Piece, Assignment]]:
    """Pieces and what they were knitted for (one query more)."""
    found = list(pieces)
    rows = assignments().in_bulk({assignment_id_of(piece) for piece in found})
    return [(piece, rows[assignment_id_of(piece)]) for piece in found]
