"""What the fake says has Stripe's shape: the keys of Stripe's examples, the types of its library."""

import inspect
import json
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import stripe

from tests.fake_stripe import FakeStripe
from tests.payments.fake import client, make, order, pay

SHAPES = json.loads(
    (Path(__file__).parents[1] / "data" / "stripe" / "shapes.json").read_text(encoding="utf-8")
)
CLASSES: dict[str, type] = {
    "account": stripe.Account,
    "balance": stripe.Balance,
    "balance_transaction": stripe.BalanceTransaction,
    "charge": stripe.Charge,
    "checkout.session": stripe.checkout.Session,
    "dispute": stripe.Dispute,
    "event": stripe.Event,
    "payment_intent": stripe.PaymentIntent,
    "payout": stripe.Payout,
    "refund": stripe.Refund,
}
# What Stripe sends only sometimes, and its examples leave out.
SOMETIMES = {
    "refund": {"failure_reason", "failure_balance_transaction"},
    # Of a connected account alone.
    "event": {"account"},
}


@pytest.fixture(scope="module")
def objects() -> list[dict[str, Any]]:
    """One of everything that the fake can say, after all that can happen."""
    with FakeStripe(
        settlement={"eur": ("usd", "1.0832")}, accounts={"acct_1Partner": "bob"}
    ) as fake:
        _live(fake)
        _live_by_the_api(fake)
        found = fake.control("state")["objects"]
        stripe_client = client(fake)
        loose = [stripe_client.v1.balance.retrieve(), stripe_client.v1.accounts.retrieve_current()]
    kept = [thing for things in found.values() for thing in things]
    inside = [event["data"]["object"] for event in found["event"]]
    return kept + inside + [thing.to_dict() for thing in loose]


def _live(fake: FakeStripe) -> None:
    make(fake, expand=["line_items"])
    declined = make(fake).id
    for card in ("declined", "insufficient_funds", "expired", "3ds"):
        fake.control("pay", session=declined, card=card)
    fake.control("fail_authentication", session=declined)
    fake.control("expire", session=declined)
    first, second, third = (pay(fake).payment_intent.id for _ in range(3))
    refunds = client(fake).v1.refunds
    refunds.create({"payment_intent": first, "amount": 100, "reason": "requested_by_customer"})
    fake.control("fail_refund", refund=refunds.create({"payment_intent": first}).id)
    for intent, won in ((second, True), (third, False)):
        dispute = fake.control("dispute", payment_intent=intent)["dispute"]["id"]
        fake.control("close_dispute", dispute=dispute, won=won)
    for status in ("failed", "paid"):
        payout = fake.control("payout", currency="usd", with_pending=True)["payout"]["id"]
        fake.control("payout_status", payout=payout, status=status)


def _live_by_the_api(fake: FakeStripe) -> None:
    api = client(fake).v1
    fixed = {"amount": 500, "currency": "usd"}
    way = {"shipping_rate_data": {"display_name": "Correo", "fixed_amount": fixed}}
    sent = make(fake, shipping_options=[way])
    fake.control("pay", session=sent.id, wallet="google_pay")
    partner: Any = {"stripe_account": "acct_1Partner"}
    theirs = api.checkout.sessions.create(order(), partner)
    fake.control("pay", session=theirs.id, card="disputed")
    api.disputes.update(
        api.disputes.list({}, partner).data[0].id, {"evidence": {"receipt": "file_1"}}, partner
    )
    for method in ("pm_card_bypassPending", "pm_card_amex"):
        api.payment_intents.create(_confirmed(method))
    with pytest.raises(stripe.CardError):
        api.payment_intents.create(_confirmed("pm_card_visa_chargeDeclined"))
    api.payment_intents.cancel(api.payment_intents.list({"limit": 1}).data[0].id)
    api.payouts.create({"amount": 1000, "currency": "usd"})
    api.payouts.cancel(api.payouts.create({"amount": 1000, "currency": "usd"}).id)


def _confirmed(method: str) -> Any:
    return {"amount": 5000, "currency": "usd", "confirm": True, "payment_method": method}


def test_everything_was_said(objects):
    assert {thing["object"] for thing in objects} == set(CLASSES)


def test_objects_have_the_keys_of_stripes_examples(objects):
    for thing in objects:
        kind = thing["object"]
        keys, example = set(thing), set(SHAPES[kind])
        assert example - keys == set(), kind
        assert keys - example <= SOMETIMES.get(kind, set()), kind


def test_values_have_the_json_types_of_stripes_examples(objects):
    for thing in objects:
        example = SHAPES[thing["object"]]
        for key, value in thing.items():
            if None not in (value, example.get(key)):
                assert type(value) is type(example[key]), (thing["object"], key)


def test_values_have_the_types_of_stripes_library(objects):
    wrong = {
        complaint
        for thing in objects
        for complaint in _complaints(thing, CLASSES[thing["object"]], thing["object"])
    }
    assert wrong == set()


def _complaints(thing: dict[str, Any], kind: type, path: str) -> Iterator[str]:
    hints = kind.__annotations__
    for key, value in thing.items():
        # An example may carry what this version of the library has no word for.
        if key in hints and not _fits(value, hints[key]):
            yield f"{path}.{key} = {value!r}, not {hints[key]}"
        elif key in hints and isinstance(value, dict):
            for inner in _classes(hints[key]):
                yield from _complaints(value, inner, f"{path}.{key}")


def _fits(value: Any, hint: Any) -> bool:
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Union:
        return any(_fits(value, part) for part in inner)
    if origin is typing.Literal:
        return value in inner
    if origin is list:
        return isinstance(value, list) and all(_fits(item, inner[0]) for item in value)
    if hint in {int, str, bool, float, type(None)}:
        return type(value) is hint
    # A class of the library, or the name of one.
    return isinstance(value, dict)


def _classes(hint: Any) -> list[type]:
    parts = [hint, *typing.get_args(hint)]
    return [
        part for part in parts if inspect.isclass(part) and issubclass(part, stripe.StripeObject)
    ]
