"""The work of the year: opened for stock, shared out, taken on, knitted, brought, checked."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, F, Q, Sum

from catalog.models import Piece, Product, Variant
from coop.demo.people import People
from coop.demo.story import Act, Story
from coop.demo.wool import Grams, Storeroom, in_store
from coop.kit.days import month_of
from coop.members.models import Member
from coop.people.models import User
from coop.quotas.models import Capacity
from coop.quotas.services import offer_hours
from coop.wool.services import Need, issue_needs
from orders.production.models import Assignment, WorkOrder
from orders.production.planning import Share
from orders.production.services import (
    assign,
    decline,
    deliver,
    open_work,
    pass_piece,
    plan_assignments,
    redeliver,
    send_to_mend,
    take_on,
)

#: How many free pieces of each variant thirty members keep ready, by the category's slug.
STOCK = {"finger-puppets": 5, "little-animals": 2, "chullos": 2, "gloves-mittens": 1}
_STOCK_OTHERWISE = 1

MENDING = (
    "Una oreja está floja: coser otra vez.",
    "Se escapó un punto en la tercera vuelta.",
    "El remate de abajo aprieta, aflojar.",
    "Quedó una hebra suelta por dentro.",
    "La borla se mueve: asegurar el nudo.",
)
DECLINING = ("Este mes no alcanzo.", "Tengo cosecha.", "Prefiero otro modelo.", "")


@dataclass
class Workshop:
    """From the work order to the checked piece."""

    story: Story
    people: People
    storeroom: Storeroom
    stocked: list[Variant]
    _busy_until: dict[int, date] = field(default_factory=dict)
    _waiting: list[Assignment] = field(default_factory=list)
    _with_wool: set[int] = field(default_factory=set)

    # Opening and sharing out -----------------------------------------------------------------
    def plan_week(self, monday: date) -> None:
        """What is done every week."""
        calendar = self.story.calendar
        calendar.put(monday, self.restock)
        calendar.put(monday, self.share_out)
        calendar.put(monday + timedelta(days=3), self.share_out)
        calendar.put(monday + timedelta(days=4), self.hand_out_what_came)

    def restock(self, day: date) -> None:
        """Open work for what the shop has too little of."""
        free = dict(
            Variant.objects.filter(pk__in=[one.pk for one in self.stocked])
            .annotate(
                free=Count("pieces", filter=Q(pieces__place="store", pieces__reserved_for=""))
            )
            .values_list("pk", "free")
        )
        coming = dict(
            WorkOrder.objects.filter(status=WorkOrder.Status.OPEN, reference__startswith="stock:")
            .values_list("variant_id")
            .annotate(coming=Sum(F("quantity") - F("passed")))
        )
        for variant in self.stocked:
            wanted = self._wanted_in_stock(variant)
            missing = wanted - free[variant.pk] - coming.get(variant.pk, 0)
            if missing >= max(1, wanted // 2):
                self.open_for_stock(variant, missing, day)

    def _wanted_in_stock(self, variant: Variant) -> int:
        of_thirty = STOCK.get(variant.product.category.slug, _STOCK_OTHERWISE)
        return max(1, of_thirty * min(30, len(self.people.members)) // 30)

    def open_for_stock(self, variant: Variant, quantity: int, day: date) -> WorkOrder:
        """Have some pieces knitted that nobody ordered yet."""
        return open_work(
            variant=variant,
            quantity=quantity,
            due_on=day + timedelta(days=28),
            reference=f"stock:demo:{day}:{variant.sku}",
            actor=self.people.secretary,
            on=day,
        )

    def share_out(self, day: date) -> None:
        """Offer the open work by the fair plan; each answers in her own time."""
        for assignment in self.offer(day):
            self.story.calendar.put(self.story.soon(day, 0, 2), self._answers(assignment))

    def offer(self, day: date) -> list[Assignment]:
        """Offer the open work by the fair plan."""
        plan = plan_assignments(on=day)
        return assign(plan=plan, actor=self.people.secretary, on=day) if plan.shares else []

    def knit_one_of_a_kind(self, variant: Variant, day: date) -> None:
        """Whoever masters it and has most time gets the wool for her own idea."""
        order = self.open_for_stock(variant, 1, day)
        design = variant.design
        able = [
            one
            for one in self.people.knitters
            if self._level(one, design.technique.key) >= design.level
        ]
        maker = max(able, key=lambda one: (self.people.data[one.code].hours, one.code))
        self._make_time(maker, design.minutes, day)
        share = Share(
            work_order_id=order.pk,
            member_id=maker.pk,
            month=month_of(day),
            quantity=1,
            minutes=design.minutes,
            due_on=day + timedelta(days=22),
        )
        for assignment in assign(plan=[share], actor=self.people.secretary, on=day):
            self.takes_on(assignment, day)
            self.story.calendar.put(day, self._hands_out(assignment))

    def _level(self, member: Member, technique: str) -> int:
        return (self.people.data[member.code].skills or {}).get(technique, 0)

    def _make_time(self, maker: Member, minutes: int, day: date) -> None:
        """She offers as many hours more as it takes."""
        month = Capacity.objects.get(member=maker, month=month_of(day))
        if month.free_minutes < minutes:
            offer_hours(
                member=maker,
                month=month.month,
                minutes=month.promised_minutes + minutes,
                actor=self.people.secretary,
                on=day,
            )

    # Taking on -------------------------------------------------------------------------------
    def _answers(self, assignment: Assignment) -> Act:
        def answer(day: date) -> None:
            assignment.refresh_from_db()
            if assignment.status != Assignment.Status.OFFERED:
                return
            if self.story.chance(5):
                self.declines(assignment, day)
            else:
                self.takes_on(assignment, day)
                self.story.calendar.put(self.story.soon(day, 0, 1), self._hands_out(assignment))

        return answer

    def declines(self, assignment: Assignment, day: date) -> None:
        """She says no, with or without a reason."""
        note = self.story.rng.choice(DECLINING)
        decline(assignment=assignment, actor=assignment.member.user, on=day, note=note)

    def takes_on(self, assignment: Assignment, day: date) -> None:
        """She says yes."""
        take_on(assignment=assignment, actor=assignment.member.user, on=day)

    # Wool ------------------------------------------------------------------------------------
    def _hands_out(self, assignment: Assignment) -> Act:
        return lambda day: self.hand_out(assignment, day)

    def hand_out(self, assignment: Assignment, day: date) -> None:
        """Wool for the whole assignment; if it is short, somebody goes and we try again."""
        variant = assignment.work_order.variant
        needed = self.storeroom.needed_for(variant, assignment.quantity)
        if needed - in_store():
            self._waiting.append(assignment)
            self.storeroom.fetch_missing(self._all_waiting(), day)
            return
        self._with_wool.add(assignment.pk)
        issue_needs(
            member=assignment.member,
            needs=self._needs(needed),
            actor=self.people.storekeeper,
            on=day,
            reference=f"assignment:{assignment.pk}:wool",
        )
        self._plan_deliveries(assignment, day)

    def on_needles(self) -> list[Assignment]:
        """What somebody has wool for and still knits, soonest first."""
        return list(
            Assignment.objects.filter(
                pk__in=self._with_wool,
                status=Assignment.Status.TAKEN,
                delivered__lt=F("quantity"),
            ).order_by("due_on", "pk")
        )

    def hand_out_what_came(self, day: date) -> None:
        """Wool may have come for those who wait."""
        waiting, self._waiting = self._waiting, []
        for assignment in waiting:
            self.hand_out(assignment, day)

    def _all_waiting(self) -> Grams:
        needed: Grams = Grams()
        for one in self._waiting:
            needed += self.storeroom.needed_for(one.work_order.variant, one.quantity)
        return needed

    def _needs(self, needed: Grams) -> list[Need]:
        catalogue = self.storeroom.catalogue
        return [
            Need(catalogue.yarns[yarn], catalogue.colours[colour], grams)
            for (yarn, colour), grams in needed.items()
        ]

    # Knitting --------------------------------------------------------------------------------
    def _plan_deliveries(self, assignment: Assignment, day: date) -> None:
        """She knits one thing after the other, some hours a day, and brings what is done."""
        member_id = assignment.member_id
        hours = self.people.data[assignment.member.code].hours
        a_day = max(60, hours * 60 * 13 // 10 // 30)
        minutes = assignment.promised_minutes // assignment.quantity
        begins = max(day, self._busy_until.get(member_id, day))
        left, done = assignment.quantity, 0
        brings = day
        while left:
            batch = min(left, max(1, a_day * 7 // minutes))
            left, done = left - batch, done + batch
            brings = begins + timedelta(days=-(-done * minutes // a_day))
            brings = max(day + timedelta(days=1), min(brings, assignment.due_on))
            self.story.calendar.put(brings, self._brings(assignment, batch))
        self._busy_until[member_id] = brings

    def _brings(self, assignment: Assignment, quantity: int) -> Act:
        def bring(day: date) -> None:
            pieces = self.bring(assignment, quantity, day)
            self.story.calendar.put(self.story.soon(day, 1, 2), self._checks(pieces))

        return bring

    def bring(self, assignment: Assignment, quantity: int, day: date) -> list[Piece]:
        """She hands over what is done."""
        return deliver(
            assignment=assignment, quantity=quantity, actor=self.people.storekeeper, on=day
        )

    # Checking --------------------------------------------------------------------------------
    def _checks(self, pieces: Iterable[Piece]) -> Act:
        def check(day: date) -> None:
            for piece in pieces:
                if self.story.chance(4):
                    self.mend(piece, day)
                    back = self.story.soon(day, 2, 4)
                    self.story.calendar.put(back, self._brings_again(piece))
                else:
                    self.pass_one(piece, day)

        return check

    def _brings_again(self, piece: Piece) -> Act:
        def bring(day: date) -> None:
            redeliver(piece=piece, actor=self.people.storekeeper, on=day)
            self.story.calendar.put(day, lambda on: self.pass_one(piece, on))

        return bring

    def mend(self, piece: Piece, day: date) -> None:
        """The checker finds something."""
        note = self.story.rng.choice(MENDING)
        send_to_mend(piece=piece, checker=self.checker_for(piece), note=note, on=day)

    def pass_one(self, piece: Piece, day: date) -> None:
        """The piece is good."""
        pass_piece(piece=piece, checker=self.checker_for(piece), on=day)

    def checker_for(self, piece: Piece) -> User:
        """A checker who did not knit it."""
        able = [one for one in self.people.checkers if one.pk != piece.maker.user_id]
        return able[piece.pk % len(able)]


def stocked_variants(variants: Iterable[Variant]) -> list[Variant]:
    """What the shop keeps ready."""
    return [one for one in variants if one.product.kind == Product.Kind.STOCK]
