"""What keeps the house from filling up, whatever it is that it does."""

from django.core.management import call_command
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, task_backends
from django_tasks_db.backend import DatabaseBackend

#: Who looks into why something failed does so within a season; what went well is soon of no use.
KEEP_DONE_DAYS = 7
KEEP_FAILED_DAYS = 90


def forget_old_task_results() -> None:
    """Delete what the worker wrote about tasks that ended long ago: hundreds of rows a day.

    Where tasks run at once (in tests) nothing is written.
    """
    if not isinstance(task_backends[DEFAULT_TASK_BACKEND_ALIAS], DatabaseBackend):
        return
    call_command(
        "prune_db_task_results",
        "--queue-name=*",
        f"--min-age-days={KEEP_DONE_DAYS}",
        f"--failed-min-age-days={KEEP_FAILED_DAYS}",
        verbosity=0,
    )
