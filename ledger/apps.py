"""The books of the house."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class LedgerConfig(AppConfig):
    name = "ledger"
    label = "ledger"

    def ready(self) -> None:
        # Each of these registers itself when it is imported.
        from ledger import audit, triggers

        post_migrate.connect(_start_gathering, sender=self)


def _start_gathering(**_facts: Any) -> None:
    """After a migration the worker's series of gatherings begins, unless it runs already.

    Where only some apps are migrated the queue may not be there yet; a later migration begins it.
    """
    from django.db import connection
    from django_tasks_db.models import DBTaskResult

    from ledger import tasks

    table = DBTaskResult._meta.db_table  # noqa: SLF001 - Django's documented way to its name
    if table in connection.introspection.table_names():
        tasks.keep_gathering(after=tasks.EVERY)
