"""Work of the ledger in the background: gathering blocks every few minutes."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from ledger.services import gather_all

EVERY = timedelta(minutes=5)


@task()
def gather_blocks() -> int:
    """Gather what waits into blocks; how many blocks there were. The next round is set first, so
    that a round that fails does not end the series.
    """
    keep_gathering(after=EVERY)
    return len(gather_all())


def keep_gathering(*, after: timedelta = timedelta(0)) -> bool:
    """Set the next round, unless one is set already; whether it was set.

    Where tasks run at once (in tests) there is no later, and nothing is set.
    """
    if not gather_blocks.get_backend().supports_defer:
        return False
    waiting = DBTaskResult.objects.filter(
        task_path=gather_blocks.module_path, status=TaskResultStatus.READY
    )
    if waiting.exists():
        return False
    gather_blocks.using(run_after=timezone.now() + after).enqueue()
    return True
