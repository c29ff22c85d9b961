"""The books of the house."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "ledger"
    label = "ledger"

    def ready(self) -> None:
        # Each of these registers itself when it is imported.
        from ledger import audit, triggers
