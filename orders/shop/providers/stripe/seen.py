"""What Stripe says, as plain values: the rest of the house never sees a Stripe object."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone


@dataclass(frozen=True)
class MovementSeen:
    """A balance transaction. Signed minor units of `currency`; `net` = `amount` − `fee`."""

    id: str
    kind: str
    source_id: str
    amount_minor: int
    fee_minor: int
    net_minor: int
    currency: str
    created_at: datetime

    @property
    def day(self) -> date:
        """The business day, where the cooperative lives."""
        return timezone.localtime(self.created_at).date()


@dataclass(frozen=True)
class PaymentSeen:
    """A payment that succeeded. `movement` is None while Stripe has not booked it yet."""

    intent_id: str
    charge_id: str
    amount_minor: int
    currency: str
    movement: MovementSeen | None


@dataclass(frozen=True)
class SessionSeen:
    """A Checkout Session. `key` is ours, from its metadata; `payment` is there once it is paid."""

    id: str
    status: str
    is_paid: bool
    amount_minor: int
    currency: str
    key: str
    url: str
    payment: PaymentSeen | None


@dataclass(frozen=True)
class RefundSeen:
    """A refund. `key` is ours, or "" when somebody made it at Stripe's own desk."""

    id: str
    key: str
    status: str
    intent_id: str
    amount_minor: int
    currency: str
    movement: MovementSeen | None
    failure: MovementSeen | None
    problem: str


@dataclass(frozen=True)
class DisputeSeen:
    """A dispute, with everything that it moved so far."""

    id: str
    status: str
    reason: str
    intent_id: str
    amount_minor: int
    currency: str
    created_at: datetime
    answer_by: datetime | None
    movements: tuple[MovementSeen, ...]


@dataclass(frozen=True)
class PayoutSeen:
    """A payout to a bank account."""

    id: str
    status: str
    amount_minor: int
    currency: str
    created_at: datetime
    arrives_on: date
    is_automatic: bool
    movement: MovementSeen | None
    failure: MovementSeen | None


@dataclass(frozen=True)
class EventSeen:
    """That something happened to an object; what, we ask for."""

    id: str
    kind: str
    object_kind: str
    object_id: str
    account: str
    is_live: bool
