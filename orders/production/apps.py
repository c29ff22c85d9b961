"""Work orders, assignment, delivery, quality, pay."""

from django.apps import AppConfig


class ProductionConfig(AppConfig):
    name = "orders.production"
    label = "production"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Each registers itself when it is imported.
        from orders.production import audit, queries, shares, telling, triggers, waiting
