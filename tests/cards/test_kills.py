"""The running house is killed between "pay" and "thank you", at every step; then it goes on.

SIGKILL of web server and worker while Stripe holds our request, before or after it was carried
out. Started again, `sync_stripe` alone makes good what was cut off.
"""

import contextlib
import os
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from catalog.models import Piece
from house import servers
from house.prepare import House
from ledger.queries import account, balance
from orders.shop.models import Order, ReceivedPayment
from tests.factories.cards import CardShop
from tests.factories.stripe_desk import Desk
from tests.fake_stripe import ControlRefused
from tests.harness.site import CardSite
from tests.shop.test_race_running import Browser

pytestmark = [pytest.mark.site("empty"), pytest.mark.storm]
SESSION_MADE = "POST /v1/checkout/sessions$"
SESSION_READ = "GET /v1/checkout/sessions/"
_PATIENCE_S = 30


def kill(house: House) -> int:
    """SIGKILL everything of a house, as a power cut does; how many processes it was."""
    ours = f"MINKA_DATA={house.data.path}\0".encode()
    killed = 0
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit() or int(folder.name) == os.getpid():
            continue
        with contextlib.suppress(OSError):
            command = (folder / "cmdline").read_bytes()
            is_server = b"granian" in command or b"db_worker" in command
            if is_server and ours in (folder / "environ").read_bytes() + b"\0":
                os.kill(int(folder.name), signal.SIGKILL)
                killed += 1
    return killed


def held(desk: Desk) -> int:
    """How many requests the stand-in holds."""
    count: int = desk.fake.control("held")["held"]
    return count


def cut_off(card_site: CardSite, path: str, kind: str, act: Callable[[], object]) -> None:
    """Somebody acts; Stripe holds what we ask it then; the house is killed meanwhile."""
    desk = card_site.desk
    desk.fault(path, kind)
    thread = threading.Thread(target=_quietly, args=(act,))
    thread.start()
    until = time.monotonic() + _PATIENCE_S
    while not held(desk):
        assert time.monotonic() < until, "nothing was asked of Stripe"
        # The stand-in says when our request has come; nothing here depends on how long it takes.
        thread.join(0.05)
    assert kill(card_site.site.house) >= 2
    desk.fake.control("release")
    desk.no_faults()
    thread.join()


def _quietly(act: Callable[[], object]) -> None:
    # The connection ends with the server.
    with contextlib.suppress(OSError, AssertionError, ControlRefused):
        act()


def order_by_card(card_site: CardSite, shop: CardShop) -> Callable[[], object]:
    """Fill in the checkout; sending it is what is left."""
    browser = Browser(card_site.site.url)
    form = {**browser.fill_in(shop.shawl), "method": "card"}
    return lambda: browser.ask("/en/checkout/", form)


def come_back(card_site: CardSite) -> Callable[[], object]:
    """Paid; coming back from the card page is what is left."""
    order = Order.objects.get()
    assert card_site.desk.pay(str(order.card_sessions.get().stripe_id)) == ""
    browser = Browser(card_site.site.url)
    return lambda: browser.ask(f"/en/order/{order.token}/paid/")


def be_told(card_site: CardSite) -> Callable[[], object]:
    """Paid, and she never comes back; Stripe's messages are what is left."""
    order = Order.objects.get()
    card_site.desk.fake.control("events", mode="hold")
    assert card_site.desk.pay(str(order.card_sessions.get().stripe_id)) == ""
    return lambda: card_site.desk.fake.control("events", mode="deliver")


STEPS = [
    ("ordering", SESSION_MADE, "hold_before"),
    pytest.param("ordering", SESSION_MADE, "hold_after", marks=pytest.mark.long),
    ("coming back", SESSION_READ, "hold_after"),
    pytest.param("coming back", SESSION_READ, "hold_before", marks=pytest.mark.long),
    pytest.param("being told", "GET /v1/", "hold_after", marks=pytest.mark.long),
    pytest.param("being told", "GET /v1/", "hold_before", marks=pytest.mark.long),
]


@pytest.mark.parametrize(("step", "path", "kind"), STEPS)
def test_killed_in_the_middle_nothing_is_lost_or_done_twice(
    card_site: CardSite, step: str, path: str, kind: str
) -> None:
    desk = card_site.desk
    desk.fake.control("events", mode="never")
    shop = CardShop(desk)
    shop.knit(shop.shawl)
    act = order_by_card(card_site, shop)
    if step != "ordering":
        act()
        act = come_back(card_site) if step == "coming back" else be_told(card_site)

    cut_off(card_site, path, kind, act)

    assert Order.objects.count() == 1
    with servers.running(card_site.site.house):
        card_site.site.manage("sync_stripe")
        order = Order.objects.get()
        if step != "ordering":
            assert order.status == Order.Status.READY
        else:
            # She never saw a page: hers is the half hour, then the shawl is free again.
            desk.let_hour_pass()
            card_site.site.manage("sync_stripe")
            order.refresh_from_db()
            assert order.status == Order.Status.EXPIRED
            assert Piece.objects.free().filter(variant=shop.shawl).count() == 1
        assert_whole(card_site)


def assert_whole(card_site: CardSite) -> None:
    """Nothing paid without order or refund; books equal to Stripe's balance; audit clean."""
    held_minor = int(balance(account("stripe")).amount * 100)
    assert card_site.desk.balance().get("PEN", 0) == held_minor
    paid = {one["id"] for one in card_site.desk.objects("charge") if one["paid"]}
    assert len(paid) == ReceivedPayment.objects.count()
    assert card_site.site.manage("audit")
