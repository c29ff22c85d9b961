"""What Stripe says of currencies: their decimals, and the amounts that it takes."""

from decimal import ROUND_HALF_UP, Decimal

from tests.fake_stripe.errors import Refusal

_NO_DECIMALS = frozenset(
    ("bif", "clp", "djf", "gnf", "jpy", "kmf", "krw", "mga", "pyg", "rwf", "ugx", "vnd", "vuv")
    + ("xaf", "xof", "xpf")
)
_THREE_DECIMALS = frozenset(("bhd", "jod", "kwd", "omr", "tnd"))
# The smallest charge, in the smallest unit. A currency that is not here is measured after it was
# converted into one that is.
_LEAST = {
    "aed": 200,
    "aud": 50,
    "bgn": 100,
    "brl": 50,
    "cad": 50,
    "chf": 50,
    "czk": 1500,
    "dkk": 250,
    "eur": 50,
    "gbp": 30,
    "hkd": 400,
    "huf": 17500,
    "inr": 50,
    "jpy": 50,
    "mxn": 1000,
    "myr": 200,
    "nok": 300,
    "nzd": 50,
    "pln": 200,
    "ron": 200,
    "sek": 300,
    "sgd": 50,
    "thb": 1000,
    "usd": 50,
}
# An amount must be a multiple of this: the last digit of three decimals is 0, and ISK has two
# decimals in the API although the crown has none.
_STEPS = dict.fromkeys(_THREE_DECIMALS, 10) | {"isk": 100}
_PAYOUT_STEPS = {"huf": 100, "twd": 100}
# A JSON number of so many digits reads back as the same decimal everywhere.
_RATE_DIGITS = 15


def digits(currency: str) -> int:
    if currency in _NO_DECIMALS:
        return 0
    return 3 if currency in _THREE_DECIMALS else 2


def whole(value: Decimal) -> int:
    """Half a cent goes away from zero: a refund rounds as its charge did."""
    return int(value.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def written(amount: int, currency: str) -> str:
    places = digits(currency)
    return f"{Decimal(amount).scaleb(-places):.{places}f} {currency}"


def rate(text: str) -> Decimal:
    """A rate as a decimal string; ValueError when it is none, or no JSON number can carry it."""
    if not isinstance(text, str):
        raise ValueError(f"A rate is a decimal string, not {text!r}.")  # noqa: TRY004
    is_plain = text.isascii() and text.replace(".", "", 1).isdigit()
    value = Decimal(text) if is_plain else Decimal(0)
    if value <= 0 or len(value.normalize().as_tuple().digits) > _RATE_DIGITS:
        raise ValueError(f"A rate is above 0 and has at most {_RATE_DIGITS} digits, not {text!r}.")
    return value


def check_amount(amount: int, currency: str, param: str) -> None:
    """Raises Refusal where an amount has decimals that its currency does not have."""
    step = _STEPS.get(currency, 1)
    if amount % step:
        raise Refusal(
            f"Invalid amount: {amount}. In {currency} it must be evenly divisible by {step}.",
            code="invalid_amount",
            param=param,
        )


def check_payout(amount: int, currency: str) -> None:
    step = _PAYOUT_STEPS.get(currency, 1)
    if amount % step:
        raise Refusal(
            f"Payouts in {currency} must be evenly divisible by {step}.",
            code="invalid_amount",
            param="amount",
        )


def check_least(
    amount: int, currency: str, settled: tuple[int, str], param: str, what: str
) -> None:
    """Raises Refusal where a charge is too small, in its own currency or as it settles."""
    own = _LEAST.get(currency)
    if own is not None and amount < own:
        raise Refusal(
            f"{what} must be at least {written(own, currency)}.",
            code="amount_too_small",
            param=param,
        )
    in_other, other = settled
    if own is None and in_other < _LEAST.get(other, 1):
        raise Refusal(
            f"{what} must convert to at least {written(_LEAST.get(other, 1), other)}. "
            f"{written(amount, currency)} converts to approximately {written(in_other, other)}.",
            code="amount_too_small",
            param=param,
        )
