"""Wagtail pages, site settings, navigation."""

from django.apps import AppConfig


class CmsConfig(AppConfig):
    name = "cms"
    label = "cms"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # It registers itself when it is imported.
        from cms import waiting
