"""The shop: carts, orders, what was paid, what was shipped, and the hotel's account."""

from orders.shop.models.buyers import Buyer
from orders.shop.models.carts import Cart, CartLine
from orders.shop.models.mails import OrderMail
from orders.shop.models.money import NumberSeries, ReceivedPayment, Refund, Shipment
from orders.shop.models.orders import Allocation, Order, OrderEvent, OrderLine
from orders.shop.models.settings import ShippingRate, ShopSettings

__all__ = [
    "Allocation",
    "Buyer",
    "Cart",
    "CartLine",
    "NumberSeries",
    "Order",
    "OrderEvent",
    "OrderLine",
    "OrderMail",
    "ReceivedPayment",
    "Refund",
    "Shipment",
    "ShippingRate",
    "ShopSettings",
]
