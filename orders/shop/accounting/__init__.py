"""Where the shop's events become journal entries: orders here, cards there. Source: accounting.

Memos are sealed: they name the order by its number, never the customer.
"""

from orders.shop.accounting.cards import (
    dispute_reference,
    fee_reference,
    forward_reference,
    movement_reference,
    post_dispute_lost,
    post_forward,
    post_movement,
)
from orders.shop.accounting.orders import (
    Came,
    cost_reference,
    hold_for_payment,
    hold_for_refunds,
    hold_for_shipping,
    payment_reference,
    place_of,
    post_cost,
    post_payment,
    post_piece_returned,
    post_refund,
    post_sale,
    refund_reference,
    returned_reference,
    sale_reference,
)

__all__ = [
    "Came",
    "cost_reference",
    "dispute_reference",
    "fee_reference",
    "forward_reference",
    "hold_for_payment",
    "hold_for_refunds",
    "hold_for_shipping",
    "movement_reference",
    "payment_reference",
    "place_of",
    "post_cost",
    "post_dispute_lost",
    "post_forward",
    "post_movement",
    "post_payment",
    "post_piece_returned",
    "post_refund",
    "post_sale",
    "refund_reference",
    "returned_reference",
    "sale_reference",
]
