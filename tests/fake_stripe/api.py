"""One request of the API, from the key to the answer."""

import base64
import binascii
import hmac
import json
from dataclasses import dataclass, field
from typing import Any

from tests.fake_stripe import forms, sessions
from tests.fake_stripe.errors import Refusal, no_access, other_version, wrong_key
from tests.fake_stripe.faults import Fault, Faults
from tests.fake_stripe.idempotency import Keys
from tests.fake_stripe.params import read
from tests.fake_stripe.routes import Route, match
from tests.fake_stripe.world import API_VERSION, Request, World, new_id


@dataclass
class Answer:
    status: int
    body: str
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    method: str
    path: str
    # The query of a GET, the body of a POST: Stripe reads both alike.
    form: str
    authorization: str = ""
    idempotency_key: str | None = None
    # The header `Stripe-Account`: a connected account, in whose name the platform asks.
    account: str | None = None
    # The header `Stripe-Version`; without it, the account's own.
    version: str | None = None


class Api:
    def __init__(self, world: World, faults: Faults) -> None:
        self._world = world
        self._faults = faults
        self._keys = Keys(world)

    def answer(self, asked: Asked) -> Answer:
        request_id = new_id("req_", 14)
        headers = {"Request-Id": request_id, "Stripe-Version": API_VERSION}
        if asked.idempotency_key:
            headers["Idempotency-Key"] = asked.idempotency_key
        if asked.account:
            headers["Stripe-Account"] = asked.account
        try:
            answer = self._answer(asked, request_id)
        except Refusal as refusal:
            answer = Answer(refusal.status, _json(refusal.body(request_id)))
        answer.headers = headers | answer.headers
        return answer

    def _answer(self, asked: Asked, request_id: str) -> Answer:
        self._admit(asked.authorization)
        if asked.version not in {None, API_VERSION}:
            raise other_version(str(asked.version), API_VERSION)
        account = self._account(asked)
        fault = self._faults.take(asked.method, asked.path)
        self._faults.arrive(fault)
        values = forms.decode(asked.form)
        key = asked.idempotency_key if asked.method == "POST" else None
        with self._world.store.within(account):
            if not key:
                self._faults.before(fault)
                answer = self._carry_out(asked, values, request_id, None, "")
            else:
                answer = self._once(asked, values, request_id, key, fault)
        self._faults.after(fault)
        return answer

    def _account(self, asked: Asked) -> str:
        account = asked.account or self._world.platform
        if account not in self._world.accounts:
            raise no_access(self._world.options.key, account)
        return account

    def _once(
        self, asked: Asked, values: dict[str, Any], request_id: str, key: str, fault: Fault | None
    ) -> Answer:
        """Looks for a kept answer before any rule is read: what was right once stays right."""
        print_ = self._keys.fingerprint(asked.method, asked.path, values)
        account = self._world.store.account
        kept = self._keys.begin(account, key, print_)
        if kept is not None:
            return Answer(*kept, {"Idempotent-Replayed": "true"})
        try:
            self._faults.before(fault)
            return self._carry_out(asked, values, request_id, key, print_)
        finally:
            self._keys.end(account, key)

    def _admit(self, authorization: str) -> None:
        scheme, _, shown = authorization.partition(" ")
        if scheme.lower() == "basic":
            try:
                shown = base64.b64decode(shown).decode().partition(":")[0]
            except (binascii.Error, UnicodeDecodeError):
                shown = ""
        if not hmac.compare_digest(shown.encode(), self._world.options.key.encode()):
            raise wrong_key(shown)

    def _carry_out(
        self, asked: Asked, values: dict[str, Any], request_id: str, key: str | None, print_: str
    ) -> Answer:
        """What is done, its events and its kept answer are one transaction."""
        store = self._world.store
        with store.transaction():
            sessions.expire_due(self._world)
        route, thing_id = match(asked.method, asked.path)
        try:
            with store.transaction():
                answer = self._work(route, thing_id, values, Request(request_id, key))
                if key is not None:
                    self._keys.keep(key, print_, answer.status, answer.body)
        except Refusal as refusal:
            if key is None or not refusal.kept:
                raise
            answer = Answer(refusal.status, _json(refusal.body(request_id)))
            with store.transaction():
                self._keys.keep(key, print_, answer.status, answer.body)
        return answer

    def _work(
        self, route: Route, thing_id: str, values: dict[str, Any], request: Request
    ) -> Answer:
        self._world.request = request
        try:
            found = read(route.rules, values)
            return Answer(200, _json(route.work(self._world, thing_id, found)))
        except Refusal as refusal:
            # What a declined card leaves behind is kept, unlike what other refusals touched.
            if not refusal.commits:
                raise
            return Answer(refusal.status, _json(refusal.body(request.id or "")))
        finally:
            self._world.request = Request()


def _json(body: dict[str, Any]) -> str:
    return json.dumps(body, indent=2)
