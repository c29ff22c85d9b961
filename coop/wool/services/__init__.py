"""Every write of the store."""

from coop.wool.services.custody import issue_needs, issue_wool, return_wool, use_wool
from coop.wool.services.losses import lose_wool, waste_wool
from coop.wool.services.moving import Need
from coop.wool.services.trips import advance_for_trip, buy_lot, cancel_trip, return_rest

__all__ = [
    "Need",
    "advance_for_trip",
    "buy_lot",
    "cancel_trip",
    "issue_needs",
    "issue_wool",
    "lose_wool",
    "return_rest",
    "return_wool",
    "use_wool",
    "waste_wool",
]
