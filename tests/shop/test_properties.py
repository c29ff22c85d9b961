"""Whatever customers and the office do, in any order: no piece twice, no céntimo lost."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from catalog.models import Piece
from coop.kit.errors import Refusal
from coop.kit.money import from_minor, total
from orders.production.models import WorkOrder
from orders.shop.models import Order, ReceivedPayment
from orders.shop.services import (
    NewPayment,
    Wanted,
    cancel_order,
    order_for_buyer,
    release_unpaid,
    ship_order,
)
from tests.factories.shop import Method, Shop, balance, findings, soles

some = st.integers(0, 5)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("knit"), some, st.integers(1, 3)),
        st.tuples(st.just("order"), st.lists(st.tuples(some, st.integers(1, 4)), max_size=3), some),
        st.tuples(st.just("hotel"), some, st.integers(1, 4)),
        st.tuples(st.just("pay"), some, st.integers(1, 60_000)),
        st.tuples(st.just("pay_all"), some, some),
        st.tuples(st.just("make"), some, some),
        st.tuples(st.just("cancel"), some, some),
        st.tuples(st.just("ship"), some, some),
        st.tuples(st.just("let_go"), some, some),
    ),
    max_size=14,
)


class Life:
    """Acts on a shop at random; what the house refuses is a step that changed nothing."""

    def __init__(self, shop: Shop, hotel: Any) -> None:
        self.shop, self.hotel = shop, hotel
        self.variants = [shop.puppet, shop.chullo, shop.shawl]
        self.done = 0

    def any_order(self, place: int) -> Order:
        """One of the orders there are."""
        orders = list(Order.objects.order_by("pk"))
        if not orders:
            raise Refusal("no order yet")
        return orders[place % len(orders)]

    def knit(self, which: int, pieces: int) -> None:
        variant = self.variants[which % 3]
        if variant == self.shop.shawl:
            if Piece.objects.filter(variant=variant).exists():
                return
            pieces = 1
        self.shop.knit(variant, pieces)

    def order(self, wanted: list[tuple[int, int]], how: int) -> None:
        lines = [(self.variants[which % 3], number) for which, number in wanted]
        if how % 2:
            self.shop.order(*lines)
        else:
            self.shop.pick_up_order(*lines)

    def hotel_orders(self, which: int, pieces: int) -> None:
        order_for_buyer(
            buyer=self.hotel,
            wanted=[Wanted(self.variants[which % 2], pieces, 1000)],
            reference=f"hotel:{self.done}",
            actor=self.hotel.user,
        )

    def pay(self, place: int, amount_minor: int) -> None:
        method = "cash" if amount_minor % 2 else "transfer"
        self.shop.pay(self.any_order(place), from_minor(amount_minor), method=method)

    def pay_all(self, place: int, _other: int) -> None:
        self.shop.pay(self.any_order(place))

    def make(self, place: int, _other: int) -> None:
        work = list(WorkOrder.objects.filter(status="open").order_by("pk"))
        if work:
            self.shop.finish(work[place % len(work)], 1)

    def cancel(self, place: int, _other: int) -> None:
        cancel_order(order=self.any_order(place), actor=self.shop.treasurer, why="Chance.")

    def ship(self, place: int, pays: int) -> None:
        order = self.any_order(place)
        payment = NewPayment(order.outstanding, "cash", f"C-{self.done}") if pays else None
        ship_order(order=order, actor=self.shop.treasurer, payment=payment)

    def let_go(self, _place: int, _other: int) -> None:
        release_unpaid(on=self.shop.day)

    def step(self, what: str, first: Any, second: Any) -> None:
        """One thing happens, or is refused."""
        self.done += 1
        act: Callable[[Any, Any], None] = getattr(self, {"hotel": "hotel_orders"}.get(what, what))
        try:
            with transaction.atomic():
                act(first, second)
        except Refusal:
            return


def check_pieces(shop: Shop) -> None:
    """Reserved and sold pieces exist, and no line has more than it asks for."""
    for order in Order.objects.prefetch_related("lines"):
        for line in order.lines.all():
            mine = Piece.objects.filter(reserved_for=line.key, variant=line.variant)
            assert mine.count() == line.allocated <= line.quantity
            if order.status == Order.Status.SHIPPED:
                assert mine.filter(place=Piece.Place.SOLD).count() == line.quantity
    taken = Piece.objects.exclude(reserved_for="").count()
    assert taken + Piece.objects.free().count() == Piece.objects.count()
    assert Piece.objects.filter(variant=shop.shawl).exclude(reserved_for="").count() <= 1


def check_money() -> None:
    """What came in is somewhere: given back, deposited, or earned."""
    kept = ReceivedPayment.objects.filter(refunds__isnull=True)
    assert balance("bank") + balance("cash") == total(one.amount for one in kept)
    assert balance("bank") + balance("cash") + balance("receivable") == (
        balance("customer_deposits") + balance("sales") + balance("shipping_charged")
    )
    shipped = Order.objects.filter(status=Order.Status.SHIPPED)
    assert balance("sales") + balance("shipping_charged") == total(one.total for one in shipped)
    on_terms = shipped.filter(method=Method.TERMS)
    assert balance("receivable") == total(one.outstanding for one in on_terms)
    waiting = Order.objects.exclude(status=Order.Status.SHIPPED)
    assert balance("customer_deposits") == total(one.paid for one in waiting)
    sold = Piece.objects.filter(place=Piece.Place.SOLD)
    assert balance("cost_of_sales") == total(from_minor(one.cost_minor) for one in sold)
    stock = Piece.objects.filter(place=Piece.Place.STORE)
    assert balance("finished_pieces") == total(from_minor(one.cost_minor) for one in stock)


@given(steps=STEPS)
def test_no_piece_is_promised_twice_and_no_money_is_lost(shop: Shop, steps: list) -> None:
    hotel = None
    with transaction.atomic():
        hotel = shop.buyer()
        life = Life(shop, hotel)
        for what, first, second in steps:
            life.step(what, first, second)
        check_pieces(shop)
        check_money()
        assert findings() == []
        transaction.set_rollback(True)


def test_the_sums_are_not_empty_words(shop: Shop) -> None:
    """A fixed walk through all of it, so that the property is known to reach every end."""
    life = Life(shop, shop.buyer())
    for step in [
        ("knit", 0, 3),
        ("knit", 2, 1),
        ("order", [(0, 2), (2, 1)], 1),
        ("order", [(2, 1)], 1),
        ("order", [(1, 2)], 0),
        ("hotel", 0, 3),
        ("pay", 0, 100),
        ("pay_all", 0, 0),
        ("make", 0, 0),
        ("make", 0, 0),
        ("make", 0, 0),
        ("make", 0, 0),
        ("ship", 0, 0),
        ("ship", 1, 1),
        ("ship", 2, 0),
        ("pay", 2, 500),
        ("order", [(1, 1)], 1),
        ("pay_all", 3, 0),
        ("cancel", 3, 0),
    ]:
        life.step(*step)

    check_pieces(shop)
    check_money()
    assert list(Order.objects.order_by("pk").values_list("status", flat=True)) == [
        "shipped",
        "shipped",
        "shipped",
        "cancelled",
    ]
    assert balance("receivable") == soles("25.00")
    assert findings() == []
