"""What goes wrong on purpose, and that the fake forgets nothing when it is killed."""

import threading
import time
from typing import Any

import pytest
import stripe

from tests.fake_stripe import ControlRefused, FakeStripe
from tests.payments.fake import client, make, order, pay

SESSIONS = "POST /v1/checkout/sessions$"


@pytest.mark.parametrize(
    ("kind", "raised"),
    [
        ("500", stripe.APIError),
        ("429", stripe.RateLimitError),
        ("drop_before", stripe.APIConnectionError),
    ],
)
def test_a_fault_carries_nothing_out_and_is_used_up(fake, kind, raised):
    fake.control("fault", path_regex=SESSIONS, kind=kind, times=2)
    for _ in range(2):
        with pytest.raises(raised):
            make(fake, "order-1")
    assert client(fake).v1.checkout.sessions.list().data == []
    assert make(fake, "order-1").status == "open"


def test_a_lost_answer_was_carried_out_and_the_key_finds_it(fake):
    fake.control("fault", path_regex=SESSIONS, kind="drop_after")
    with pytest.raises(stripe.APIConnectionError):
        make(fake, "order-1")
    (lost,) = client(fake).v1.checkout.sessions.list().data
    assert make(fake, "order-1").id == lost.id


def test_the_library_repeats_by_itself_and_makes_one_session(fake):
    fake.control("fault", path_regex=SESSIONS, kind="drop_after", times=2)
    sessions = client(fake, max_network_retries=2).v1.checkout.sessions
    session = sessions.create(order())
    assert [row.id for row in sessions.list().data] == [session.id]


def test_a_silent_server_is_given_up(fake):
    fake.control("fault", path_regex=SESSIONS, kind="timeout", seconds=0.2)
    began = time.monotonic()
    with pytest.raises(stripe.APIConnectionError):
        make(fake)
    assert time.monotonic() - began >= 0.2


class _Waiting:
    """A request in a thread of its own, which the fake holds."""

    def __init__(self, fake: FakeStripe, kind: str) -> None:
        self.found: list[Any] = []
        fake.control("fault", path_regex=SESSIONS, kind=kind)
        self.thread = threading.Thread(target=lambda: self.found.append(make(fake, "order-1")))
        self.thread.start()
        while not fake.control("held")["held"]:
            time.sleep(0.01)

    def release(self, fake: FakeStripe) -> Any:
        fake.control("release")
        self.thread.join(timeout=10)
        return self.found[0]


def test_a_key_in_flight_is_refused(fake):
    waiting = _Waiting(fake, "hold_before")
    with pytest.raises(stripe.APIError) as refused:
        make(fake, "order-1")
    assert (refused.value.http_status, refused.value.error.code) == (409, "idempotency_key_in_use")
    assert client(fake).v1.checkout.sessions.list().data == []
    session = waiting.release(fake)
    assert make(fake, "order-1").id == session.id
    assert fake.control("held") == {"held": 0}


def test_what_waits_after_being_carried_out_is_there_already(fake):
    waiting = _Waiting(fake, "hold_after")
    (there,) = client(fake).v1.checkout.sessions.list().data
    assert make(fake, "order-1").id == there.id
    assert waiting.release(fake).id == there.id


def test_one_key_from_many_sides_makes_one_session(fake):
    def ask() -> None:
        # The library repeats what was refused as being in flight.
        asked.append(
            client(fake, max_network_retries=5)
            .v1.checkout.sessions.create(order(), {"idempotency_key": "order-1"})
            .id
        )

    asked: list[str] = []
    sides = [threading.Thread(target=ask) for _ in range(8)]
    for side in sides:
        side.start()
    for side in sides:
        side.join()
    assert len(asked) == 8
    assert len(set(asked)) == 1


def test_a_fault_that_does_not_exist_is_refused(fake):
    for values in ({"path_regex": "x", "kind": "sulk"}, {"path_regex": "(", "kind": "500"}):
        with pytest.raises(ControlRefused):
            fake.control("fault", **values)
    assert fake.control("state")["faults"] == []


def test_a_kill_loses_nothing(tmp_path):
    fake = FakeStripe(
        process=True, state=tmp_path / "state.sqlite3", fee_fixed=30, retry_after=(1,)
    )
    with fake:
        paid = pay(fake)
        first = make(fake, "order-2")
        fake.control("advance", seconds=600)
        fake.control("fault", path_regex="/v1/account", kind="500")
        fake.control("events", mode="hold")
        before = fake.control("state")
        fake.kill()
        fake.start()
        after = fake.control("state")
        assert 0 <= after.pop("now") - before.pop("now") < 60
        assert after == before
        assert make(fake, "order-2").id == first.id
        sessions = client(fake).v1.checkout.sessions
        assert sessions.retrieve(paid.id).payment_status == "paid"
        assert fake.control("sums")["usd"]["fees"] == 552


def test_reset_forgets_everything(fake):
    pay(fake)
    fake.control("reset")
    state = fake.control("state")
    assert not any(state["objects"].values())
    assert fake.control("sums") == {}
