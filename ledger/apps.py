"""The books of the house."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class LedgerConfig(AppConfig):
    name = "ledger"
    label = "ledger"

    def ready(self) -> None:
        # Each of these registers itself when it is imported.
        from coop.kit.chores import once_a_day
        from ledger import audit, checks, closing_step, figures, traces, triggers, waiting
        from ledger.services import audits

        traces.register()

        once_a_day(_audit)
        once_a_day(_forget_vouchers)

        pre_migrate.connect(_step_aside, sender=self)
        post_migrate.connect(_trace_tables, sender=self)
        post_migrate.connect(_start_gathering, sender=self)


def _step_aside(*, plan: list[Any], **_facts: Any) -> None:
    """Before migrations of the books change columns, their traces' triggers are taken away."""
    from ledger import traces

    changing = {migration.app_label for migration, _backwards in plan}
    traces.step_aside(one.table for one in traces.traced() if one.app_label in changing)


def _trace_tables(*, plan: list[Any], **_facts: Any) -> None:
    """After migrations every table of the books is traced, with the columns that it has now."""
    from ledger import traces

    traces.put_in_place(migrated=bool(plan))


def _start_gathering(**_facts: Any) -> None:
    """After a migration the worker's series of gatherings begins, unless it runs already."""
    from ledger import tasks

    tasks.keep_gathering(after=tasks.EVERY)


def _audit() -> None:
    """Once a day the worker checks everything that must always hold."""
    from ledger import tasks

    tasks.audit_the_house.enqueue()


def _forget_vouchers() -> None:
    """Photographs that were sent with what was never written do not stay."""
    from ledger.services import forget_loose_vouchers

    forget_loose_vouchers()
