"""Customers of the year: baskets, transfers, pick-ups, parcels, and the hotel's big orders."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from catalog.models import Piece, Product, Variant
from coop.demo import read
from coop.demo.people import People
from coop.demo.story import Act, Story
from coop.rules.queries import rules_on
from orders.shop.models import Buyer, Order, ReceivedPayment, ShippingRate
from orders.shop.services import (
    Customer,
    NewPayment,
    add_to_cart,
    cancel_order,
    order_from_csv,
    place_order,
    record_payment,
    release_unpaid,
    ship_order,
    start_cart,
)

Method = Order.Method
Received = ReceivedPayment.Method

#: What goes into baskets, by the category's slug: how likely, and at most how many.
TASTES: Mapping[str, tuple[int, int]] = {
    "finger-puppets": (40, 5),
    "little-animals": (22, 2),
    "chullos": (14, 1),
    "gloves-mittens": (13, 1),
    "shawls-scarves": (8, 1),
    "blankets": (3, 1),
}
CARRIER = "Agencia Cruz del Altiplano"
#: The hotel's orders: so many days before today, so many of each puppet.
HOTEL_ORDERS = {260: 10, 150: 10, 40: 12, 16: 25}
HOTEL_WANTS_IN = 42


@dataclass
class Counter:
    """Everything that happens between the house and its customers."""

    story: Story
    people: People
    variants: list[Variant]
    buyer: Buyer
    rates: Mapping[str, ShippingRate]
    _operations: int = 104_230

    # Customers -------------------------------------------------------------------------------
    def plan_orders(self) -> None:
        """Spread the retail orders over the story."""
        days = (self.story.today - self.story.first_day).days - 5
        for number in range(self.story.scale.orders):
            place = self.story.rng.randrange(max(1, days))
            day = self.story.first_day + timedelta(days=5 + place)
            self.story.calendar.put(day, self._customer(number))

    def _customer(self, number: int) -> Act:
        customers = read.data("customers")["customers"]
        one = customers[number % len(customers)]

        def come(day: date) -> None:
            picks_up = self.story.chance(22)
            self.comes(one, self.basket(), f"demo:order:{number}", day, picks_up=picks_up)

        return come

    def basket(self) -> list[tuple[Variant, int]]:
        """One to three things, each of another product."""
        chosen: dict[int, tuple[Variant, int]] = {}
        for _number in range(self.story.rng.choice((1, 1, 2, 2, 3))):
            variant = self._something()
            most = TASTES[variant.product.category.slug][1]
            chosen[variant.product_id] = (variant, self.story.rng.randint(1, most))
        return list(chosen.values())

    def _something(self) -> Variant:
        slugs = {one.product.category.slug for one in self.variants}
        tastes = {slug: taste for slug, (taste, _most) in TASTES.items() if slug in slugs}
        slug = self.story.rng.choices(list(tastes), weights=list(tastes.values()))[0]
        able = [
            one
            for one in self.variants
            if one.product.category.slug == slug and one.product.kind != Product.Kind.UNIQUE
        ]
        return self.story.rng.choice(able)

    def comes(
        self,
        one: Mapping[str, Any],
        wanted: list[tuple[Variant, int]],
        reference: str,
        day: date,
        *,
        picks_up: bool = False,
    ) -> Order:
        """A customer orders; what follows is put down."""
        order = self.orders(one, wanted, reference, day, picks_up=picks_up)
        if not picks_up and not self.story.chance(6):
            pays = self.story.soon(day, 0, rules_on(day).transfer_hold_days - 2)
            self.story.calendar.put(pays, self._pays(order))
        if self.story.chance(3):
            self.story.calendar.put(day + timedelta(days=1), self._thinks_again(order))
        return order

    def orders(
        self,
        one: Mapping[str, Any],
        wanted: list[tuple[Variant, int]],
        reference: str,
        day: date,
        *,
        picks_up: bool = False,
    ) -> Order:
        """Put `wanted` into a basket and order it."""
        cart = start_cart()
        for variant, quantity in wanted:
            add_to_cart(cart=cart, variant=variant, quantity=quantity)
        is_near = one["language"] == "es"
        rate = "pick-up" if picks_up else "peru" if is_near else "world"
        return place_order(
            cart=cart,
            customer=Customer(name=one["name"], email=one["email"], address=one["address"]),
            method=Method.PICK_UP if picks_up else Method.TRANSFER,
            delivery=self.rates[rate],
            reference=reference,
            language=one["language"],
            on=day,
        )

    # Money -----------------------------------------------------------------------------------
    def operation(self) -> str:
        """The next operation number of the demo's bank."""
        self._operations += self.story.rng.randint(3, 97)
        return f"{self._operations:08}"

    def _pays(self, order: Order) -> Act:
        def pay(day: date) -> None:
            order.refresh_from_db()
            if order.status == Order.Status.PLACED:
                self.pays(order, day)

        return pay

    def pays(self, order: Order, day: date) -> None:
        """The transfer came in."""
        record_payment(
            order=order,
            amount=order.outstanding,
            method=Received.TRANSFER,
            reference=self.operation(),
            actor=self.people.treasurer,
            on=day,
        )

    def _thinks_again(self, order: Order) -> Act:
        def cancel(day: date) -> None:
            order.refresh_from_db()
            if order.status in {Order.Status.PLACED, Order.Status.CONFIRMED}:
                why = "Lo pidió quien compró." if order.language == "es" else "The customer asked."
                cancel_order(order=order, actor=self.people.treasurer, why=why, on=day)

        return cancel

    # Parcels ---------------------------------------------------------------------------------
    def plan_week(self, monday: date) -> None:
        """Parcels leave on Tuesday and Friday; unpaid orders are let go on Saturday."""
        for place, act in ((1, self.ship_ready), (4, self.ship_ready), (5, self._let_go)):
            self.story.calendar.put(monday + timedelta(days=place), act)

    def _let_go(self, day: date) -> None:
        release_unpaid(on=day)

    def ship_ready(self, day: date) -> None:
        """Everything that is ready leaves, or is picked up."""
        for order in Order.objects.filter(status=Order.Status.READY).order_by("number"):
            self.ship(order, day)

    def ship(self, order: Order, day: date) -> None:
        """Send it, or hand it over for cash; the hotel pays when its days are over."""
        payment = None
        if order.outstanding and order.is_pick_up:
            payment = NewPayment(order.outstanding, Received.CASH, f"C-{order.number}")
        ship_order(
            order=order,
            actor=self.people.secretary,
            on=day,
            carrier="" if order.is_pick_up else CARRIER,
            tracking="" if order.is_pick_up else f"CA-{order.number:05}",
            payment=payment,
        )
        if order.method == Method.TERMS:
            order.refresh_from_db()
            due = self.story.soon(day, self.buyer.terms_days - 6, self.buyer.terms_days)
            self.story.calendar.put(due, lambda on: self.pays(order, on))

    # The hotel -------------------------------------------------------------------------------
    def plan_hotel(self) -> None:
        """The hotel's orders: the last is being knitted, the one before it is to be paid."""
        for days_ago, pieces in HOTEL_ORDERS.items():
            day = self.story.today - timedelta(days=days_ago)
            if day > self.story.first_day:
                self.story.calendar.put(day, self._hotel(pieces))

    def _hotel(self, pieces: int) -> Act:
        def order(day: date) -> None:
            share = max(1, pieces * len(self.people.knitters) // 29)
            order_from_csv(
                buyer=self.buyer,
                data=self.hotel_list(share, day + timedelta(days=HOTEL_WANTS_IN)),
                reference=f"demo:hotel:{day}",
                actor=self.buyer.user,
                on=day,
            )

        return order

    def hotel_list(self, pieces: int, wanted_on: date) -> bytes:
        """Her file: so many of each puppet, for a day."""
        out = io.StringIO()
        writer = csv.writer(out, delimiter=";")
        writer.writerow(["design", "quantity", "date"])
        for one in self.variants:
            if one.product.category.slug == "finger-puppets":
                writer.writerow([one.sku, pieces, wanted_on.isoformat()])
        return out.getvalue().encode()

    # One of a kind ---------------------------------------------------------------------------
    def sell_unique(self, variant: Variant, day: date) -> None:
        """Somebody far away falls in love with a shawl, if it is there."""
        if Piece.objects.free().filter(variant=variant).exists():
            customers = read.data("customers")["customers"]
            one = next(who for who in customers if who["language"] == "en")
            order = self.orders(one, [(variant, 1)], f"demo:unique:{variant.sku}", day)
            pays = self.story.soon(day, 1, 2)
            self.story.calendar.put(pays, self._pays(order))


def write_rates() -> dict[str, ShippingRate]:
    """The ways in which orders reach their customers."""
    return {
        one["key"]: ShippingRate.objects.create(
            key=one["key"],
            name_es=one["name_es"],
            name_en=one["name_en"],
            amount_minor=int(read.soles(one["amount"]).amount * 100),
            is_pick_up=one.get("is_pick_up", False),
            position=position,
        )
        for position, one in enumerate(read.data("house")["shipping"])
    }
