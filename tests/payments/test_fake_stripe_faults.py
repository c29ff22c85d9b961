"""What goes wrong on purpose, and that the fake forgets nothing when it is killed."""

import sqlite3
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path
from typing import Any

import pytest
import stripe

from tests.fake_stripe import ControlRefused, FakeStripe
from tests.fake_stripe.store import OtherLayout, Store
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


def test_a_kill_in_the_middle_of_many_requests_loses_no_answer_that_was_given(tmp_path):
    options = {"accounts": {"acct_1Partner": "bob"}, "fees": {"usd": ("2.9", 30)}}
    fake = FakeStripe(process=True, state=tmp_path / "state.sqlite3", **options)
    given: list[tuple[str, str]] = []

    def ask(side: int) -> None:
        for turn in range(200):
            key = f"{side}-{turn}"
            try:
                given.append((key, make(fake, key).id))
            except stripe.APIConnectionError:
                return

    with fake:
        sides = [threading.Thread(target=ask, args=(side,)) for side in range(4)]
        for side in sides:
            side.start()
        while len(given) < 20:
            time.sleep(0.005)
        fake.kill()
        for side in sides:
            side.join()
        fake.start()
        assert [(key, make(fake, key).id) for key, _ in given] == given
        made = client(fake).v1.checkout.sessions.list({"limit": 100}).auto_paging_iter()
        # Beside what was answered, at most one of each side was carried out and not answered.
        assert 0 <= len(list(made)) - len(given) <= 4
        partner: Any = {"stripe_account": "acct_1Partner"}
        assert client(fake).v1.accounts.retrieve_current({}, partner).default_currency == "bob"
        assert pay(fake).payment_intent.latest_charge.balance_transaction.fee == 451


def test_a_file_of_another_layout_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "state.sqlite3"
    with sqlite3.connect(path) as old:
        old.execute("CREATE TABLE things (id TEXT)")
    old.close()
    before = path.read_bytes()
    with pytest.raises(OtherLayout, match="remove it"):
        Store(str(path))
    assert path.read_bytes() == before


def test_the_clock_is_set_and_comes_back(fake):
    session = make(fake, expires_at=int(time.time()) + 3600)
    fake.control("clock", offset=3000)
    assert client(fake).v1.checkout.sessions.retrieve(session.id).status == "open"
    fake.control("clock", offset=-600)
    assert make(fake).created <= time.time() - 590
    fake.control("clock", offset=3601)
    assert client(fake).v1.checkout.sessions.retrieve(session.id).status == "expired"
    assert fake.control("clock", offset=0)["now"] - time.time() < 2


def test_the_fake_needs_nothing_but_python(tmp_path):
    """`-S` leaves out everything that was installed."""
    port_line = []
    process = subprocess.Popen(
        [sys.executable, "-S", "-m", "tests.fake_stripe", "--port", "0", "--state", "memory"],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        port_line.append(process.stdout.readline())
        assert "listens on http://127.0.0.1:" in port_line[0]
        url = port_line[0].split()[-1]
        with urllib.request.urlopen(f"{url}/_fake/") as desk:
            assert b"Fake Stripe" in desk.read()
    finally:
        process.terminate()
        process.wait(timeout=10)
        process.stdout.close()
    assert process.returncode == 0


def test_reset_forgets_everything(fake):
    pay(fake)
    fake.control("reset")
    state = fake.control("state")
    assert not any(state["objects"].values())
    assert fake.control("sums") == {}
