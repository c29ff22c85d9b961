"""Whatever customers, banks and the office do with cards, in any order: money is conserved.

An independent model in plain Python counts what Stripe must hold and what each order was paid;
after every walk the stand-in, the books and the model agree.
"""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from catalog.models import Piece
from coop.kit.errors import Refusal
from ledger import queries as books
from orders.shop.models import Dispute, Order, Payout, Refund
from orders.shop.providers import provider_of
from orders.shop.providers.stripe.disputes import settle_dispute
from orders.shop.providers.stripe.payouts import settle_payout
from orders.shop.providers.stripe.refunds import send
from orders.shop.services import BackLine, cancel_order, request_refund, ship_order
from tests.factories.cards import CardShop
from tests.factories.shop import findings, soles
from tests.fake_stripe import ControlRefused

CURRENCIES = ("PEN", "BOB", "USD", "EUR", "GBP")
KINDS = [
    "knit",
    "order",
    "order_far",
    "pay",
    "decline",
    "hear",
    "expire",
    "let_go",
    "refund_line",
    "goodwill",
    "cancel",
    "ship",
    "dispute",
    "decide",
    "payout",
]
STEPS = st.lists(
    st.tuples(st.sampled_from(KINDS), st.integers(0, 5), st.integers(0, 4)), max_size=16
)


class Model:
    """What must be true, counted apart: by order what was paid and given back, by currency what
    Stripe holds of it without its fees.
    """

    def __init__(self) -> None:
        self.paid: dict[int, int] = {}
        self.back: dict[int, int] = {}

    def came(self, order: Order) -> None:
        self.paid[order.pk] = order.total_minor

    def went(self, order: Order, amount_minor: int) -> None:
        self.back[order.pk] = self.back.get(order.pk, 0) + amount_minor


class Life:
    """Acts at random; what the house or Stripe refuses is a step that changed nothing."""

    def __init__(self, cards: CardShop) -> None:
        self.cards, self.model, self.done = cards, Model(), 0
        self.variants = [cards.puppet, cards.chullo, cards.shawl]

    def any_order(self, place: int) -> Order:
        orders = list(Order.objects.order_by("pk"))
        if not orders:
            raise Refusal("no order yet")
        return orders[place % len(orders)]

    def knit(self, which: int, pieces: int) -> None:
        variant = self.variants[which % 3]
        if variant == self.cards.shawl and Piece.objects.filter(variant=variant).exists():
            return
        self.cards.knit(variant, 1 if variant == self.cards.shawl else pieces + 1)

    def order(self, which: int, pieces: int) -> None:
        self._order(which, pieces, "PEN")

    def order_far(self, which: int, pieces: int) -> None:
        self._order(which, pieces, CURRENCIES[(which + pieces) % 5])

    def _order(self, which: int, pieces: int, currency: str) -> None:
        variant = self.variants[which % 3]
        count = 1 if variant == self.cards.shawl else pieces + 1
        order = self.cards.card_order((variant, count), currency=currency)
        provider_of(order).begin(order)

    def pay(self, place: int, _other: int) -> None:
        order = self.any_order(place)
        before = order.card_sessions.filter(status="open").exists()
        if before and self.cards.pay_page(order) == "":
            self.model.came(order)

    def decline(self, place: int, _other: int) -> None:
        order = self.any_order(place)
        if order.card_sessions.filter(status="open").exists() and order.pk not in self.model.paid:
            self.cards.pay_page(order, "4000000000000002")

    def hear(self, place: int, times: int) -> None:
        order = self.any_order(place)
        if order.card_sessions.exclude(stripe_id=None).exists():
            for _time in range(times + 1):
                self.cards.come_back(order)

    def expire(self, _place: int, _other: int) -> None:
        self.cards.fake.close_pages()

    def let_go(self, place: int, _other: int) -> None:
        provider_of(self.any_order(place)).close(self.any_order(place))

    def _give_back(self, order: Order, **what: Any) -> None:
        refunds = request_refund(
            order=order,
            key=f"step:{self.done}",
            actor=self.cards.treasurer,
            why="Chance.",
            **what,
        )
        for refund in refunds:
            send(refund)
            self.model.went(order, refund.amount_minor)

    def refund_line(self, place: int, pieces: int) -> None:
        order = self.any_order(place)
        line = order.lines.get()
        came = 1 if order.status == Order.Status.SHIPPED and pieces % 2 else 0
        self._give_back(order, lines=[BackLine(line.pk, pieces % 2 + 1, came)])

    def goodwill(self, place: int, amount: int) -> None:
        order = self.any_order(place)
        one = soles("1.00") if order.currency == "PEN" else order.total / 50
        self._give_back(order, goodwill=round(one, 2) * (amount + 1))

    def cancel(self, place: int, _other: int) -> None:
        order = self.any_order(place)
        provider_of(order).close(order)
        order.refresh_from_db()
        left = order.paid_minor
        cancel_order(order=order, actor=self.cards.treasurer, why="Chance.")
        for refund in Refund.objects.filter(payment__order=order, status="waiting"):
            send(refund)
        self.model.went(order, left)

    def ship(self, place: int, _other: int) -> None:
        ship_order(order=self.any_order(place), actor=self.cards.president)

    def dispute(self, place: int, _other: int) -> None:
        order = self.any_order(place)
        payment = order.payments.filter(method="card").first()
        if payment is not None:
            settle_dispute(self.cards.fake.dispute(payment.reference))

    def decide(self, place: int, won: int) -> None:
        open_ones = list(Dispute.objects.filter(outcome="open").order_by("pk"))
        if open_ones:
            one = open_ones[place % len(open_ones)]
            self.cards.fake.close_dispute(one.stripe_id, is_won=bool(won % 2))
            settle_dispute(one.stripe_id)
            settle_dispute(one.stripe_id)

    def payout(self, place: int, _other: int) -> None:
        held = [code for code, amount in self.cards.fake.balance().items() if amount > 0]
        if held:
            settle_payout(self.cards.fake.payout(sorted(held)[place % len(held)].lower()))

    def step(self, what: str, first: int, second: int) -> None:
        """One thing happens, or is refused."""
        self.done += 1
        act: Callable[[int, int], None] = getattr(self, what)
        try:
            act(first, second)
        except (Refusal, ControlRefused):
            return

    def end(self) -> None:
        """Everything that Stripe knows is heard of, as `sync_stripe` would."""
        for order in Order.objects.order_by("pk"):
            if order.card_sessions.exclude(stripe_id=None).exists():
                self.cards.come_back(order)
        for refund in Refund.objects.filter(status="waiting"):
            try:
                send(refund)
            except Refusal:
                continue


def check(life: Life) -> None:
    """Stand-in, books and model agree; pieces are there; refunded is within paid."""
    for currency in CURRENCIES:
        held = books.balance(books.account("stripe", currency))
        assert life.cards.fake.balance().get(currency, 0) == int(held.amount * 100), currency
    for pk, paid in life.model.paid.items():
        order = Order.objects.get(pk=pk)
        came = sum(one.amount_minor for one in order.payments.filter(method="card"))
        assert came == paid
        given = Refund.objects.standing().filter(payment__order=order)
        back = sum(one.amount_minor for one in given)
        assert back <= came
        assert back >= life.model.back.get(pk, 0) or given.filter(status="failed").exists()
    assert Order.objects.filter(paid_minor__gt=0).exclude(pk__in=life.model.paid).count() == 0
    for order in Order.objects.prefetch_related("lines"):
        for line in order.lines.all():
            mine = Piece.objects.filter(reserved_for=line.key, variant=line.variant)
            assert mine.count() == line.allocated
            assert line.allocated + line.cancelled + line.returned <= line.quantity
    for payout in Payout.objects.filter(is_explained=True):
        assert sum(one.net_minor for one in payout.movements.all()) == payout.amount_minor
    assert findings() == []


@given(steps=STEPS)
def test_money_by_card_is_conserved(cards: CardShop, steps: list) -> None:
    # An example of its own transaction, as the test around it: nobody waits for it.
    example = transaction.atomic()
    example._from_testcase = True
    with example:
        life = Life(cards)
        cards.fake.reset()
        for what, first, second in steps:
            life.step(what, first, second)
        life.end()
        check(life)
        transaction.set_rollback(True)


def test_a_walk_that_reaches_every_end(cards: CardShop) -> None:
    """So that the property is known to do something."""
    life = Life(cards)
    for step in [
        ("knit", 0, 4),
        ("knit", 2, 0),
        ("order", 0, 1),
        ("decline", 0, 0),
        ("pay", 0, 0),
        ("hear", 0, 2),
        ("order_far", 1, 1),
        ("pay", 1, 0),
        ("hear", 1, 0),
        ("refund_line", 1, 0),
        ("ship", 0, 0),
        ("refund_line", 0, 1),
        ("order", 2, 0),
        ("expire", 0, 0),
        ("hear", 2, 0),
        ("order", 2, 0),
        ("pay", 3, 0),
        ("hear", 3, 0),
        ("dispute", 3, 0),
        ("decide", 0, 0),
        ("payout", 0, 0),
        ("goodwill", 1, 0),
        ("order", 0, 0),
        ("pay", 4, 0),
        ("hear", 4, 0),
        ("cancel", 4, 0),
        ("order", 0, 0),
        ("let_go", 5, 0),
    ]:
        life.step(*step)
    life.end()
    check(life)

    statuses = list(Order.objects.order_by("pk").values_list("status", flat=True))
    assert statuses == ["shipped", "confirmed", "expired", "ready", "cancelled", "expired"]
    assert Dispute.objects.get().outcome == "lost"
    assert Payout.objects.exists()
    assert Refund.objects.filter(status="done").count() >= 3
