"""Every write of production."""

from orders.production.services.assigning import (
    assign,
    decline,
    plan_assignments,
    take_on,
    withdraw,
)
from orders.production.services.checking import pass_piece, redeliver, send_to_mend
from orders.production.services.delivering import deliver
from orders.production.services.wishing import grant_wish, refuse_wish, take_later, take_part
from orders.production.services.work_orders import cancel_work, move_due_day, open_work

__all__ = [
    "assign",
    "cancel_work",
    "decline",
    "deliver",
    "grant_wish",
    "move_due_day",
    "open_work",
    "pass_piece",
    "plan_assignments",
    "redeliver",
    "refuse_wish",
    "send_to_mend",
    "take_later",
    "take_on",
    "take_part",
    "withdraw",
]
