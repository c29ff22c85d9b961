"""Every write of the shop. Services that change money or stock are atomic and leave a trace."""

from orders.shop.notices import quietly
from orders.shop.services.buyers import hand_to_buyer, open_buyer
from orders.shop.services.cancelling import cancel_order, release_unpaid
from orders.shop.services.carts import (
    MOST_LINES,
    MOST_OF_EACH,
    add_to_cart,
    change_line,
    forget_old_carts,
    put_in_cart_again,
    remove_line,
    start_cart,
)
from orders.shop.services.claims import claim_payment
from orders.shop.services.confirming import confirm_order, receive_passed_piece
from orders.shop.services.mails import resend_mail
from orders.shop.services.payments import record_payment
from orders.shop.services.placing import order_for_buyer, place_order
from orders.shop.services.refunding import BackLine, request_refund
from orders.shop.services.shipping import ship_order
from orders.shop.services.wholesale import order_from_csv
from orders.shop.values import Customer, NewPayment, Wanted

__all__ = [
    "MOST_LINES",
    "MOST_OF_EACH",
    "BackLine",
    "Customer",
    "NewPayment",
    "Wanted",
    "add_to_cart",
    "cancel_order",
    "change_line",
    "claim_payment",
    "confirm_order",
    "forget_old_carts",
    "hand_to_buyer",
    "open_buyer",
    "order_for_buyer",
    "order_from_csv",
    "place_order",
    "put_in_cart_again",
    "quietly",
    "receive_passed_piece",
    "record_payment",
    "release_unpaid",
    "remove_line",
    "request_refund",
    "resend_mail",
    "ship_order",
    "start_cart",
]
