"""The worker's rounds of gathering begin by themselves, once."""

import pytest
from django.apps import apps
from django.db.models.signals import post_migrate
from django.test import override_settings
from django_tasks_db.models import DBTaskResult

pytestmark = pytest.mark.django_db

IN_THE_DATABASE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}


@override_settings(TASKS=IN_THE_DATABASE)
def test_migrating_sets_the_first_round_and_migrating_again_no_second():
    for _time in range(2):
        house = apps.get_app_config("ledger")
        facts = {"verbosity": 0, "interactive": False, "using": "default", "plan": []}
        post_migrate.send(sender=house, app_config=house, apps=apps, **facts)

    rounds = DBTaskResult.objects.filter(task_path="ledger.tasks.gather_blocks")
    assert rounds.count() == 1
    assert rounds.get().run_after is not None
