"""Designs (what is knitted), products (what is sold), pieces (each one made)."""

from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "catalog"
    label = "catalog"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Each of these registers itself when it is imported.
        from catalog import audit, figures, triggers, waiting
