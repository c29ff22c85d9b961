"""Rule sets: versioned parameters with their clause."""

from django.apps import AppConfig


class RulesConfig(AppConfig):
    name = "coop.rules"
    label = "rules"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Each registers itself when it is imported.
        from coop.rules import audit, pay_days, triggers
        from coop.rules.queries import pay_in_open_book
        from ledger.reports.decisions import unless_decided

        unless_decided(pay_in_open_book)
