"""Money that goes back, and pages that end, while somebody else does the same at this moment."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError

from catalog.models import Piece
from coop.kit.errors import Refusal
from orders.shop.errors import NothingToGiveBack, TooMuchBack
from orders.shop.models import CardSession, Order, ReceivedPayment, Refund
from orders.shop.providers import provider_of
from orders.shop.providers.stripe import settling
from orders.shop.providers.stripe.errors import PaymentCameMeanwhile
from orders.shop.providers.stripe.refunds import send
from orders.shop.services import cancel_order, cancelling, refunding, request_refund
from tests.cards.test_races import assert_equal_to_the_cent
from tests.factories.cards import CardShop
from tests.factories.shop import findings, soles
from tests.fake_stripe import ControlRefused
from tests.harness.fixtures import at_the_same_time

ALL_OF_IT = "142.00"


def gives_back(cards: CardShop, order: Order, key: str, amount: str = ALL_OF_IT) -> list[Refund]:
    """Somebody in the office gives money back."""
    return request_refund(
        order=order, key=key, actor=cards.treasurer, why="A stain.", goodwill=soles(amount)
    )


def problems(results: list[Any]) -> list[BaseException]:
    """What was raised."""
    return [one for one in results if isinstance(one, BaseException)]


def assert_paid_is_explained(cards: CardShop) -> None:
    """Whoever paid at Stripe has her order, or her money."""
    for charge in cards.fake.objects("charge"):
        if charge["paid"]:
            payment = ReceivedPayment.objects.get(reference=charge["payment_intent"])
            wanted = payment.order.status in {Order.Status.CONFIRMED, Order.Status.READY}
            is_had = wanted and not payment.is_surplus
            assert is_had != (charge["amount_refunded"] == charge["amount"])
    assert_equal_to_the_cent(cards)


# Money back ---------------------------------------------------------------------------------
def test_one_form_sent_by_many_at_once_is_one_refund(real_cards: CardShop) -> None:
    order = real_cards.paid_order((real_cards.chullo, 1))

    give = partial(gives_back, real_cards, order, "form:1", "5.00")
    results = at_the_same_time(*(give for _number in range(8)))

    assert problems(results) == []
    refund = Refund.objects.get()
    assert {one.pk for refunds in results for one in refunds} == {refund.pk}
    (theirs,) = real_cards.fake.objects("refund")
    assert (theirs["id"], theirs["amount"]) == (refund.provider_id, 500)
    assert_equal_to_the_cent(real_cards)


def test_many_parts_at_once_are_never_more_than_came(real_cards: CardShop) -> None:
    """Six want 40.00 of 142.00: three have it, three are told kindly."""
    order = real_cards.paid_order((real_cards.chullo, 1))

    results = at_the_same_time(
        *(partial(gives_back, real_cards, order, f"form:{one}", "40.00") for one in range(6))
    )

    assert [type(one) for one in problems(results)] == [TooMuchBack] * 3
    assert sum(one["amount"] for one in real_cards.fake.objects("refund")) == 12_000
    order.refresh_from_db()
    assert order.paid == soles("22.00")
    assert_equal_to_the_cent(real_cards)


def test_without_the_look_the_database_has_the_last_word(
    real_cards: CardShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: nobody counts what went back before; the database does."""
    order = real_cards.paid_order((real_cards.chullo, 1))
    monkeypatch.setattr(refunding, "_check_amount", lambda _order, _amount: None)
    monkeypatch.setattr(refunding, "left_of", lambda payment: payment.amount_minor)

    results = at_the_same_time(
        *(partial(gives_back, real_cards, order, f"form:{one}") for one in range(4))
    )

    assert [type(one) for one in problems(results)] == [IntegrityError] * 3
    assert len(real_cards.fake.objects("refund")) == 1
    assert_equal_to_the_cent(real_cards)


def test_giving_back_and_cancelling_at_once_gives_all_of_it_back_once(
    real_cards: CardShop,
) -> None:
    order = real_cards.paid_order((real_cards.chullo, 1))

    results = at_the_same_time(
        partial(gives_back, real_cards, order, "form:1", "5.00"),
        partial(cancel_order, order=order, actor=real_cards.treasurer, why="She called."),
        partial(gives_back, real_cards, order, "form:2", "7.00"),
    )

    assert [one for one in problems(results) if not isinstance(one, Refusal)] == []
    for refund in Refund.objects.filter(status=Refund.Status.WAITING):
        send(refund)
    assert sum(one["amount"] for one in real_cards.fake.objects("refund")) == order.total_minor
    order.refresh_from_db()
    assert (order.status, order.paid_minor) == (Order.Status.CANCELLED, 0)
    assert_equal_to_the_cent(real_cards)


# A page that ends ---------------------------------------------------------------------------
def race_with_the_end(cards: CardShop, order: Order, end: Callable[[], object]) -> list[Any]:
    """She pays and comes back, while the page ends and the house looks."""

    def pay() -> None:
        cards.pay_page(order)
        cards.come_back(Order.objects.get(pk=order.pk))

    def look() -> bool:
        return provider_of(order).look(Order.objects.get(pk=order.pk))

    return at_the_same_time(pay, end, look, look)


@pytest.mark.parametrize("time", range(3))
def test_paying_while_the_page_expires_ends_in_one_of_the_two(
    real_cards: CardShop, time: int
) -> None:
    real_cards.knit(real_cards.shawl)
    order = real_cards.on_the_page((real_cards.shawl, 1))

    results = race_with_the_end(real_cards, order, real_cards.fake.close_pages)

    # The stand-in refuses to end a page that was just paid.
    allowed = (Refusal, ControlRefused, PaymentCameMeanwhile)
    assert [one for one in problems(results) if not isinstance(one, allowed)] == [], time
    provider_of(order).look(Order.objects.get(pk=order.pk))
    order.refresh_from_db()
    paid = any(one["paid"] for one in real_cards.fake.objects("charge"))
    assert order.status == (Order.Status.READY if paid else Order.Status.EXPIRED)
    is_free = Piece.objects.free().filter(variant=real_cards.shawl).exists()
    assert is_free == (not paid)
    assert not CardSession.objects.filter(status__in=["creating", "open"]).exists()
    assert_paid_is_explained(real_cards)


def test_an_order_cancelled_with_its_page_open_is_seen(
    real_cards: CardShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: nobody looks at the open page, nothing is given back: it is seen."""
    order = real_cards.on_the_page((real_cards.chullo, 1))
    monkeypatch.setattr(cancelling, "_CARD_UNDER_WAY", ())
    monkeypatch.setattr(settling, "_give_back_surplus", lambda _order, _payment: None)
    cancel_order(order=order, actor=real_cards.treasurer, why="She called.")
    assert real_cards.pay_page(order) == ""
    real_cards.come_back(order)

    assert ReceivedPayment.objects.get().is_surplus
    with pytest.raises(AssertionError):
        assert_paid_is_explained(real_cards)


def test_nothing_is_left_to_give_back_is_said_kindly(real_cards: CardShop) -> None:
    order = real_cards.paid_order((real_cards.chullo, 1))
    gives_back(real_cards, order, "form:1")

    with pytest.raises((TooMuchBack, NothingToGiveBack)):
        gives_back(real_cards, order, "form:2", "1.00")

    assert findings() == []
