"""Every message of Stripe many times, in random order, from several processes at once."""

import json
import subprocess
import sys

import pytest

from ledger.models import JournalEntry
from ledger.queries import account, balance
from orders.shop.models import Order, OrderMail, ProviderEvent, ReceivedPayment
from tests.factories.cards import CardShop
from tests.harness.site import CardSite

pytestmark = [pytest.mark.site("empty"), pytest.mark.storm]
#: One process: tells each event so many times, shuffled by its seed; prints each answer's status.
TELLER = """
import hashlib, hmac, http.client, json, random, sys, time
url, secret, times, seed = sys.argv[1], sys.argv[2].encode(), int(sys.argv[3]), int(sys.argv[4])
host = url.split("/")[2]
events = json.load(sys.stdin) * times
random.Random(seed).shuffle(events)
for event in events:
    body, at = json.dumps(event).encode(), int(time.time())
    mac = hmac.new(secret, f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    connection = http.client.HTTPConnection(host, timeout=180)
    headers = {"Content-Type": "application/json", "Stripe-Signature": f"t={at},v1={mac}"}
    connection.request("POST", "/stripe/webhook/", body, headers)
    print(connection.getresponse().status)
    connection.close()
"""


def storm(card_site: CardSite, *, times: int, processes: int) -> list[str]:
    """Several processes tell every event, each so many times; the statuses that came back."""
    events = json.dumps(card_site.desk.objects("event")).encode()
    tellers = [
        subprocess.Popen(
            [sys.executable, "-c", TELLER, card_site.site.url, card_site.desk.secret]
            + [str(times), str(seed)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        for seed in range(processes)
    ]
    answers: list[str] = []
    for one in tellers:
        assert one.stdin is not None
        one.stdin.write(events)
        one.stdin.close()
    for one in tellers:
        assert one.stdout is not None
        answers += one.stdout.read().decode().split()
        assert one.wait() == 0
    return answers


@pytest.mark.parametrize(("orders", "times"), [(4, 3), pytest.param(8, 34, marks=pytest.mark.long)])
def test_a_storm_of_messages_is_one_payment_each(
    card_site: CardSite, orders: int, times: int
) -> None:
    desk = card_site.desk
    desk.fake.control("events", mode="never")
    shop = CardShop(desk)
    placed = [shop.on_the_page((shop.chullo, 1)) for _number in range(orders)]
    for order in placed[:-1]:
        assert shop.pay_page(order) == ""
    assert shop.pay_page(placed[-1], "4000000000000002") == "declined"

    answers = storm(card_site, times=times, processes=3)

    assert set(answers) == {"200"}
    assert len(answers) == 3 * times * len(desk.objects("event"))
    card_site.site.manage("sync_stripe")
    statuses = [Order.objects.get(pk=one.pk).status for one in placed]
    assert statuses == [Order.Status.CONFIRMED] * (orders - 1) + [Order.Status.PLACED]
    assert ReceivedPayment.objects.count() == orders - 1
    assert JournalEntry.objects.filter(kind="deposit_received").count() == orders - 1
    assert OrderMail.objects.filter(notice="paid").count() == orders - 1
    assert not ProviderEvent.objects.filter(handled_at=None).exclude(problem="").exists()
    assert desk.balance()["PEN"] == int(balance(account("stripe")).amount * 100)
    assert "Traceback" not in card_site.site.log()
    assert card_site.site.manage("audit")


def test_a_storm_would_be_seen(card_site: CardSite) -> None:
    """The negative control: messages that are not signed by Stripe are none of them taken."""
    desk = card_site.desk
    desk.fake.control("events", mode="never")
    shop = CardShop(desk)
    shop.pay_page(shop.on_the_page((shop.chullo, 1)))
    desk.secret = "whsec_forged"

    answers = storm(card_site, times=1, processes=2)

    assert set(answers) == {"400"}
    assert not ReceivedPayment.objects.exists()
    assert not ProviderEvent.objects.exists()
