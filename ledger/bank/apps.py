"""The bank's statements, matched with the books."""

from django.apps import AppConfig


class BankConfig(AppConfig):
    name = "ledger.bank"
    label = "bank"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Each of these registers itself when it is imported.
        from ledger.bank import audit, month, names, triggers, waiting
