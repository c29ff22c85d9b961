"""The ground the tests stand on: copies of a prepared database, never emptied."""

import sqlite3
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group
from django.db import connection, transaction

from tests.harness import databases, run
from tests.harness.fixtures import at_the_same_time, on_copy_of, refuse_flush


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


def test_a_database_that_is_still_to_be_made_is_made_where_queries_are_allowed(
    django_db_setup, django_db_blocker
):
    made = []

    def make() -> str:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        made.append(databases.prepared())
        return made[0]

    for copy in on_copy_of(make, django_db_blocker):
        assert copy != made[0]
    assert len(made) == 1


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


@pytest.mark.parametrize("fixture", ["transactional_db", "live_server"])
def test_a_fixture_that_would_empty_the_ledger_is_refused(fixture, request):
    with pytest.raises(pytest.fail.Exception, match="fresh_db"):
        request.getfixturevalue(fixture)


@pytest.mark.parametrize(
    "marker", [pytest.mark.django_db(transaction=True), pytest.mark.django_db(True)]
)
def test_a_mark_that_would_empty_the_ledger_is_refused(marker, request):
    item = SimpleNamespace(
        nodeid="test_it", get_closest_marker=lambda name: marker.mark, fixturenames=[], cls=None
    )

    with pytest.raises(pytest.UsageError, match="fresh_db"):
        refuse_flush(item)
