"""The account's money: balance transactions, in the currency in which it settles."""

from decimal import Decimal
from typing import Any

from tests.fake_stripe.currencies import digits, whole
from tests.fake_stripe.currencies import rate as read_rate
from tests.fake_stripe.store import Thing
from tests.fake_stripe.world import World

# Which sum of `sums` a type of balance transaction belongs to.
_GROUPS = {
    "charge": "charges",
    "refund": "refunds",
    "refund_failure": "refunds",
    "adjustment": "disputes",
    "payout": "payouts",
    "payout_failure": "payouts",
    "payout_cancel": "payouts",
}


def settled(world: World, amount: int, currency: str) -> tuple[int, str, Decimal | None]:
    """An amount as the account receives it, and the rate between the smallest units."""
    rates = world.options.settlement | world.store.fact("settlement", {})
    for name in (f"{world.store.account}/{currency}", currency):
        target, rate = rates.get(name, (currency, "1"))
        if target != currency:
            factor = read_rate(rate).scaleb(digits(target) - digits(currency))
            return whole(amount * factor), target, factor
    return amount, currency, None


def processing_fee(world: World, amount: int, currency: str) -> int:
    """Of what settles: a share, rounded half up, and a fixed part."""
    plain = world.options.fee_percent, world.options.fee_fixed
    percent, fixed = world.options.fees.get(currency, plain)
    return whole(amount * Decimal(percent) / 100) + fixed


def enter(
    world: World,
    kind: str,
    *,
    source: str,
    amount: int,
    currency: str,
    fee: int = 0,
    rate: Decimal | None = None,
    category: str | None = None,
    description: str | None = None,
    after: int = 0,
) -> Thing:
    """One line of the balance; `after` is when its money may be paid out, in seconds from now."""
    now = world.store.now()
    entry = world.begin(
        "balance_transaction",
        "txn_",
        type=kind,
        reporting_category=category or kind,
        source=source,
        amount=amount,
        fee=fee,
        net=amount - fee,
        currency=currency,
        fee_details=_fee_details(fee, currency, kind),
        # A JSON number, and nobody calculates with it: a rate has so few digits that this is exact.
        exchange_rate=None if rate is None else float(rate),
        description=description,
        available_on=now + after,
        status="pending" if after else "available",
        _payout=None,
    )
    return world.store.add(entry)


def _fee_details(fee: int, currency: str, kind: str) -> list[dict[str, Any]]:
    if not fee:
        return []
    words = "Dispute fee" if kind == "adjustment" else "Stripe processing fees"
    return [
        {
            "amount": fee,
            "application": None,
            "currency": currency,
            "description": words,
            "type": "stripe_fee",
        }
    ]


def is_available(world: World, entry: Thing) -> bool:
    return bool(entry["available_on"] <= world.store.now())


def current(world: World) -> Thing:
    """`GET /v1/balance`."""
    available: dict[str, int] = {}
    pending: dict[str, int] = {}
    for entry in world.store.all("balance_transaction"):
        here = available if is_available(world, entry) else pending
        here[entry["currency"]] = here.get(entry["currency"], 0) + entry["net"]
    currencies = sorted({world.currency, *available, *pending})
    reserved = [{"amount": 0, "currency": currency} for currency in currencies]
    return world.shape("balance") | {
        "available": [_row(currency, available.get(currency, 0)) for currency in currencies],
        "pending": [_row(currency, pending.get(currency, 0)) for currency in currencies],
        "connect_reserved": reserved,
    }


def _row(currency: str, amount: int) -> dict[str, Any]:
    return {"amount": amount, "currency": currency, "source_types": {"card": amount}}


def sums(world: World) -> dict[str, dict[str, int]]:
    """Per settlement currency: what a bookkeeper must arrive at, too."""
    names = ("charges", "fees", "refunds", "disputes", "payouts", "balance", "available", "pending")
    result: dict[str, dict[str, int]] = {}
    for entry in world.store.all("balance_transaction"):
        row = result.setdefault(entry["currency"], dict.fromkeys(names, 0))
        row[_GROUPS[entry["type"]]] += entry["amount"]
        row["fees"] += entry["fee"]
        row["balance"] += entry["net"]
        row["available" if is_available(world, entry) else "pending"] += entry["net"]
    return result
