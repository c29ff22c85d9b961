"""The fake tells what happened, as Stripe does: signed, repeated, late, twice or never."""

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
import stripe

from tests.fake_stripe import ControlRefused, FakeStripe
from tests.payments.fake import client, make, order, pay


class Shop:
    """Keeps what it is told; answers `status`."""

    def __init__(self) -> None:
        self.told: list[tuple[bytes, str]] = []
        self.status = 200
        self.ask: Callable[[stripe.Event], Any] | None = None
        self.found: list[Any] = []
        shop = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                payload = self.rfile.read(int(self.headers["Content-Length"]))
                shop.told.append((payload, self.headers["Stripe-Signature"]))
                if shop.ask:
                    event = stripe.Event.construct_from(json.loads(payload), "sk_test")
                    shop.found.append(shop.ask(event))
                self.send_response(shop.status)
                self.end_headers()

            def log_message(self, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/hook"

    def events(self, secret: str) -> list[stripe.Event]:
        return [stripe.Webhook.construct_event(*told, secret) for told in self.told]


@pytest.fixture
def shop() -> Iterator[Shop]:
    shop = Shop()
    thread = threading.Thread(target=shop.server.serve_forever, args=(0.02,))
    thread.start()
    yield shop
    shop.server.shutdown()
    thread.join()
    shop.server.server_close()


@pytest.fixture
def telling(shop: Shop) -> Iterator[FakeStripe]:
    with FakeStripe(webhook=shop.url, retry_after=(0.05,)) as running:
        yield running


PAID = [
    "payment_intent.created",
    "charge.succeeded",
    "payment_intent.succeeded",
    "checkout.session.completed",
]


def test_a_payment_is_told_in_signed_events(telling, shop):
    session = pay(telling)
    assert telling.control("events", mode="wait") == {"waiting": 0}
    events = shop.events(telling.secret)
    assert [event.type for event in events] == PAID
    completed = events[-1].data.object
    assert (completed.id, completed.payment_status) == (session.id, "paid")
    assert completed.payment_intent == session.payment_intent.id
    listed = client(telling).v1.events.list().data
    assert [event.id for event in listed] == [event.id for event in events][::-1]
    assert listed[0].pending_webhooks == 0


def test_an_event_of_a_partner_is_told_with_its_account(telling, shop):
    telling.control("connect", partner="acct_1Partner", currency="usd")
    partner: Any = {"stripe_account": "acct_1Partner"}
    session = client(telling).v1.checkout.sessions.create(order(), partner)
    telling.control("pay", session=session.id)
    telling.control("events", mode="wait")
    events = shop.events(telling.secret)
    assert [(event.type, event.account) for event in events] == [
        (kind, "acct_1Partner") for kind in PAID
    ]
    listed = client(telling).v1.events.list({}, partner).data
    assert {event.pending_webhooks for event in listed} == {0}


def test_events_that_come_while_the_shop_asks_back(telling, shop):
    """The shop reads the session before it answers, as ours does."""
    shop.ask = lambda event: client(telling).v1.checkout.sessions.retrieve(event.data.object.id)
    telling.control("events", mode="hold")
    pay(telling)
    telling.control("events", mode="deliver", types=["checkout.session.completed"])
    assert [session.payment_status for session in shop.found] == ["paid"]


def test_an_event_that_does_not_exist_is_refused(telling):
    with pytest.raises(ControlRefused, match="No such event"):
        telling.control("events", mode="deliver", event="evt_nothing")


def test_an_event_says_which_request_caused_it(telling, shop):
    session = make(telling)
    client(telling).v1.checkout.sessions.expire(session.id, {}, {"idempotency_key": "expire-1"})
    telling.control("events", mode="wait")
    (event,) = shop.events(telling.secret)
    assert event.request.idempotency_key == "expire-1"
    assert event.request.id.startswith("req_")


def test_a_snapshot_stays_as_it_was(telling):
    intent = pay(telling).payment_intent.id
    client(telling).v1.refunds.create({"payment_intent": intent})
    events = client(telling).v1.events
    succeeded = events.list({"type": "charge.succeeded"}).data[0].data.object
    refunded = events.list({"type": "charge.refunded"}).data[0]
    assert (succeeded.refunded, refunded.data.object.refunded) == (False, True)
    assert refunded.data.previous_attributes.amount_refunded == 0


def test_what_the_shop_does_not_take_comes_again(telling, shop):
    shop.status = 500
    session = make(telling)
    client(telling).v1.checkout.sessions.expire(session.id)
    while len(shop.told) < 1:
        pass
    shop.status = 200
    telling.control("events", mode="wait")
    first, second = shop.events(telling.secret)
    assert first.id == second.id


def test_held_events_come_on_command_twice_and_in_another_order(telling, shop):
    telling.control("events", mode="hold")
    pay(telling)
    assert shop.told == []
    carried = telling.control("events", mode="deliver", times=2, seed=4)["carried"]
    told = [event.type for event in shop.events(telling.secret)]
    assert [row["type"] for row in carried] == told
    assert sorted(told) == sorted(PAID * 2)
    assert told != PAID * 2
    assert telling.control("events", mode="deliver")["carried"] == []


def test_an_old_event_can_come_once_more(telling, shop):
    pay(telling)
    telling.control("events", mode="wait")
    event = client(telling).v1.events.list().data[0]
    telling.control("events", mode="deliver", event=event.id)
    assert shop.events(telling.secret)[-1].id == event.id


@pytest.mark.parametrize("wrong", [{"wrong_secret": True}, {"age": 3600}])
def test_a_forged_or_old_signature_does_not_pass(telling, shop, wrong):
    telling.control("events", mode="hold")
    pay(telling)
    telling.control("events", mode="deliver", types=["charge.succeeded"], **wrong)
    assert len(shop.told) == 1
    with pytest.raises(stripe.SignatureVerificationError):
        shop.events(telling.secret)


def test_events_may_never_come_or_come_late(telling, shop):
    telling.control("events", mode="never")
    pay(telling)
    telling.control("events", mode="late", seconds=0.3)
    make_time = len(shop.told)
    pay(telling)
    assert (make_time, len(shop.told)) == (0, 0)
    telling.control("events", mode="wait")
    assert len(shop.told) == 4


def test_a_shop_that_opens_later_says_where_it_is(fake, shop):
    fake.control("webhook", url=shop.url)
    pay(fake)
    fake.control("events", mode="wait")
    assert len(shop.told) == 4


def test_a_charge_that_is_captured_a_moment_later_gets_its_balance_then(fake):
    session = pay(fake, payment_intent_data={"capture_method": "automatic_async"})
    events = client(fake).v1.events
    succeeded = events.list({"type": "charge.succeeded"}).data[0].data.object
    updated = events.list({"type": "charge.updated"}).data[0].data.object
    charge = session.payment_intent.latest_charge
    assert succeeded.balance_transaction is None
    assert updated.balance_transaction == charge.balance_transaction.id
