"""Cart, order, payment, shipping, wholesale."""

from django.apps import AppConfig


class ShopConfig(AppConfig):
    name = "orders.shop"
    label = "shop"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Each of these registers itself when it is imported.
        from orders.production.hooks import piece_passed
        from orders.shop import audit, triggers
        from orders.shop.services import receive_passed_piece

        piece_passed.register(receive_passed_piece)
