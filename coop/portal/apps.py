"""The members' screens."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "coop.portal"
    label = "portal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from coop.kit.chores import once_a_day
        from coop.portal.offline.services import forget_told

        once_a_day(forget_told)
