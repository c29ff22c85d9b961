"""Wool comes from Arequipa: money is carried there, lots come back, and the rest of the money."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Sum
from djmoney.money import Money

from catalog.models import Variant
from coop.demo import read
from coop.demo.catalogue import Catalogue
from coop.demo.money import Treasury
from coop.demo.people import People
from coop.demo.read import price_of, soles
from coop.demo.story import Story
from coop.kit.money import total
from coop.members.models import Member
from coop.wool.models import PurchaseTrip, WoolLot
from coop.wool.services import advance_for_trip, buy_lot, return_rest
from ledger import queries
from ledger.services import pay_payment

#: Grams by yarn and colour, each by its key.
Grams = Counter[tuple[str, str]]

_BAG = 250
#: A trip brings what is used in so many months.
_MONTHS_OF_WOOL = Decimal("3.6")
_DAYS_BETWEEN_TRIPS = 84


def sheet_of(variant: Variant) -> Grams:
    """What one piece of a variant needs."""
    rows = variant.design.wool.values_list("yarn__key", "colour__key", "grams")
    return Counter({(yarn, colour): grams for yarn, colour, grams in rows})


def in_store() -> Grams:
    """What lies in the store."""
    rows = WoolLot.objects.filter(store_g__gt=0).values_list("yarn__key", "colour__key")
    return Counter(
        {(yarn, colour): grams for yarn, colour, grams in rows.annotate(grams=Sum("store_g"))}
    )


@dataclass
class Storeroom:
    """Whoever goes to Arequipa, and what she brings."""

    story: Story
    people: People
    catalogue: Catalogue
    treasury: Treasury
    monthly: Grams
    _trips: int = 0
    _on_the_way: Grams = field(default_factory=Counter)
    _sheets: dict[int, Grams] = field(default_factory=dict)

    def needed_for(self, variant: Variant, pieces: int) -> Grams:
        """What so many pieces of a variant need."""
        if variant.pk not in self._sheets:
            self._sheets[variant.pk] = sheet_of(variant)
        one = self._sheets[variant.pk]
        return Counter({key: grams * pieces for key, grams in one.items()})

    def plan_trips(self) -> None:
        """The first trip at once, then every quarter."""
        day = self.story.first_day + timedelta(days=1)
        while day <= self.story.today:
            self.story.calendar.put(day, self.go_for_the_quarter)
            day += timedelta(days=_DAYS_BETWEEN_TRIPS)

    def go_for_the_quarter(self, day: date) -> None:
        """Fetch what is used until the next trip."""
        wanted: Grams = Counter(
            {key: int(grams * _MONTHS_OF_WOOL) for key, grams in self.monthly.items()}
        )
        self.go(wanted - in_store(), day)

    def fetch_missing(self, needed: Grams, day: date) -> None:
        """Something is needed that is not in the store: go again, unless somebody has gone.

        Whoever goes brings along what would run out next.
        """
        coming = in_store() + self._on_the_way
        missing = needed - coming
        if missing:
            soon: Grams = Counter({key: grams * 3 // 2 for key, grams in self.monthly.items()})
            self.go(missing + (soon - coming), day)

    def go(self, wanted: Mapping[tuple[str, str], int], day: date) -> None:
        """Ask for the money today; tomorrow it is signed and paid out, then she travels."""
        bags = {key: -(-grams // _BAG) * _BAG for key, grams in sorted(wanted.items()) if grams > 0}
        if not bags:
            return
        carrier = self._carrier()
        cost = total(price_of(yarn=y, colour=c, grams=g) for (y, c), g in bags.items())
        trip = advance_for_trip(
            carrier=carrier,
            destination=read.data("wool")["destination"],
            amount=_rounded_up(cost),
            from_account=queries.account("bank"),
            due_on=day + timedelta(days=15),
            actor=self.people.treasurer,
            on=day,
        )
        self._on_the_way.update(bags)
        calendar = self.story.calendar
        calendar.put(day + timedelta(days=1), lambda on: self._hand_over(trip, on))
        calendar.put(day + timedelta(days=4), lambda on: self._bring(trip, bags, on))
        calendar.put(day + timedelta(days=5), lambda on: self._settle(trip, on))

    def _carrier(self) -> Member:
        """Another member each time, never one who signs."""
        signers = {one.pk for one in self.people.signers}
        able = [one for one in self.people.knitters if one.user_id not in signers]
        self._trips += 1
        return able[(self._trips * 5) % len(able)]

    def _hand_over(self, trip: PurchaseTrip, day: date) -> None:
        self.treasury.sign(trip.payment, day, self.people.signers)
        pay_payment(payment=trip.payment, actor=self.people.treasurer, on=day)

    def _bring(self, trip: PurchaseTrip, bags: Mapping[tuple[str, str], int], day: date) -> None:
        suppliers = read.data("wool")["suppliers"]
        for place, ((yarn, colour), grams) in enumerate(bags.items()):
            buy_lot(
                trip=trip,
                yarn=self.catalogue.yarns[yarn],
                colour=self.catalogue.colours[colour],
                grams=grams,
                cost=price_of(yarn=yarn, colour=colour, grams=grams),
                supplier=suppliers[place % len(suppliers)],
                actor=self.people.storekeeper,
                on=day,
                reference=f"demo:trip:{trip.pk}:{yarn}:{colour}",
            )
        self._on_the_way.subtract(bags)

    def _settle(self, trip: PurchaseTrip, day: date) -> None:
        trip = PurchaseTrip.objects.select_related("payment").get(pk=trip.pk)
        if trip.outstanding.amount > 0:
            return_rest(trip=trip, amount=trip.outstanding, actor=self.people.treasurer, on=day)


def _rounded_up(cost: Money) -> Money:
    """What is carried: the price and something over, in whole fifties."""
    fifties = int(cost.amount * Decimal("1.06") // 50) + 1
    return soles(str(fifties * 50))
