"""A storm of every kind of message: paid, declined, expired, given back, disputed, paid out.

All of it told to the running house in random order, by several processes, with no help of
`sync_stripe`: the messages alone suffice, and more of them change nothing.
"""

from collections import Counter

import pytest

from ledger.models import JournalEntry
from ledger.queries import account, balance
from orders.shop.models import (
    BalanceMovement,
    Dispute,
    Order,
    Payout,
    ProviderEvent,
    ReceivedPayment,
    Refund,
)
from orders.shop.providers.stripe.handling import handle
from tests.cards.test_webhook_storm import storm
from tests.factories.cards import CardShop
from tests.factories.stripe_desk import Desk
from tests.harness.site import CardSite

pytestmark = [pytest.mark.site("empty"), pytest.mark.storm]
#: What must have happened at Stripe, so that the storm has every kind of message.
KINDS = {
    "checkout.session.completed",
    "checkout.session.expired",
    "payment_intent.payment_failed",
    "refund.created",
    "refund.failed",
    "charge.dispute.created",
    "charge.dispute.closed",
    "payout.created",
    "payout.paid",
}


def much_happens(desk: Desk, shop: CardShop) -> list[Order]:
    """One order for each way of ending; the house has heard of none of it."""
    desk.fake.control("events", mode="never")
    orders = [shop.on_the_page((shop.chullo, 1)) for _number in range(8)]
    names = [str(one.card_sessions.get().stripe_id) for one in orders]
    assert desk.pay(names[0], "4000000000000002") == "declined"
    desk.fake.control("expire", session=names[1])
    for name in names[2:]:
        assert desk.pay(name) == ""
    intents = {one["id"]: one["payment_intent"] for one in desk.objects("checkout.session")}
    desk.refund_at_the_desk(intents[names[3]], 700)
    desk.refund_fails(desk.refund_at_the_desk(intents[names[4]], 900))
    desk.dispute(intents[names[5]])
    desk.close_dispute(desk.dispute(intents[names[6]]), is_won=True)
    desk.close_dispute(desk.dispute(intents[names[7]]), is_won=False)
    desk.fake.control("payout_status", payout=desk.payout(), status="paid")
    assert {one["type"] for one in desk.objects("event")} >= KINDS
    return orders


def rounds_until_quiet() -> None:
    """What a message could not do before another came, the rounds of the house do later."""
    for _round in range(5):
        left = list(ProviderEvent.objects.filter(handled_at=None).order_by("pk"))
        if not left:
            return
        for event in left:
            handle(event)


def assert_told_once(card_site: CardSite) -> None:
    """Each thing at Stripe is one thing here; the books say what Stripe says."""
    desk = card_site.desk
    assert not ProviderEvent.objects.filter(handled_at=None).exists()
    paid = [one for one in desk.objects("charge") if one["paid"]]
    assert ReceivedPayment.objects.count() == len(paid)
    assert Refund.objects.count() == len(desk.objects("refund"))
    assert Dispute.objects.count() == len(desk.objects("dispute"))
    assert Payout.objects.count() == len(desk.objects("payout"))
    theirs = {one["id"] for one in desk.objects("balance_transaction")}
    assert set(BalanceMovement.objects.values_list("stripe_id", flat=True)) == theirs
    assert desk.balance()["PEN"] == int(balance(account("stripe")).amount * 100)
    assert card_site.site.manage("audit")


@pytest.mark.parametrize("times", [2, pytest.param(34, marks=pytest.mark.long)])
def test_a_storm_of_every_kind_is_each_thing_once(card_site: CardSite, times: int) -> None:
    desk = card_site.desk
    orders = much_happens(desk, CardShop(desk))

    answers = storm(card_site, times=times, processes=3)
    rounds_until_quiet()

    assert Counter(answers) == {"200": 3 * times * len(desk.objects("event"))}
    assert_told_once(card_site)
    ended = [Order.objects.get(pk=one.pk) for one in orders]
    statuses = [one.status for one in ended]
    # A declined card leaves the page open.
    assert statuses == [Order.Status.PLACED, Order.Status.EXPIRED] + [Order.Status.CONFIRMED] * 6
    total = orders[0].total_minor
    assert [one.paid_minor for one in ended] == [0, 0, total, total - 700, *[total] * 3, 0]

    before = JournalEntry.objects.count()
    assert set(storm(card_site, times=1, processes=2)) == {"200"}
    rounds_until_quiet()
    assert JournalEntry.objects.count() == before
    assert_told_once(card_site)


@pytest.mark.parametrize("is_told", [True, False])
def test_what_is_not_told_is_seen(card_site: CardSite, is_told: bool) -> None:
    """The negative control: told of the payout alone, or of all but the payout, the checks fail."""
    desk = card_site.desk
    much_happens(desk, CardShop(desk))
    for one in desk.objects("event"):
        if (one["data"]["object"]["object"] == "payout") == is_told:
            desk.fake.control("events", mode="deliver", event=one["id"])
    rounds_until_quiet()

    assert (Payout.objects.exists(), ReceivedPayment.objects.exists()) == (is_told, not is_told)
    with pytest.raises(AssertionError):
        assert_told_once(card_site)
