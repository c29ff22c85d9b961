"""Stripe's test cards, in the shop's hands and in the customer's."""

from typing import Any

import pytest
import stripe

from tests.fake_stripe import FakeStripe
from tests.payments.fake import client, make, order

INTENT: Any = {"amount": 2500, "currency": "usd", "confirm": True, "off_session": True}


def _confirm(fake: FakeStripe, method: str, key: str | None = None, **changes: Any) -> Any:
    options: Any = {"idempotency_key": key} if key else {}
    asked: Any = {**INTENT, "payment_method": method, **changes}
    return client(fake).v1.payment_intents.create(asked, options)


def _charge(fake: FakeStripe, **values: Any) -> Any:
    session = make(fake)
    fake.control("pay", session=session.id, **values)
    (charge,) = client(fake).v1.charges.list({"expand": ["data.balance_transaction"]}).data
    return charge


@pytest.mark.parametrize(
    ("card", "brand", "last4"),
    [("4242424242424242", "visa", "4242"), ("5555555555554444", "mastercard", "4444")]
    + [("378282246310005", "amex", "0005")],
)
def test_a_charge_says_which_card_paid(fake, card, brand, last4):
    charge = _charge(fake, card=card)
    assert (charge.status, charge.outcome.type) == ("succeeded", "authorized")
    details = charge.payment_method_details.card
    assert (details.brand, details.last4, details.wallet) == (brand, last4, None)


def test_a_telephone_pays_with_the_card_that_it_holds(fake):
    wallet = _charge(fake, wallet="google_pay").payment_method_details.card.wallet
    assert (wallet.type, wallet.dynamic_last4) == ("google_pay", "4242")


def test_one_card_does_not_let_its_money_wait(fake):
    assert _charge(fake, card="4000000000000077").balance_transaction.status == "available"
    assert fake.control("sums")["usd"]["pending"] == 0


def test_one_card_disputes_what_it_paid(fake):
    charge = _charge(fake, card="4000000000000259")
    assert charge.disputed
    (dispute,) = client(fake).v1.disputes.list({"charge": charge.id}).data
    assert (dispute.amount, dispute.status) == (14500, "needs_response")
    assert fake.control("sums")["usd"]["balance"] == -622 - 1500


@pytest.mark.parametrize(
    ("card", "code", "decline_code"),
    [
        ("4000000000000002", "card_declined", "generic_decline"),
        ("4000000000000341", "card_declined", "generic_decline"),
        ("4000000000009995", "card_declined", "insufficient_funds"),
        ("4000000000009987", "card_declined", "lost_card"),
        ("4000000000009979", "card_declined", "stolen_card"),
        ("4000000000000069", "expired_card", None),
        ("4000000000000127", "incorrect_cvc", None),
        ("4000000000000119", "processing_error", None),
    ],
)
def test_a_declined_card_leaves_a_failed_charge_and_no_money(fake, card, code, decline_code):
    charge = _charge(fake, card=card)
    assert (charge.status, charge.paid, charge.balance_transaction) == ("failed", False, None)
    assert (charge.failure_code, charge.outcome.reason) == (code, decline_code or code)
    intent = client(fake).v1.payment_intents.retrieve(charge.payment_intent)
    assert intent.last_payment_error.code == code
    assert intent.last_payment_error.to_dict().get("decline_code") == decline_code
    assert fake.control("sums") == {}


def test_the_shop_confirms_an_intent_itself(fake):
    intent = _confirm(fake, "pm_card_visa", metadata={"order": "M-1"})
    assert (intent.status, intent.amount_received) == ("succeeded", 2500)
    assert fake.control("sums")["usd"]["charges"] == 2500
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client(fake).v1.payment_intents.cancel(intent.id)
    assert refused.value.code == "payment_intent_unexpected_state"


def test_a_refused_payment_is_answered_alike_under_its_key(fake):
    answers = []
    for _ in range(2):
        with pytest.raises(stripe.CardError) as refused:
            _confirm(fake, "pm_card_visa_chargeDeclinedInsufficientFunds", "pay-1")
        answers.append(refused.value)
    first, second = answers
    assert (first.http_status, first.code) == (402, "card_declined")
    assert first.error.decline_code == "insufficient_funds"
    assert first.http_body == second.http_body
    assert "Idempotent-Replayed" not in (first.headers or {})
    assert second.headers["Idempotent-Replayed"] == "true"
    # One attempt was made, and what it left is there.
    (charge,) = client(fake).v1.charges.list().data
    assert (charge.status, charge.payment_intent) == ("failed", first.error.payment_intent.id)


def test_a_refused_intent_takes_another_card(fake):
    with pytest.raises(stripe.CardError) as refused:
        _confirm(fake, "pm_card_authenticationRequired")
    assert refused.value.code == "authentication_required"
    intents = client(fake).v1.payment_intents
    intent = refused.value.error.payment_intent.id
    paid = intents.confirm(intent, {"payment_method": "pm_card_mastercard"})
    assert paid.status == "succeeded"
    assert [charge.status for charge in client(fake).v1.charges.list().data] == [
        "succeeded",
        "failed",
    ]


def test_an_intent_is_given_up(fake):
    intents = client(fake).v1.payment_intents
    intent = intents.create({"amount": 2500, "currency": "usd"})
    assert intent.status == "requires_payment_method"
    canceled = intents.cancel(intent.id, {"cancellation_reason": "abandoned"})
    assert (canceled.status, canceled.cancellation_reason) == ("canceled", "abandoned")


def test_an_intent_of_a_session_is_left_to_its_page(fake):
    session = make(fake)
    fake.control("pay", session=session.id, card="declined")
    intent = client(fake).v1.checkout.sessions.retrieve(session.id).payment_intent
    with pytest.raises(stripe.InvalidRequestError, match="created by Checkout"):
        client(fake).v1.payment_intents.cancel(intent)
    with pytest.raises(stripe.InvalidRequestError, match="created by Checkout"):
        client(fake).v1.payment_intents.confirm(intent, {"payment_method": "pm_card_visa"})
    assert fake.control("sums") == {}


def test_an_intent_too_small_or_with_an_unknown_card_is_refused(fake):
    with pytest.raises(stripe.InvalidRequestError) as small:
        _confirm(fake, "pm_card_visa", amount=49)
    assert small.value.code == "amount_too_small"
    with pytest.raises(stripe.InvalidRequestError) as unknown:
        _confirm(fake, "pm_card_nobody", "pay-1")
    assert (unknown.value.code, unknown.value.param) == ("resource_missing", "payment_method")
    # Nothing was left of it, and its key is free.
    assert client(fake).v1.payment_intents.list().data == []
    assert _confirm(fake, "pm_card_visa", "pay-1").status == "succeeded"


def test_a_refused_creation_leaves_nothing(fake):
    asked = order()
    asked["line_items"][1]["price_data"]["currency"] = "eur"
    with pytest.raises(stripe.InvalidRequestError):
        client(fake).v1.checkout.sessions.create(asked)
    assert not any(fake.control("state")["objects"].values())
