"""The members' screens."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "coop.portal"
    label = "portal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # It registers itself when it is imported.
        from coop.portal import waiting
