"""The same key twice: the same answer twice, and nothing happens twice."""

import hashlib
import json
import threading
from typing import Any

from tests.fake_stripe.errors import Refusal, in_flight, other_parameters
from tests.fake_stripe.world import World


class Keys:
    def __init__(self, world: World) -> None:
        self._world = world
        self._busy: set[tuple[str, str]] = set()
        self._lock = threading.Lock()

    @staticmethod
    def fingerprint(method: str, path: str, values: dict[str, Any]) -> str:
        text = json.dumps([method, path, values], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    def begin(self, account: str, key: str, asked: str) -> tuple[int, str] | None:
        """The kept answer; or nothing, and the key is in flight until `end`.

        A key belongs to an account: another may use the same for something else.
        """
        if len(key) > 255:
            raise Refusal("Idempotency keys can be at most 255 characters long.")
        with self._lock:
            if (account, key) in self._busy:
                raise in_flight()
            kept = self._kept(account, key)
            if kept is None:
                self._busy.add((account, key))
                return None
        if kept["asked"] != asked:
            raise other_parameters(key)
        return int(kept["status"]), str(kept["body"])

    def _kept(self, account: str, key: str) -> Any:
        """Stripe forgets keys when they are a day old."""
        store = self._world.store
        with store.transaction():
            oldest = store.now() - self._world.options.keys_live
            store.run("DELETE FROM answers WHERE created < ?", oldest)
            rows = store.run("SELECT * FROM answers WHERE account = ? AND key = ?", account, key)
        return rows[0] if rows else None

    def keep(self, key: str, asked: str, status: int, body: str) -> None:
        """In the transaction of what was done: both are there, or neither."""
        self._world.store.run(
            "INSERT INTO answers (account, key, asked, status, body, created) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            *(self._world.store.account, key, asked, status, body, self._world.store.now()),
        )

    def end(self, account: str, key: str) -> None:
        with self._lock:
            self._busy.discard((account, key))
