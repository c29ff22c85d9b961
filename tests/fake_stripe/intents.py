"""Payment intents that the shop makes and confirms itself, with one of Stripe's test cards.

The shop pays through sessions; this is here for what only a call of the API can show: the answer
402, which an idempotency key remembers as it remembers a success.
"""

from typing import Any

from tests.fake_stripe import balance, disputes, payments
from tests.fake_stripe.cards import AUTHENTICATION_REQUIRED, CARDS, METHODS, Card
from tests.fake_stripe.currencies import check_amount, check_least
from tests.fake_stripe.errors import Refusal, missing, required
from tests.fake_stripe.params import (
    EXPAND,
    Rules,
    choice,
    currency,
    email,
    integer,
    metadata,
    need,
    text,
    url,
)
from tests.fake_stripe.render import public
from tests.fake_stripe.store import Thing
from tests.fake_stripe.world import World

_YES = choice("true", "false")
CONFIRM: Rules = EXPAND | {
    "payment_method": text(),
    "off_session": _YES,
    "return_url": url,
    "receipt_email": email,
}
CREATE: Rules = CONFIRM | {
    "amount": integer(1, 99_999_999),
    "currency": currency,
    "confirm": _YES,
    "capture_method": choice("automatic", "automatic_async"),
    "automatic_payment_methods": {"enabled": _YES, "allow_redirects": choice("always", "never")},
    "payment_method_types": [choice("card")],
    "description": text(1000),
    "metadata": metadata,
}
CANCEL: Rules = EXPAND | {
    "cancellation_reason": choice("duplicate", "fraudulent", "requested_by_customer", "abandoned")
}


def create(world: World, values: dict[str, Any]) -> Thing:
    need(values, "amount", "currency")
    amount, money = values["amount"], values["currency"]
    check_amount(amount, money, "amount")
    check_least(amount, money, balance.settled(world, amount, money)[:2], "amount", "Amount")
    intent = payments.new_intent(world, amount=amount, currency=money, data=values)
    if values.get("confirm") == "true":
        confirm(world, intent, values)
    return intent


def confirm(world: World, intent: Thing, values: dict[str, Any]) -> Thing:
    """Raises Refusal, with what the refused card left behind, when the card does not pay."""
    _own(intent)
    if intent["status"] != "requires_payment_method":
        raise _unexpected(intent, "confirm")
    card = _card(values)
    billing = {"email": values.get("receipt_email"), "name": None}
    if card.code:
        charge = payments.decline(world, intent, card, billing)
        raise _refused(world, intent, card, charge)
    charge = payments.pay(world, intent, card, billing)
    if card.opens_dispute:
        disputes.begin(world, intent)
    return intent


def _card(values: dict[str, Any]) -> Card:
    if "payment_method" not in values:
        raise required("payment_method")
    name = values["payment_method"]
    if name not in METHODS:
        raise missing("PaymentMethod", name, "payment_method")
    card = CARDS[METHODS[name]]
    return AUTHENTICATION_REQUIRED if card.needs_authentication else card


def _refused(world: World, intent: Thing, card: Card, charge: Thing) -> Refusal:
    more: dict[str, Any] = {"charge": charge["id"], "payment_intent": public(world, intent)}
    if card.decline_code:
        more["decline_code"] = card.decline_code
    return Refusal(
        card.message or "",
        status=402,
        kind="card_error",
        code=card.code,
        kept=True,
        commits=True,
        more=more,
    )


def cancel(world: World, intent: Thing, values: dict[str, Any]) -> Thing:
    _own(intent)
    if intent["status"] in {"succeeded", "canceled"}:
        raise _unexpected(intent, "cancel")
    payments.cancel(world, intent, values.get("cancellation_reason"))
    return intent


def _own(intent: Thing) -> None:
    if intent["_session"]:
        raise Refusal(
            "You cannot perform this action on PaymentIntents created by Checkout.", kept=True
        )


def _unexpected(intent: Thing, verb: str) -> Refusal:
    return Refusal(
        f"You cannot {verb} this PaymentIntent because it has a status of {intent['status']}.",
        code="payment_intent_unexpected_state",
        kept=True,
    )
