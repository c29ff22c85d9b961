"""Cart, order, payment, shipping, wholesale."""

from django.apps import AppConfig


class ShopConfig(AppConfig):
    name = "orders.shop"
    label = "shop"
    default_auto_field = "django.db.models.BigAutoField"
