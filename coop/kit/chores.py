"""What keeps the house from filling up, whatever it is that it does."""

from collections.abc import Callable

from django.core.management import call_command
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, task_backends
from django_tasks_db.backend import DatabaseBackend

#: Who looks into why something failed does so within a season; what went well is soon of no use.
KEEP_DONE_DAYS = 7
KEEP_FAILED_DAYS = 90


#: What other apps want done once a day; each registers its own when Django is ready.
_daily: list[Callable[[], object]] = []


def once_a_day(chore: Callable[[], object]) -> None:
    """Do `chore` in each daily sweep. Registering twice is registering once."""
    if chore not in _daily:
        _daily.append(chore)


def do_daily() -> None:
    """All registered chores, in the order of their registration."""
    for chore in _daily:
        chore()


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
