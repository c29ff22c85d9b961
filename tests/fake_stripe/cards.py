"""Stripe's test cards: the number says what happens."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Card:
    number: str
    # None: the card pays.
    code: str | None = None
    decline_code: str | None = None
    message: str | None = None
    brand: str = "visa"
    needs_authentication: bool = False
    # The customer goes to her bank as soon as she has paid.
    opens_dispute: bool = False
    # Its money is available without waiting.
    is_available: bool = False
    # The telephone that holds the card: `google_pay`, `apple_pay`.
    wallet: str | None = None

    @property
    def last4(self) -> str:
        return self.number[-4:]


def _declined(number: str, decline_code: str, message: str = "Your card was declined.") -> Card:
    return Card(number, "card_declined", decline_code, message)


_NO_FUNDS = "Your card has insufficient funds."
_WRONG_CVC = "Your card's security code is incorrect."
_BROKEN = "An error occurred while processing your card. Try again in a little bit."
CARDS = {
    "ok": Card("4242424242424242"),
    "mastercard": Card("5555555555554444", brand="mastercard"),
    "amex": Card("378282246310005", brand="amex"),
    "available": Card("4000000000000077", is_available=True),
    "3ds": Card("4000002500003155", needs_authentication=True),
    "declined": _declined("4000000000000002", "generic_decline"),
    # Could be saved, and is declined when it should pay: here it only ever pays.
    "declined_later": _declined("4000000000000341", "generic_decline"),
    "insufficient_funds": _declined("4000000000009995", "insufficient_funds", _NO_FUNDS),
    "lost": _declined("4000000000009987", "lost_card"),
    "stolen": _declined("4000000000009979", "stolen_card"),
    "expired": Card("4000000000000069", "expired_card", None, "Your card has expired."),
    "incorrect_cvc": Card("4000000000000127", "incorrect_cvc", None, _WRONG_CVC),
    "processing_error": Card("4000000000000119", "processing_error", None, _BROKEN),
    "disputed": Card("4000000000000259", opens_dispute=True),
}
# The cards as payment methods, for a payment intent that the shop confirms itself.
METHODS = {
    "pm_card_visa": "ok",
    "pm_card_mastercard": "mastercard",
    "pm_card_amex": "amex",
    "pm_card_bypassPending": "available",
    "pm_card_createDispute": "disputed",
    "pm_card_authenticationRequired": "3ds",
    "pm_card_visa_chargeDeclined": "declined",
    "pm_card_chargeCustomerFail": "declined_later",
    "pm_card_visa_chargeDeclinedInsufficientFunds": "insufficient_funds",
    "pm_card_visa_chargeDeclinedLostCard": "lost",
    "pm_card_visa_chargeDeclinedStolenCard": "stolen",
    "pm_card_chargeDeclinedExpiredCard": "expired",
    "pm_card_chargeDeclinedIncorrectCvc": "incorrect_cvc",
    "pm_card_chargeDeclinedProcessingError": "processing_error",
}
# What is no test card is declined, as Stripe does with real numbers in test mode.
LIVE_NUMBER = _declined(
    "0000000000000000",
    "test_mode_live_card",
    "Your card was declined. Your request was in test mode, but used a non test card.",
)
AUTHENTICATION_FAILED = Card(
    "4000002500003155",
    "payment_intent_authentication_failure",
    None,
    "The provided payment method has failed authentication. You can provide payment_method_data "
    "or a new PaymentMethod to attempt to fulfill this PaymentIntent again.",
)
# Nobody is there to answer her bank.
AUTHENTICATION_REQUIRED = Card(
    "4000002500003155",
    "authentication_required",
    "authentication_required",
    "Your card was declined. This transaction requires authentication.",
)


def card(name_or_number: str) -> Card:
    """`ok`, `declined`, … or a number, with spaces or without."""
    if name_or_number in CARDS:
        return CARDS[name_or_number]
    number = digits_of(name_or_number)
    for known in CARDS.values():
        if known.number == number:
            return known
    return LIVE_NUMBER


def digits_of(text: str) -> str:
    """People write card numbers in groups."""
    return "".join(text.replace("-", " ").split())


def is_card_number(text: str) -> bool:
    """The check digit of Luhn, which tells a slip of the finger before any bank does."""
    if not (text.isascii() and text.isdigit() and 12 <= len(text) <= 19):
        return False
    total = 0
    for place, digit in enumerate(reversed(text)):
        number = int(digit) * (2 if place % 2 else 1)
        total += number - 9 if number > 9 else number
    return total % 10 == 0
