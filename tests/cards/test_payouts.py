"""Payouts are explained down to their orders; a partner's account is another place."""

from datetime import timedelta

import pytest
from wagtail.models import Site

from ledger.queries import first_day
from orders.shop import card_queries
from orders.shop.errors import AmountWrong, OperationMissing, OperationTaken
from orders.shop.models import BalanceMovement, Payout, ShopSettings
from orders.shop.providers.stripe.movements import book
from orders.shop.providers.stripe.payouts import record_forward, settle_payout
from orders.shop.providers.stripe.seen import MovementSeen
from tests.factories.cards import CardShop
from tests.factories.shop import balance, findings, soles


def pay_out(cards: CardShop, currency: str = "pen") -> Payout:
    """Stripe sends everything on, and we hear of it."""
    return settle_payout(cards.fake.payout(currency))


def test_a_payout_leads_to_the_orders_it_came_from(cards: CardShop) -> None:
    first, second = cards.paid_order((cards.puppet, 2)), cards.paid_order((cards.chullo, 1))

    payout = pay_out(cards)

    payout.refresh_from_db()
    assert payout.is_explained
    assert [one.order for one in card_queries.parts_of(payout)] == [first, second]
    sums = card_queries.sums_of(payout)
    assert sums.amount == first.total + second.total
    assert sums.net == sums.amount - sums.fee == payout.amount
    assert balance("bank") == payout.amount
    assert balance("stripe") == soles("0")
    assert findings() == []


def test_a_payout_that_we_heard_of_before_its_payments_is_explained_later(
    cards: CardShop,
) -> None:
    order = cards.on_the_page((cards.puppet, 2))
    cards.pay_page(order)

    payout = pay_out(cards)
    payout.refresh_from_db()
    assert not payout.is_explained

    cards.come_back(order)
    settle_payout(payout.stripe_id)
    payout.refresh_from_db()
    assert payout.is_explained
    assert findings() == []


def test_a_payout_that_the_bank_sends_back_is_with_stripe_again(cards: CardShop) -> None:
    cards.paid_order((cards.puppet, 2))
    held = balance("stripe")
    payout = pay_out(cards)

    cards.fake.payout_fails(payout.stripe_id)
    settle_payout(payout.stripe_id)

    payout.refresh_from_db()
    assert payout.status == "failed"
    assert (balance("stripe"), balance("bank")) == (held, soles("0"))
    assert findings() == []


@pytest.fixture
def with_partner(cards: CardShop) -> CardShop:
    """A partner organisation holds the account."""
    site = Site.objects.get(is_default_site=True)
    ShopSettings.objects.update_or_create(site=site, defaults={"card_partner": "Manos Unidas"})
    return cards


def test_what_is_paid_out_is_with_the_partner_until_it_is_forwarded(
    with_partner: CardShop,
) -> None:
    with_partner.paid_order((with_partner.puppet, 2))
    payout = pay_out(with_partner)
    assert (balance("partner"), balance("bank")) == (payout.amount, soles("0"))

    for _time in range(2):
        record_forward(amount=soles("30.00"), reference=" OP  1 ", actor=with_partner.treasurer)

    assert balance("bank") == soles("30.00")
    assert balance("partner") == payout.amount - soles("30.00")
    assert findings() == []


def test_a_forward_that_cannot_be_is_refused(with_partner: CardShop) -> None:
    with_partner.paid_order((with_partner.puppet, 2))
    payout = pay_out(with_partner)
    treasurer = with_partner.treasurer
    record_forward(amount=soles("1.00"), reference="OP-1", actor=treasurer)

    for amount, reference, refusal in [
        (payout.amount, "OP-2", AmountWrong),
        (soles("0"), "OP-3", AmountWrong),
        (soles("2.00"), "OP-1", OperationTaken),
        (soles("2.00"), " ", OperationMissing),
    ]:
        with pytest.raises(refusal):
            record_forward(amount=amount, reference=reference, actor=treasurer)

    assert balance("bank") == soles("1.00")


def test_a_movement_older_than_the_books_is_booked_on_their_first_day(cards: CardShop) -> None:
    order = cards.paid_order((cards.puppet, 1))
    seen = BalanceMovement.objects.get(payment=cards.payment(order))
    begins = first_day()
    assert begins is not None

    old = MovementSeen(
        id="txn_from_before",
        kind="stripe_fee",
        source_id="",
        amount_minor=-100,
        fee_minor=0,
        net_minor=-100,
        currency=seen.currency,
        created_at=seen.created_at - timedelta(days=4000),
    )
    movement = book(old)

    assert old.day < begins
    assert movement.booked_on == begins
    assert findings() == []
