"""Yarn, lots, custody by weight, purchase trips."""

from django.apps import AppConfig


class WoolConfig(AppConfig):
    name = "coop.wool"
    label = "wool"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Each registers itself when it is imported.
        from coop.wool import audit, figures, holdings, open_items, triggers, waiting
