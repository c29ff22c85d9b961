"""Blocks are gathered by a command and, every few minutes, by the worker."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import override_settings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from ledger import tasks
from ledger.models import Block, JournalEntry
from tests.factories.ledger import Books

pytestmark = pytest.mark.django_db
IN_THE_BACKGROUND = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def test_the_command_gathers_and_prints_the_root(books: Books, capsys):
    call_command("seal_ledger")
    assert "nothing to gather" in capsys.readouterr().out
    books.put_in_cash("1")
    call_command("seal_ledger")
    out = capsys.readouterr().out
    assert "block 1: entries 1 to 1" in out
    assert Block.objects.get().root in out


@override_settings(TASKS=IN_THE_BACKGROUND)
def test_a_round_gathers_and_sets_the_next_one_once(books: Books):
    books.put_in_cash("1")
    assert tasks.gather_blocks.func() == 1
    assert tasks.gather_blocks.func() == 0

    assert JournalEntry.objects.get().number == 1
    later = DBTaskResult.objects.get()
    assert later.run_after > timezone.now() + timedelta(minutes=4)


@override_settings(TASKS=IN_THE_BACKGROUND)
def test_a_round_that_fails_does_not_end_the_series(books: Books, monkeypatch):
    def fail() -> None:
        raise RuntimeError("disk full")

    monkeypatch.setattr(tasks, "gather_all", fail)
    with pytest.raises(RuntimeError):
        tasks.gather_blocks.func()
    assert DBTaskResult.objects.count() == 1
    call_command("seal_ledger", "--schedule")
    assert DBTaskResult.objects.count() == 1


def test_where_tasks_run_at_once_nothing_is_set(books: Books):
    assert not tasks.keep_gathering()
    assert not DBTaskResult.objects.exists()
