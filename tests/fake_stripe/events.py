"""What happened, kept and told to the shop: events, and the courier who carries them."""

import hashlib
import hmac
import http.client
import json
import random
import threading
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from tests.fake_stripe.errors import Refusal
from tests.fake_stripe.render import public
from tests.fake_stripe.store import Thing
from tests.fake_stripe.world import API_VERSION, World


def record(world: World, kind: str, thing: Thing, *, before: dict[str, Any] | None = None) -> Thing:
    """Keep an event with the object as it is now; hand it to the courier."""
    data: dict[str, Any] = {"object": public(world, thing)}
    if before is not None:
        data["previous_attributes"] = before
    event = world.begin(
        "event",
        "evt_",
        type=kind,
        api_version=API_VERSION,
        data=data,
        request={"id": world.request.id, "idempotency_key": world.request.idempotency_key},
        pending_webhooks=0,
    )
    if world.store.account != world.platform:
        event["account"] = world.store.account
    plan = world.store.fact("delivery", {"mode": "live"})
    if world.webhook and plan["mode"] != "never":
        event["pending_webhooks"] = 1
        state = "held" if plan["mode"] == "hold" else "waiting"
        due = time.time() + float(plan.get("seconds", 0))
        world.store.run(
            "INSERT INTO deliveries (event, state, due) VALUES (?, ?, ?)", event["id"], state, due
        )
    return world.store.add(event)


def signature(payload: bytes, secret: str, stamp: int) -> str:
    signed = f"{stamp}.".encode() + payload
    digest = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    return f"t={stamp},v1={digest}"


class Courier(threading.Thread):
    """Carries waiting events in their order; a delivery that fails comes again, later each time."""

    def __init__(self, world: World, tick: Callable[[], None]) -> None:
        super().__init__(name="fake-stripe-courier", daemon=True)
        self._world = world
        # What time brings by itself: sessions expire although nobody asks.
        self._tick = tick
        self._stopped = threading.Event()

    def run(self) -> None:
        while not self._stopped.wait(0.02):
            self._tick()
            if self._world.webhook:
                self._round()

    def stop(self) -> None:
        self._stopped.set()
        if self.is_alive():
            self.join(timeout=5)

    def _round(self) -> None:
        due = self._world.store.run(
            "SELECT * FROM deliveries WHERE state = 'waiting' AND due <= ? ORDER BY due, seq",
            time.time(),
        )
        for row in due:
            if self._stopped.is_set():
                return
            status = self.carry(row["event"])
            self._note(row["seq"], row["event"], row["tries"] + 1, status)

    def _note(self, seq: int, event_id: str, tries: int, status: int) -> None:
        store, pauses = self._world.store, self._world.options.retry_after
        with store.transaction():
            if 200 <= status < 300:
                state, due = "done", time.time()
                self._taken(event_id)
            elif tries > len(pauses):
                state, due = "given_up", time.time()
            else:
                state, due = "waiting", time.time() + pauses[tries - 1]
            store.run(
                "UPDATE deliveries SET state = ?, due = ?, tries = ?, last_status = ? "
                "WHERE seq = ?",
                *(state, due, tries, status, seq),
            )

    def _taken(self, event_id: str) -> None:
        event = self._event(event_id)
        if event is not None:
            self._world.store.save(event | {"pending_webhooks": 0})

    def _event(self, event_id: str) -> Thing | None:
        """In whichever account it happened; nothing, when all was forgotten meanwhile."""
        account = self._world.store.owner(event_id)
        if account is None:
            return None
        with self._world.store.within(account):
            return self._world.store.find("event", event_id)

    def carry(self, event_id: str, *, wrong_secret: bool = False, age: int = 0) -> int:
        """One delivery, now: the shop's status, or 0 when nobody answered."""
        options = self._world.options
        event, address = self._event(event_id), self._world.webhook
        if event is None or address is None:
            return 0
        payload = json.dumps(public(self._world, event), indent=2).encode()
        secret = "whsec_somebody_else" if wrong_secret else options.secret
        # The shop compares with its own clock, which the fake's `advance` does not move.
        stamp = int(time.time()) - age
        signed = signature(payload, secret, stamp)
        return _post(address, payload, signed, options.webhook_timeout)

    def deliver(
        self,
        *,
        times: int = 1,
        seed: int | None = None,
        event: str | None = None,
        types: list[str] | None = None,
        wrong_secret: bool = False,
        age: int = 0,
    ) -> list[dict[str, Any]]:
        """Held events (or one named event), each `times` times; with a seed in random order."""
        held = self._world.store.run("SELECT seq, event FROM deliveries WHERE state = 'held'")
        chosen = [(row["seq"], row["event"]) for row in held] if event is None else [(0, event)]
        if types is not None:
            chosen = [pair for pair in chosen if self._type(pair[1]) in types]
        turns = chosen * times
        if seed is not None:
            random.Random(seed).shuffle(turns)
        carried = []
        for seq, event_id in turns:
            status = self.carry(event_id, wrong_secret=wrong_secret, age=age)
            carried.append({"event": event_id, "type": self._type(event_id), "status": status})
            if 200 <= status < 300:
                self._note(seq, event_id, 1, status)
        return carried

    def _type(self, event_id: str) -> str:
        event = self._event(event_id)
        if event is None:
            raise Refusal(f"No such event: '{event_id}'", status=404, param="event")
        return str(event["type"])


def _post(address: str, payload: bytes, signed: str, timeout: float) -> int:
    """The answer's status; a redirect is not followed, as Stripe does not."""
    parts = urlsplit(address)
    secure = parts.scheme == "https"
    connection_class = http.client.HTTPSConnection if secure else http.client.HTTPConnection
    connection = connection_class(parts.hostname or "", parts.port, timeout=timeout)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
        "Stripe-Signature": signed,
    }
    try:
        connection.request("POST", path or "/", body=payload, headers=headers)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()
