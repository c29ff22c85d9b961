"""The account that the fake plays: its options, its memory, and how new objects begin."""

import copy
import json
import secrets
import string
from dataclasses import dataclass, field
from pathlib import Path

from tests.fake_stripe.currencies import rate
from tests.fake_stripe.store import Store, Thing

# What stripe-python 16.1 pins; a test holds the two together.
API_VERSION = "2026-10-28.endive"
SHAPES = Path(__file__).parents[1] / "data" / "stripe" / "shapes.json"

# The account whose key it is, in Stripe's own example.
PLATFORM = "acct_1PgafTB7WZ01zgkW"

_LETTERS = string.ascii_letters + string.digits
_DAY = 24 * 60 * 60


@dataclass(frozen=True, kw_only=True)
class Options:
    """What differs between accounts. Rates and percentages are decimal strings, never floats."""

    key: str = "sk_test_fake"
    secret: str = "whsec_fake"
    webhook: str | None = None
    currency: str = "usd"
    # Connected accounts (partners), each with its currency.
    accounts: dict[str, str] = field(default_factory=dict)
    # Presentment currency → (settlement currency, what one unit of the first is in the second).
    # "acct_partner/eur" holds for that account alone.
    settlement: dict[str, tuple[str, str]] = field(default_factory=dict)
    fee_percent: str = "3.6"
    fee_fixed: int = 100
    # Settlement currency → (percent, fixed part), where it is not the two above.
    fees: dict[str, tuple[str, int]] = field(default_factory=dict)
    dispute_fee: int = 1500
    # Seconds until the money of a charge may be paid out.
    available_after: int = 2 * _DAY
    # Seconds after which an idempotency key is forgotten.
    keys_live: int = _DAY
    # Seconds before the first, second, … repetition of a webhook that was not taken.
    retry_after: tuple[float, ...] = (0.2, 0.5, 1, 2, 5, 10, 30, 60, 300, 3600)
    webhook_timeout: float = 20

    def __post_init__(self) -> None:
        """A rate that is none is said now, not when a customer pays."""
        for _, text in self.settlement.values():
            rate(text)


@dataclass
class Request:
    """Who caused an event: a call of the API, or nobody."""

    id: str | None = None
    idempotency_key: str | None = None


class World:
    def __init__(self, store: Store, options: Options, url: str) -> None:
        self.store = store
        self.options = options
        self.url = url
        self.request = Request()
        self._shapes: dict[str, Thing] = json.loads(SHAPES.read_text(encoding="utf-8"))
        self.platform = PLATFORM

    @property
    def accounts(self) -> dict[str, str]:
        """Every account with its currency: the platform's own first, then the connected ones."""
        told: dict[str, str] = self.store.fact("accounts", {})
        return {self.platform: self.options.currency} | self.options.accounts | told

    @property
    def currency(self) -> str:
        """Of the account in which this thread works."""
        return self.accounts[self.store.account]

    @property
    def webhook(self) -> str | None:
        """Where events go: a shop that starts later than the fake says so by control."""
        told: str | None = self.store.fact("webhook")
        return told or self.options.webhook

    def shape(self, kind: str) -> Thing:
        """A copy of Stripe's own example: what it has, ours has."""
        return copy.deepcopy(self._shapes[kind])

    def begin(self, kind: str, prefix: str, **values: object) -> Thing:
        """A new object of this moment, not yet kept."""
        thing = self.shape(kind) | {"id": new_id(prefix), "created": self.store.now(), **values}
        if "livemode" in thing:
            thing["livemode"] = False
        return thing


def new_id(prefix: str, length: int = 24) -> str:
    return prefix + "".join(secrets.choice(_LETTERS) for _ in range(length))
