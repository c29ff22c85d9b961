"""Many buy the last pieces by card at the same time: each piece once, each céntimo explained."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from catalog.models import Design, Piece, Variant
from coop.kit.errors import Refusal
from orders.shop.errors import PaymentUnderWay, SoldOut
from orders.shop.models import Allocation, CardSession, Order, ReceivedPayment, Refund
from orders.shop.providers import provider_of
from orders.shop.providers.stripe.errors import PaymentCameMeanwhile
from orders.shop.providers.stripe.refunds import send
from orders.shop.providers.stripe.settling import settle_session
from orders.shop.services import cancel_order, request_refund, stock
from tests.factories.cards import CardShop
from tests.factories.shop import balance, findings, soles
from tests.harness.fixtures import at_the_same_time

FEW, MANY = (24, 6), pytest.param(200, 20, marks=pytest.mark.long)


def last_pieces(cards: CardShop, count: int) -> Variant:
    """So many puppets of a design that nobody knits any more."""
    cards.knit(cards.puppet, count)
    Design.objects.filter(pk=cards.puppet.design_id).update(is_retired=True)
    return Variant.objects.get(pk=cards.puppet.pk)


def buys(cards: CardShop, cart: Any) -> Order:
    """She orders, pays and comes back."""
    order = cards.card_order(cart=cart)
    cards.open_page(order)
    assert cards.pay_page(order) == ""
    return cards.come_back(order)


def everybody_buys(cards: CardShop, variant: Variant, buyers: int) -> list[Any]:
    """All at once: the order of each, or why not."""
    carts = [cards.cart((variant, 1)) for _number in range(buyers)]
    return at_the_same_time(*(partial(buys, cards, cart) for cart in carts))


def assert_equal_to_the_cent(cards: CardShop) -> None:
    """The books say what Stripe says, and the audit finds nothing."""
    assert cards.fake.balance().get("PEN", 0) == int(balance("stripe").amount * 100)
    assert findings() == []


@pytest.mark.parametrize(("buyers", "pieces"), [FEW, MANY])
def test_each_of_the_last_pieces_is_sold_once(
    real_cards: CardShop, buyers: int, pieces: int
) -> None:
    variant = last_pieces(real_cards, pieces)

    results = everybody_buys(real_cards, variant, buyers)

    orders = [one for one in results if isinstance(one, Order)]
    refusals = [one for one in results if isinstance(one, SoldOut)]
    assert (len(orders), len(refusals)) == (pieces, buyers - pieces)
    assert {one.status for one in orders} == {Order.Status.READY}
    assert Allocation.objects.values("piece").distinct().count() == pieces
    assert ReceivedPayment.objects.count() == pieces
    assert not Refund.objects.exists()
    assert_equal_to_the_cent(real_cards)


def test_the_race_is_caught_when_nobody_looks(
    real_cards: CardShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: without look, lock and constraint all of them "get" a piece."""
    variant = last_pieces(real_cards, 1)

    def any_piece(line: Any, count: int) -> list[Piece]:
        return list(Piece.objects.filter(variant=line.variant_id)[:count])

    monkeypatch.setattr(stock, "free_pieces", any_piece)
    monkeypatch.setattr(stock, "record_allocations", lambda line, pieces: None)

    results = everybody_buys(real_cards, variant, 8)

    assert sum(isinstance(one, Order) for one in results) == 8
    assert len(findings(of=["orders.shop"])) >= 8


def once_or_refused(results: list[Any], *refusals: type[BaseException]) -> None:
    """Nothing but answers and the refusals that may come."""
    assert [one for one in results if isinstance(one, BaseException)] == [
        one for one in results if isinstance(one, refusals)
    ]


def test_one_page_settled_by_many_at_once_is_one_payment(real_cards: CardShop) -> None:
    order = real_cards.on_the_page((real_cards.chullo, 1))
    real_cards.pay_page(order)
    name = str(order.card_sessions.get().stripe_id)

    results = at_the_same_time(*(partial(settle_session, name) for _number in range(12)))

    once_or_refused(results)
    assert ReceivedPayment.objects.get().order == order
    assert_equal_to_the_cent(real_cards)


def test_the_race_for_one_payment_is_one(
    real_cards: CardShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: without the look for the payment, its unique number has the word."""
    from orders.shop.providers.stripe import settling

    order = real_cards.on_the_page((real_cards.chullo, 1))
    real_cards.pay_page(order)
    name = str(order.card_sessions.get().stripe_id)

    class Blind:
        """Sees no payment that is there."""

        objects = type("Rows", (), {"filter": staticmethod(lambda **_of: Blind())})
        Method = ReceivedPayment.Method

        def exists(self) -> bool:
            return False

    created = ReceivedPayment.objects.create
    Blind.objects.create = staticmethod(created)
    monkeypatch.setattr(settling, "ReceivedPayment", Blind)

    results = at_the_same_time(*(partial(settle_session, name) for _number in range(6)))

    assert sum(isinstance(one, BaseException) for one in results) == 5
    assert ReceivedPayment.objects.count() == 1


def test_two_in_the_office_give_back_the_whole_at_once(real_cards: CardShop) -> None:
    order = real_cards.paid_order((real_cards.chullo, 1))

    def give(number: int) -> list[Refund]:
        return request_refund(
            order=order,
            key=f"form:{number}",
            actor=real_cards.treasurer,
            why="A stain.",
            goodwill=soles("142.00"),
        )

    results = at_the_same_time(*(partial(give, number) for number in range(4)))

    once_or_refused(results, Refusal)
    refund = Refund.objects.get()
    at_the_same_time(*(partial(send, refund) for _number in range(4)))
    assert len(real_cards.fake.objects("refund")) == 1
    assert_equal_to_the_cent(real_cards)


@pytest.mark.parametrize("first", ["cancel", "let_go"])
def test_paying_while_it_is_let_go_ends_in_one_of_the_two(real_cards: CardShop, first: str) -> None:
    real_cards.knit(real_cards.shawl)
    order = real_cards.on_the_page((real_cards.shawl, 1))

    def pay() -> Order:
        real_cards.pay_page(order)
        return real_cards.come_back(Order.objects.get(pk=order.pk))

    def let_go() -> bool:
        return provider_of(order).close(order)

    def cancel() -> Order:
        provider_of(order).close(order)
        return cancel_order(order=order, actor=real_cards.treasurer, why="She called.")

    other: Callable[[], Any] = {"cancel": cancel, "let_go": let_go}[first]
    results = at_the_same_time(pay, other, other)

    once_or_refused(results, Refusal, PaymentCameMeanwhile, PaymentUnderWay)
    order.refresh_from_db()
    paid = real_cards.fake.balance().get("PEN", 0) > 0
    assert (order.status == Order.Status.READY) == paid or Refund.objects.exists()
    assert not CardSession.objects.filter(status__in=["creating", "open"]).exists()
    assert_equal_to_the_cent(real_cards)
