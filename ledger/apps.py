"""The books of the house."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class LedgerConfig(AppConfig):
    name = "ledger"
    label = "ledger"

    def ready(self) -> None:
        # Each of these registers itself when it is imported.
        from coop.kit.chores import once_a_day
        from ledger import audit, figures, triggers, waiting
        from ledger.services import audits

        once_a_day(_audit)
        once_a_day(_forget_vouchers)

        post_migrate.connect(_start_gathering, sender=self)


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
