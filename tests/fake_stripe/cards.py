"""Stripe's test cards: the number says what happens."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Card:
    number: str
    # None: the card pays.
    code: str | None = None
    decline_code: str | None = None
    message: str | None = None
    needs_authentication: bool = False

    @property
    def last4(self) -> str:
        return self.number[-4:]


_DECLINED = "Your card was declined."
CARDS = {
    "ok": Card("4242424242424242"),
    "declined": Card("4000000000000002", "card_declined", "generic_decline", _DECLINED),
    "insufficient_funds": Card(
        "4000000000009995",
        "card_declined",
        "insufficient_funds",
        "Your card has insufficient funds.",
    ),
    "expired": Card("4000000000000069", "expired_card", None, "Your card has expired."),
    "3ds": Card("4000002500003155", needs_authentication=True),
}
# What is no test card is declined, as Stripe does with real numbers in test mode.
LIVE_NUMBER = Card(
    "0000000000000000",
    "card_declined",
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
