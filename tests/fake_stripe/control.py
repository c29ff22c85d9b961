"""The hand behind the fake: what customers, banks, clocks and networks do, on command."""

import re
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tests.fake_stripe import balance, disputes, payouts, refunds, sessions
from tests.fake_stripe.cards import card
from tests.fake_stripe.currencies import rate
from tests.fake_stripe.errors import Refusal, required
from tests.fake_stripe.events import record
from tests.fake_stripe.fake import Fake
from tests.fake_stripe.render import public
from tests.fake_stripe.routes import find
from tests.fake_stripe.store import Thing

Values = dict[str, Any]
Command = Callable[[Fake, Values], dict[str, Any]]

_KINDS = [
    "checkout.session",
    "payment_intent",
    "charge",
    "refund",
    "dispute",
    "payout",
    "balance_transaction",
    "event",
]
# Values that name an object, and with it its account.
_NAMES = ("session", "payment_intent", "refund", "dispute", "payout", "id")
_MODES = ("live", "hold", "never", "late")


def command(fake: Fake, name: str, values: Values) -> dict[str, Any]:
    if name not in COMMANDS:
        raise Refusal(f"Unknown command: {name}", status=404)
    # The shop may ask the API while it takes an event: these two must not keep the lock.
    if name in _UNLOCKED:
        return COMMANDS[name](fake, values)
    with fake.store.transaction():
        sessions.expire_due(fake.world)
        with fake.store.within(_account(fake, values)):
            return COMMANDS[name](fake, values)


def _account(fake: Fake, values: Values) -> str:
    """The one that is named; else that of the object in question; else the platform's."""
    if "account" in values:
        account = str(values.pop("account"))
        if account not in fake.world.accounts:
            raise Refusal(f"No such account: '{account}'", status=404, param="account")
        return account
    owners = [fake.store.owner(str(values[name])) for name in _NAMES if name in values]
    return next((owner for owner in owners if owner), fake.world.platform)


def need(values: Values, name: str) -> Any:
    if name not in values:
        raise required(name)
    return values[name]


def is_true(value: Any) -> bool:
    """JSON's true, or the word of a form."""
    return value is True or value in {"true", "1", "yes"}


def _pay(fake: Fake, values: Values) -> dict[str, Any]:
    """As the customer does on the hosted page; `authenticate` is answered by `authentic`."""
    world = fake.world
    session = find(world, "checkout.session", need(values, "session"))
    if "shipping" in values:
        sessions.choose_shipping(world, session, int(values["shipping"]))
    outcome = sessions.pay(
        world,
        session,
        replace(card(str(values.get("card", "ok"))), wallet=values.get("wallet")),
        authenticated=is_true(values.get("authentic", False)),
    )
    return {"outcome": outcome, "session": public(world, session)}


def _fail_authentication(fake: Fake, values: Values) -> dict[str, Any]:
    session = find(fake.world, "checkout.session", need(values, "session"))
    sessions.refuse_authentication(fake.world, session)
    return {"session": public(fake.world, session)}


def _expire(fake: Fake, values: Values) -> dict[str, Any]:
    session = find(fake.world, "checkout.session", need(values, "session"))
    return {"session": public(fake.world, sessions.expire(fake.world, session))}


def _refund(fake: Fake, values: Values) -> dict[str, Any]:
    """As somebody does on Stripe's own pages, behind the shop's back."""
    find(fake.world, "payment_intent", need(values, "payment_intent"), "payment_intent")
    return {"refund": public(fake.world, refunds.create(fake.world, values))}


def _refunds(fake: Fake, values: Values) -> dict[str, Any]:
    """Whether the next refunds wait for their bank."""
    fake.store.set_fact("refunds_pending", is_true(need(values, "pending")))
    return values


def _succeed_refund(fake: Fake, values: Values) -> dict[str, Any]:
    refund = find(fake.world, "refund", need(values, "refund"))
    return {"refund": public(fake.world, refunds.succeed(fake.world, refund))}


def _fail_refund(fake: Fake, values: Values) -> dict[str, Any]:
    refund = find(fake.world, "refund", need(values, "refund"))
    reason = str(values.get("reason", "lost_or_stolen_card"))
    return {"refund": public(fake.world, refunds.fail(fake.world, refund, reason))}


def _dispute(fake: Fake, values: Values) -> dict[str, Any]:
    intent = find(fake.world, "payment_intent", need(values, "payment_intent"))
    reason = str(values.get("reason", "fraudulent"))
    return {"dispute": public(fake.world, disputes.begin(fake.world, intent, reason))}


def _close_dispute(fake: Fake, values: Values) -> dict[str, Any]:
    dispute = find(fake.world, "dispute", need(values, "dispute"))
    won = is_true(need(values, "won"))
    return {"dispute": public(fake.world, disputes.close(fake.world, dispute, won=won))}


def _payout(fake: Fake, values: Values) -> dict[str, Any]:
    payout = payouts.begin(
        fake.world,
        str(values.get("currency", fake.world.currency)),
        with_pending=is_true(values.get("with_pending", False)),
    )
    return {"payout": public(fake.world, payout)}


def _payout_status(fake: Fake, values: Values) -> dict[str, Any]:
    payout = find(fake.world, "payout", need(values, "payout"))
    moved = payouts.move(fake.world, payout, str(need(values, "status")))
    return {"payout": public(fake.world, moved)}


def _advance(fake: Fake, values: Values) -> dict[str, Any]:
    seconds = int(need(values, "seconds"))
    if seconds < 0:
        raise Refusal("Time only goes forward.", param="seconds")
    fake.store.advance(seconds)
    sessions.expire_due(fake.world)
    return {"now": fake.store.now()}


def _clock(fake: Fake, values: Values) -> dict[str, Any]:
    """How far the fake's clock is ahead of the real one, wherever it stood before."""
    fake.store.set_offset(int(need(values, "offset")))
    sessions.expire_due(fake.world)
    return {"now": fake.store.now()}


def _fault(fake: Fake, values: Values) -> dict[str, Any]:
    seconds = values.get("seconds")
    try:
        fake.faults.add(
            path_regex=str(need(values, "path_regex")),
            kind=str(need(values, "kind")),
            times=int(values.get("times", 1)),
            seconds=None if seconds is None else float(seconds),
        )
    except re.error as error:
        raise Refusal(f"Not a regular expression: {error}", param="path_regex") from error
    return {"faults": fake.faults.rules()}


def _clear_faults(fake: Fake, values: Values) -> dict[str, Any]:
    fake.store.set_fact("faults", [])
    return {"faults": []}


def _held(fake: Fake, values: Values) -> dict[str, Any]:
    return {"held": fake.faults.gate.waiting}


def _release(fake: Fake, values: Values) -> dict[str, Any]:
    return {"released": fake.faults.gate.open()}


def _events(fake: Fake, values: Values) -> dict[str, Any]:
    """How events reach the shop from now on, or (`deliver`, `wait`) what is to be carried now."""
    mode = need(values, "mode")
    rest = {key: value for key, value in values.items() if key != "mode"}
    if mode == "deliver":
        return {"carried": fake.courier.deliver(**rest)}
    if mode == "wait":
        return {"waiting": _wait(fake, float(rest.get("seconds", 10)))}
    if mode not in _MODES:
        raise Refusal(f"mode must be deliver, wait or one of {', '.join(_MODES)}", param="mode")
    with fake.store.transaction():
        fake.store.set_fact("delivery", values)
    return {"delivery": values}


def _wait(fake: Fake, seconds: float) -> int:
    """Until every event that is on its way was taken; how many are still waiting."""
    until = time.monotonic() + seconds
    while True:
        rows = fake.store.run("SELECT count(*) AS n FROM deliveries WHERE state = 'waiting'")
        if not rows[0]["n"] or time.monotonic() > until:
            return int(rows[0]["n"])
        time.sleep(0.02)


def _webhook(fake: Fake, values: Values) -> dict[str, Any]:
    fake.store.set_fact("webhook", need(values, "url"))
    return {"webhook": fake.world.webhook}


def _settlement(fake: Fake, values: Values) -> dict[str, Any]:
    """From now on this currency settles in `to`, at this rate (a decimal string)."""
    rates = fake.store.fact("settlement", {})
    name = str(need(values, "currency"))
    if fake.store.account != fake.world.platform:
        name = f"{fake.store.account}/{name}"
    shown = str(need(values, "rate"))
    rate(shown)
    rates[name] = [need(values, "to"), shown]
    fake.store.set_fact("settlement", rates)
    return {"settlement": rates}


def _connect(fake: Fake, values: Values) -> dict[str, Any]:
    """A partner's account, in whose name the platform may ask from now on."""
    partner = str(need(values, "partner"))
    if not partner.startswith("acct_"):
        raise Refusal("An account's id begins with acct_.", param="partner")
    told = fake.store.fact("accounts", {})
    told[partner] = str(values.get("currency", fake.world.options.currency))
    fake.store.set_fact("accounts", told)
    return {"accounts": fake.world.accounts}


def _emit(fake: Fake, values: Values) -> dict[str, Any]:
    """An event of any type about an object that exists: what the shop did not expect."""
    thing = find(fake.world, need(values, "kind"), need(values, "id"))
    return {"event": record(fake.world, need(values, "type"), thing)}


def _sums(fake: Fake, values: Values) -> dict[str, Any]:
    return balance.sums(fake.world)


def _all_sums(fake: Fake, values: Values) -> dict[str, Any]:
    """Of every account."""
    result = {}
    for account in fake.world.accounts:
        with fake.store.within(account):
            result[account] = balance.sums(fake.world)
    return result


def _state(fake: Fake, values: Values) -> dict[str, Any]:
    world = fake.world
    things: dict[str, list[Thing]] = {kind: [] for kind in _KINDS}
    owners: dict[str, str] = {}
    for account in world.accounts:
        with fake.store.within(account):
            for kind in _KINDS:
                here = [public(world, thing) for thing in fake.store.all(kind)]
                things[kind] += here
                if account != world.platform:
                    owners |= {thing["id"]: account for thing in here}
    deliveries = [dict(row) for row in fake.store.run("SELECT * FROM deliveries ORDER BY seq")]
    return {
        "now": fake.store.now(),
        "webhook": world.webhook,
        "delivery": fake.store.fact("delivery", {"mode": "live"}),
        "faults": fake.faults.rules(),
        "held": fake.faults.gate.waiting,
        "deliveries": deliveries,
        "objects": things,
        "accounts": world.accounts,
        # Of the connected ones; all else is the platform's own.
        "belongs_to": owners,
    }


def _reset(fake: Fake, values: Values) -> dict[str, Any]:
    fake.store.forget_everything()
    fake.faults.gate.open()
    return {"reset": True}


_UNLOCKED = {"events", "release", "held"}
COMMANDS: dict[str, Command] = {
    "pay": _pay,
    "fail_authentication": _fail_authentication,
    "expire": _expire,
    "refund": _refund,
    "refunds": _refunds,
    "succeed_refund": _succeed_refund,
    "fail_refund": _fail_refund,
    "dispute": _dispute,
    "close_dispute": _close_dispute,
    "payout": _payout,
    "payout_status": _payout_status,
    "advance": _advance,
    "clock": _clock,
    "fault": _fault,
    "clear_faults": _clear_faults,
    "held": _held,
    "release": _release,
    "events": _events,
    "webhook": _webhook,
    "settlement": _settlement,
    "connect": _connect,
    "emit": _emit,
    "sums": _sums,
    "all_sums": _all_sums,
    "state": _state,
    "reset": _reset,
}
