"""What a member's phone can do without signal."""

from django.apps import AppConfig


class OfflineConfig(AppConfig):
    name = "coop.portal.offline"
    label = "offline"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from coop.kit.chores import once_a_day
        from coop.portal.offline.services import forget_told

        once_a_day(forget_told)
