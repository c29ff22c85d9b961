"""The ground the tests stand on: copies of a prepared database, never emptied."""

import sqlite3

import pytest
from django.contrib.auth.models import Group
from django.db import connection, transaction

from tests.harness import databases, run
from tests.harness.fixtures import at_the_same_time

pytest_plugins = ["pytester"]


def test_the_prepared_database_holds_what_migrations_made(db):
    assert Group.objects.exists()


def test_a_test_leaves_nothing_behind_part_one(db):
    assert not Group.objects.filter(name="left behind").exists()
    Group.objects.create(name="left behind")


def test_a_test_leaves_nothing_behind_part_two(db):
    assert not Group.objects.filter(name="left behind").exists()
    Group.objects.create(name="left behind")


def test_a_fresh_database_commits_for_real_in_every_thread(fresh_db):
    def make(name: str) -> str:
        with transaction.atomic():
            Group.objects.create(name=name)
        return name

    made = at_the_same_time(*[lambda n=n: make(f"thread {n}") for n in range(4)])

    assert made == [f"thread {n}" for n in range(4)]
    assert Group.objects.filter(name__startswith="thread").count() == 4


def test_a_fresh_database_is_nobody_elses(fresh_db):
    assert not Group.objects.filter(name__startswith="thread").exists()
    assert connection.settings_dict["NAME"] == fresh_db


def test_after_a_fresh_database_the_workers_own_is_back(db):
    assert not Group.objects.filter(name__startswith="thread").exists()
    name = connection.settings_dict["NAME"]
    assert name in databases.url_of(name)


def test_what_a_call_raises_is_handed_back(fresh_db):
    def refuse() -> None:
        raise ValueError("no")

    (problem,) = at_the_same_time(refuse)

    assert isinstance(problem, ValueError)


def test_the_databases_are_what_the_run_says(db):
    assert connection.vendor == {"sqlite": "sqlite", "postgres": "postgresql"}[run.vendor()]


def test_a_writer_takes_the_lock_when_it_begins(fresh_db):
    if connection.vendor != "sqlite":
        return
    with transaction.atomic():
        other = sqlite3.connect(fresh_db, timeout=0)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        other.close()


@pytest.mark.parametrize(
    "asking",
    [
        "@pytest.mark.django_db(transaction=True)\ndef test_it(): ...",
        "def test_it(transactional_db): ...",
        "def test_it(live_server): ...",
    ],
)
def test_what_would_empty_the_ledger_is_refused(asking, pytester):
    pytester.makepyfile(f"import pytest\n{asking}\n")
    pytester.makeconftest("pytest_plugins = ['tests.conftest']")

    done = pytester.runpytest_subprocess(
        "-n0", "--rootdir", str(run.ROOT), "-c", str(run.ROOT / "pyproject.toml")
    )

    assert done.ret != 0
    assert "fresh_db" in done.stdout.str() + done.stderr.str()
