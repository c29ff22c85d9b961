"""The shop: carts, orders, what was paid, what was shipped, and the hotel's account."""

from orders.shop.models.buyers import Buyer
from orders.shop.models.cards import (
    BalanceMovement,
    CardComparison,
    CardSession,
    Dispute,
    PartnerForward,
    Payout,
    ProviderEvent,
)
from orders.shop.models.carts import Cart, CartLine
from orders.shop.models.mails import OrderMail
from orders.shop.models.money import (
    NumberSeries,
    PaymentClaim,
    ReceivedPayment,
    Refund,
    RefundLine,
    Shipment,
)
from orders.shop.models.orders import Allocation, Order, OrderEvent, OrderLine
from orders.shop.models.terms import ShippingRate, ShopSettings

__all__ = [
    "Allocation",
    "BalanceMovement",
    "Buyer",
    "CardComparison",
    "CardSession",
    "Cart",
    "CartLine",
    "Dispute",
    "NumberSeries",
    "Order",
    "OrderEvent",
    "OrderLine",
    "OrderMail",
    "PartnerForward",
    "PaymentClaim",
    "Payout",
    "ProviderEvent",
    "ReceivedPayment",
    "Refund",
    "RefundLine",
    "Shipment",
    "ShippingRate",
    "ShopSettings",
]
