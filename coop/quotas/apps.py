"""Skills and the hours that members offer."""

from django.apps import AppConfig


class QuotasConfig(AppConfig):
    name = "coop.quotas"
    label = "quotas"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Each registers itself when it is imported.
        from coop.quotas import audit, figures, triggers, waiting
