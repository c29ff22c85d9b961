"""The running house is killed while money goes back, at every step; then it goes on.

The treasurer asks for it in the office, the worker sends it. Started again, `sync_stripe` alone
makes good what was cut off: what she asked for goes back, once.
"""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.urls import reverse

from house import servers
from ledger.queries import account, balance
from orders.shop.models import Order, Refund
from tests.cards.test_kills import assert_whole, cut_off
from tests.factories.cards import CardShop
from tests.factories.people import a_password_is_enough
from tests.factories.shop import soles
from tests.harness.site import CardSite
from tests.shop.test_race_running import Browser, _hidden

pytestmark = [pytest.mark.site("empty"), pytest.mark.storm]
REFUND_MADE = "POST /v1/refunds$"
#: How much of the 142.00 of a chullo and its way: a part, or everything.
PART, WHOLE = "5.00", "142.00"


def at_her_desk(card_site: CardSite, shop: CardShop) -> Browser:
    """The treasurer, logged in to the running house."""
    # The tests hash quickly, which the running house would not accept.
    shop.treasurer.password = PBKDF2PasswordHasher().encode("password", "salt", iterations=1)
    shop.treasurer.save(update_fields=["password"])
    a_password_is_enough(shop.president)
    browser = Browser(card_site.site.url)
    login = reverse("account_login")
    token = _hidden(browser.ask(login).page, "csrfmiddlewaretoken")
    form = {"login": shop.treasurer.email, "password": "password", "csrfmiddlewaretoken": token}
    assert browser.ask(login, form).status == 302
    return browser


def gives_back(browser: Browser, order: Order, amount: str) -> Callable[[], object]:
    """Fill in the refund's form; sending it is what is left."""
    page = browser.ask(f"/office/shop/orders/{order.number}/").page
    form = {
        "goodwill": amount,
        "why": "A stain.",
        "form_key": str(uuid4()),
        "csrfmiddlewaretoken": _hidden(page, "csrfmiddlewaretoken"),
    }
    return lambda: browser.ask(f"/office/shop/orders/{order.number}/refund/", form)


STEPS = [
    (PART, "hold_after"),
    pytest.param(PART, "hold_before", marks=pytest.mark.long),
    pytest.param(WHOLE, "hold_after", marks=pytest.mark.long),
    pytest.param(WHOLE, "hold_before", marks=pytest.mark.long),
]


@pytest.mark.parametrize(("amount", "kind"), STEPS)
def test_killed_while_money_goes_back_it_goes_back_once(
    card_site: CardSite, amount: str, kind: str
) -> None:
    desk = card_site.desk
    desk.fake.control("events", mode="never")
    shop = CardShop(desk)
    order = shop.paid_order((shop.chullo, 1))
    act = gives_back(at_her_desk(card_site, shop), order, amount)

    cut_off(card_site, REFUND_MADE, kind, act)

    # It was promised before Stripe was asked, and the promise outlives the house.
    assert Refund.objects.get().status == Refund.Status.WAITING
    with servers.running(card_site.site.house):
        card_site.site.manage("sync_stripe")
        card_site.site.manage("sync_stripe")
        assert_back_once(card_site, order, amount)
        assert_whole(card_site)


def assert_back_once(card_site: CardSite, order: Order, amount: str) -> None:
    """At Stripe and in the books the same `amount` went back, one time."""
    refund = Refund.objects.get()
    assert (refund.status, refund.amount) == (Refund.Status.DONE, soles(amount))
    (theirs,) = card_site.desk.objects("refund")
    assert (theirs["id"], theirs["amount"]) == (refund.provider_id, refund.amount_minor)
    left = order.total - soles(amount)
    assert balance(account("customer_deposits")) == left
    order.refresh_from_db()
    assert order.paid == left


def test_a_refund_that_nobody_sends_is_seen(card_site: CardSite) -> None:
    """The negative control: killed and not made good, the checks above do not pass."""
    desk = card_site.desk
    desk.fake.control("events", mode="never")
    shop = CardShop(desk)
    order = shop.paid_order((shop.chullo, 1))
    act = gives_back(at_her_desk(card_site, shop), order, PART)

    cut_off(card_site, REFUND_MADE, "hold_after", act)

    assert desk.balance()["PEN"] != int(balance(account("stripe")).amount * 100)
    with pytest.raises(AssertionError):
        assert_back_once(card_site, order, PART)
    with pytest.raises(AssertionError):
        assert_whole(card_site)
