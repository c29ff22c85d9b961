"""Cash, as a part of the ledger."""

from django.apps import AppConfig


class CashConfig(AppConfig):
    name = "ledger.cash"
    label = "cash"

    def ready(self) -> None:
        # Each of these registers itself when it is imported.
        from ledger.cash import audit, counted, month, names, open_items, triggers, waiting
