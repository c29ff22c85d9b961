"""What goes wrong on purpose: errors, lost answers, and requests that wait."""

import re
import threading
import time
from dataclasses import dataclass
from typing import Any

from tests.fake_stripe.errors import Refusal, broken, too_many
from tests.fake_stripe.store import Store

KINDS = ("500", "429", "timeout", "drop_before", "drop_after", "hold_before", "hold_after")
_HOLD_AT_MOST = 600.0


class LostAnswer(Exception):
    """The connection closes without a word."""


class Gate:
    """Where requests wait until somebody says `release`."""

    def __init__(self) -> None:
        self._turn = threading.Condition()
        self._waiting = 0
        self._opened = 0
        self._closed = False

    @property
    def waiting(self) -> int:
        with self._turn:
            return self._waiting

    def wait(self, seconds: float) -> None:
        with self._turn:
            opened = self._opened
            self._waiting += 1
            self._turn.wait_for(lambda: self._opened != opened, timeout=seconds)
            self._waiting -= 1
            if self._closed:
                raise LostAnswer

    def open(self) -> int:
        with self._turn:
            self._opened += 1
            self._turn.notify_all()
            return self._waiting

    def close(self) -> None:
        """The house goes down: who still waits is sent away, nothing more is carried out."""
        self._closed = True
        self.open()


@dataclass(frozen=True)
class Fault:
    kind: str
    seconds: float | None = None


class Faults:
    """Rules by path, each for so many requests; kept with everything else."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.gate = Gate()

    def add(self, *, path_regex: str, kind: str, times: int, seconds: float | None) -> None:
        if kind not in KINDS:
            raise Refusal(f"kind must be one of {', '.join(KINDS)}", param="kind")
        re.compile(path_regex)
        rule = {"path": path_regex, "kind": kind, "times": times, "seconds": seconds}
        self._store.set_fact("faults", [*self.rules(), rule])

    def rules(self) -> list[dict[str, Any]]:
        rules: list[dict[str, Any]] = self._store.fact("faults", [])
        return rules

    def take(self, method: str, path: str) -> Fault | None:
        """The first rule for this request; a rule that is used up goes."""
        with self._store.transaction():
            rules = self.rules()
            for rule in rules:
                if not any(re.search(rule["path"], way) for way in (path, f"{method} {path}")):
                    continue
                rule["times"] -= 1
                self._store.set_fact("faults", [rest for rest in rules if rest["times"] > 0])
                return Fault(rule["kind"], rule["seconds"])
        return None

    def arrive(self, fault: Fault | None) -> None:
        """Before anything is looked at: the request may never have reached Stripe."""
        if fault is None or fault.kind.startswith("hold"):
            return
        if fault.kind == "timeout":
            time.sleep(60.0 if fault.seconds is None else fault.seconds)
            raise LostAnswer
        if fault.seconds:
            time.sleep(fault.seconds)
        if fault.kind == "drop_before":
            raise LostAnswer
        if fault.kind == "429":
            raise too_many()
        if fault.kind == "500":
            raise broken()

    def before(self, fault: Fault | None) -> None:
        if fault is not None and fault.kind == "hold_before":
            self.gate.wait(fault.seconds or _HOLD_AT_MOST)

    def after(self, fault: Fault | None) -> None:
        """All is done and kept; only the answer is still to go."""
        if fault is None:
            return
        if fault.kind == "hold_after":
            self.gate.wait(fault.seconds or _HOLD_AT_MOST)
        if fault.kind == "drop_after":
            raise LostAnswer
