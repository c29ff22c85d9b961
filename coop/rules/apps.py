"""Rule sets: versioned parameters with their clause."""

from django.apps import AppConfig


class RulesConfig(AppConfig):
    name = "coop.rules"
    label = "rules"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Each registers itself when it is imported.
        from coop.rules import audit, pay_days, triggers
