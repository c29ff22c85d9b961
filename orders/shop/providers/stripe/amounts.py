"""Amounts as Stripe counts them: integers in its own idea of a currency's minor unit.

Source: Stripe's documentation, "Supported currencies" (zero-decimal and three-decimal
currencies, and special cases).
"""

from decimal import Decimal

from djmoney.money import Money

from coop.kit.money import PartialMinorUnit, minor_digits, to_minor

#: Counted by Stripe in whole units.
ZERO_DECIMAL = frozenset(
    [
        "BIF",
        "CLP",
        "DJF",
        "GNF",
        "JPY",
        "KMF",
        "KRW",
        "MGA",
        "PYG",
        "RWF",
        "VND",
        "VUV",
        "XAF",
        "XOF",
        "XPF",
    ]
)
#: Counted by Stripe in thousandths, of which only whole tens are taken.
THREE_DECIMAL = frozenset(["BHD", "JOD", "KWD", "OMR", "TND"])
#: Without decimals in the world, and yet counted by Stripe in hundredths that must be whole.
HUNDREDTHS_OF_WHOLE = frozenset({"ISK", "UGX"})


def stripe_digits(currency: str) -> int:
    """How many digits Stripe counts behind the point."""
    if currency in ZERO_DECIMAL:
        return 0
    return 3 if currency in THREE_DECIMAL else 2


def to_stripe(amount: Money) -> int:
    """`amount` as Stripe counts it. Raises PartialMinorUnit where Stripe could not say it."""
    code = amount.currency.code
    scaled = amount.amount.scaleb(stripe_digits(code))
    whole = int(scaled)
    is_sayable = whole == scaled
    if code in THREE_DECIMAL:
        is_sayable = is_sayable and whole % 10 == 0
    if code in HUNDREDTHS_OF_WHOLE:
        is_sayable = is_sayable and whole % 100 == 0
    if not is_sayable:
        raise PartialMinorUnit(f"{amount.amount} {code}")
    return whole


def from_stripe(count: int, currency: str) -> Money:
    """What Stripe's `count` of `currency` (in any case) is as Money."""
    code = currency.upper()
    return Money(Decimal(count).scaleb(-stripe_digits(code)), code)


def minor_from_stripe(count: int, currency: str) -> int:
    """What Stripe's `count` is in our minor units. Raises PartialMinorUnit."""
    return to_minor(from_stripe(count, currency))


def sayable_minor(amount_minor: int, currency: str) -> int:
    """The next amount at or above `amount_minor` that Stripe can say (whole tens of fils)."""
    if currency in THREE_DECIMAL:
        return -(-amount_minor // 10) * 10
    if currency in HUNDREDTHS_OF_WHOLE and minor_digits(currency):
        return -(-amount_minor // 100) * 100
    return amount_minor
