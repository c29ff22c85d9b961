"""Statements, budgets, exports."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "ledger.reports"
    label = "reports"

    def ready(self) -> None:
        # Each of these registers itself when it is imported.
        from coop.kit.chores import once_a_day
        from ledger.reports import audit, documents, flows, month, names, triggers

        once_a_day(flows.fold_all)
        once_a_day(documents.forget_old)
