"""What the worker tidies up once a day."""

from datetime import timedelta

import pytest
from django.test import override_settings
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from coop.kit.chores import KEEP_DONE_DAYS, KEEP_FAILED_DAYS, forget_old_task_results
from orders.shop import sweeping
from orders.shop.tasks import deliver_mail
from tests.factories.shop import Shop

pytestmark = pytest.mark.django_db

IN_THE_DATABASE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
DONE, FAILED = TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED


def ended(status: str, *, days_ago: int) -> DBTaskResult:
    """A task that ended so many days ago."""
    result = deliver_mail.enqueue(1)
    found = DBTaskResult.objects.get(pk=result.id)
    then = timezone.now() - timedelta(days=days_ago, hours=1)
    DBTaskResult.objects.filter(pk=found.pk).update(
        status=status, started_at=then, finished_at=then
    )
    return found


@override_settings(TASKS=IN_THE_DATABASE)
def test_the_daily_sweep_forgets_old_results_of_tasks(shop: Shop) -> None:
    ended(DONE, days_ago=KEEP_DONE_DAYS)
    ended(FAILED, days_ago=KEEP_FAILED_DAYS)
    waiting = deliver_mail.enqueue(2)
    kept = {
        ended(DONE, days_ago=KEEP_DONE_DAYS - 1).pk,
        ended(FAILED, days_ago=KEEP_DONE_DAYS).pk,
        DBTaskResult.objects.get(pk=waiting.id).pk,
    }
    before = set(DBTaskResult.objects.values_list("pk", flat=True))

    sweeping.sweep.func()

    # The day's other chores may leave tasks of their own.
    assert before & set(DBTaskResult.objects.values_list("pk", flat=True)) == kept


def test_where_tasks_run_at_once_there_is_nothing_to_forget() -> None:
    forget_old_task_results()

    assert not DBTaskResult.objects.exists()
