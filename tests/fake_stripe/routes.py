"""Every address of Stripe's API that the fake knows, with its rules and what it does."""

import fnmatch
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.fake_stripe import balance, disputes, intents, payouts, refunds, sessions
from tests.fake_stripe.errors import Refusal, missing, no_access
from tests.fake_stripe.params import EXPAND, PAGE, Rules, choice, currency, text, when
from tests.fake_stripe.render import shown, shown_list
from tests.fake_stripe.store import Thing
from tests.fake_stripe.world import World

Values = dict[str, Any]
# (world, the id in the address, what was asked) → the answer.
Work = Callable[[World, str, Values], Thing]


@dataclass(frozen=True)
class Route:
    method: str
    pattern: re.Pattern[str]
    rules: Rules
    work: Work


def _route(method: str, path: str, rules: Rules, work: Work) -> Route:
    pattern = re.compile("/v1/" + path.replace(":id", r"([^/]+)") + r"\Z")
    return Route(method, pattern, rules, work)


def find(world: World, kind: str, thing_id: str, param: str = "id") -> Thing:
    thing = world.store.find(kind, thing_id)
    if thing is None:
        raise missing(kind, thing_id, param)
    return thing


def _retrieve(kind: str) -> Work:
    def work(world: World, thing_id: str, values: Values) -> Thing:
        return shown(world, find(world, kind, thing_id), values.get("expand", ()))

    return work


# Which field of an object a parameter is compared with, or how.
Fields = dict[str, str | Callable[[Thing, Any], bool]]


def _list(kind: str, path: str, fields: Fields) -> Work:
    def work(world: World, _: str, values: Values) -> Thing:
        fits = [thing for thing in world.store.all(kind) if _fits(thing, values, fields)]
        rows, more = _page(world, kind, fits, values)
        answer = shown_list(world, rows, f"/v1/{path}", values.get("expand", ()))
        return answer | {"has_more": more}

    return work


def _fits(thing: Thing, values: Values, fields: Fields) -> bool:
    for param, field in fields.items():
        if param not in values:
            continue
        wanted = values[param]
        if not (thing[field] == wanted if isinstance(field, str) else field(thing, wanted)):
            return False
    return _in_time(thing, values.get("created", {}))


def _in_time(thing: Thing, created: dict[str, int]) -> bool:
    at = thing["created"]
    tests = {
        "gt": lambda limit: at > limit,
        "gte": lambda limit: at >= limit,
        "lt": lambda limit: at < limit,
        "lte": lambda limit: at <= limit,
    }
    return all(tests[name](limit) for name, limit in created.items())


def _page(world: World, kind: str, fits: list[Thing], values: Values) -> tuple[list[Thing], bool]:
    limit = values.get("limit", 10)
    if "starting_after" in values and "ending_before" in values:
        raise Refusal("You can only specify one of these parameters: starting_after, ending_before")
    if "ending_before" in values:
        above = fits[: _place(world, kind, fits, values["ending_before"], "ending_before")]
        return above[-limit:], len(above) > limit
    if "starting_after" in values:
        fits = fits[_place(world, kind, fits, values["starting_after"], "starting_after") + 1 :]
    return fits[:limit], len(fits) > limit


def _place(world: World, kind: str, fits: list[Thing], thing_id: str, param: str) -> int:
    find(world, kind, thing_id, param)
    for place, thing in enumerate(fits):
        if thing["id"] == thing_id:
            return place
    raise Refusal(f"{thing_id} is not in this list", param=param)


def _lines(world: World, session_id: str, values: Values) -> Thing:
    session = find(world, "checkout.session", session_id)
    return shown(world, session, ["line_items"])["line_items"]


def _with(kind: str, act: Callable[[World, Thing, Values], Thing]) -> Work:
    """An act upon an object that the address names."""

    def work(world: World, thing_id: str, values: Values) -> Thing:
        done = act(world, find(world, kind, thing_id), values)
        return shown(world, done, values.get("expand", ()))

    return work


def _create(make: Callable[[World, Values], Thing]) -> Work:
    def work(world: World, _: str, values: Values) -> Thing:
        return shown(world, make(world, values), values.get("expand", ()))

    return work


def _balance(world: World, _: str, values: Values) -> Thing:
    return balance.current(world)


def _account(world: World, account_id: str, values: Values) -> Thing:
    """The account in whose name is asked, or one that the address names."""
    wanted = account_id or world.store.account
    # A connected account sees itself alone; the platform sees all.
    seen = world.accounts if world.store.account == world.platform else {world.store.account}
    if wanted not in seen:
        raise no_access(world.options.key, wanted)
    account = world.shape("account")
    return account | {
        "id": wanted,
        "charges_enabled": True,
        "default_currency": world.accounts[wanted],
        "details_submitted": True,
        "payouts_enabled": True,
        "requirements": account["requirements"]
        | {"currently_due": [], "disabled_reason": None, "eventually_due": []},
    }


_OF_PAYMENT: Rules = PAGE | {"created": when, "payment_intent": text(), "charge": text()}
_PAYMENT_FIELDS: Fields = {"payment_intent": "payment_intent", "charge": "charge"}
_ENTRIES: Rules = PAGE | {
    "created": when,
    "payout": text(),
    "type": text(),
    "source": text(),
    "currency": currency,
}


def _in_payout(entry: Thing, payout_id: str) -> bool:
    """What it paid, and its own line."""
    is_own = entry["type"] == "payout" and entry["source"] == payout_id
    return is_own or entry["_payout"] == payout_id


def _is_of_types(event: Thing, types: list[str]) -> bool:
    return any(fnmatch.fnmatchcase(event["type"], pattern) for pattern in types)


_ENTRY_FIELDS: Fields = {
    "payout": _in_payout,
    "type": "type",
    "source": "source",
    "currency": "currency",
}
_EVENTS: Rules = PAGE | {"created": when, "type": text(), "types": [text()]}
_EVENT_FIELDS: Fields = {
    "type": lambda event, pattern: _is_of_types(event, [pattern]),
    "types": _is_of_types,
}
_PAYOUTS: Rules = PAGE | {
    "created": when,
    "status": choice("pending", "in_transit", "paid", "failed", "canceled"),
}
_SESSION_FIELDS: Fields = {"payment_intent": "payment_intent", "status": "status"}


def _reads(path: str, kind: str, rules: Rules, fields: Fields) -> list[Route]:
    return [
        _route("GET", path, rules, _list(kind, path, fields)),
        _route("GET", f"{path}/:id", EXPAND, _retrieve(kind)),
    ]


ROUTES = [
    _route("POST", "checkout/sessions", sessions.CREATE, _create(sessions.create)),
    _route(
        "POST",
        "checkout/sessions/:id/expire",
        EXPAND,
        _with("checkout.session", lambda world, session, _: sessions.expire(world, session)),
    ),
    _route("POST", "payment_intents", intents.CREATE, _create(intents.create)),
    _route(
        "POST",
        "payment_intents/:id/confirm",
        intents.CONFIRM,
        _with("payment_intent", intents.confirm),
    ),
    _route(
        "POST",
        "payment_intents/:id/cancel",
        intents.CANCEL,
        _with("payment_intent", intents.cancel),
    ),
    _route("POST", "refunds", refunds.CREATE, _create(refunds.create)),
    _route("POST", "disputes/:id", disputes.UPDATE, _with("dispute", disputes.update)),
    _route(
        "POST",
        "disputes/:id/close",
        EXPAND,
        _with("dispute", lambda world, dispute, _: disputes.close(world, dispute, won=False)),
    ),
    _route("POST", "payouts", payouts.CREATE, _create(payouts.create)),
    _route(
        "POST",
        "payouts/:id/cancel",
        EXPAND,
        _with("payout", lambda world, payout, _: payouts.move(world, payout, "canceled")),
    ),
    _route("GET", "checkout/sessions/:id/line_items", PAGE, _lines),
    *_reads("checkout/sessions", "checkout.session", sessions.LIST, _SESSION_FIELDS),
    *_reads("payment_intents", "payment_intent", PAGE | {"created": when}, {}),
    *_reads("charges", "charge", _OF_PAYMENT, {"payment_intent": "payment_intent"}),
    *_reads("refunds", "refund", _OF_PAYMENT, _PAYMENT_FIELDS),
    *_reads("disputes", "dispute", _OF_PAYMENT, _PAYMENT_FIELDS),
    *_reads("payouts", "payout", _PAYOUTS, {"status": "status"}),
    *_reads("balance_transactions", "balance_transaction", _ENTRIES, _ENTRY_FIELDS),
    *_reads("events", "event", _EVENTS, _EVENT_FIELDS),
    _route("GET", "balance", EXPAND, _balance),
    _route("GET", "account", EXPAND, _account),
    _route("GET", "accounts/:id", EXPAND, _account),
]


def match(method: str, path: str) -> tuple[Route, str]:
    for route in ROUTES:
        found = route.pattern.match(path)
        if found and route.method == method:
            return route, found[1] if found.groups() else ""
    raise Refusal(
        f"Unrecognized request URL ({method}: {path}). The fake of Stripe does not know it.",
        status=404,
    )
