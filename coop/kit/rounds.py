"""Work that the worker does again and again: each round sets the next one."""

from datetime import timedelta
from typing import Any

from django.db import connection
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult


def keep_going(task: Any, *, after: timedelta = timedelta(0)) -> bool:
    """Set the next round of `task`, unless one is set already; whether it was set.

    Called at the beginning of a round, so that one that fails does not end the series. Where
    tasks run at once (in tests) there is no later, and nothing is set; nor where the queue does
    not stand yet, because only some apps are migrated: a later migration begins it.
    """
    if not task.get_backend().supports_defer or not _queue_stands():
        return False
    waiting = DBTaskResult.objects.filter(task_path=task.module_path, status=TaskResultStatus.READY)
    if waiting.exists():
        return False
    task.using(run_after=timezone.now() + after).enqueue()
    return True


def _queue_stands() -> bool:
    table = DBTaskResult._meta.db_table  # noqa: SLF001 - Django's documented way to its name
    return table in connection.introspection.table_names()
