"""The database fixtures: one prepared copy a worker, and a fresh one for tests that commit."""

import threading
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import pytest
from django.db import connections
from django.test import TestCase, TransactionTestCase

from tests.harness import databases, worlds

Result = TypeVar("Result")

USE_FRESH_DB = (
    "commits for real. Django would then empty every table, which the ledger refuses."
    " Ask for the fixture `fresh_db` instead (a fresh copy of the prepared database for this"
    " test), or `running_site` for a live server."
)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any) -> Iterator[None]:
    """This worker's own copy of the prepared database."""
    with django_db_blocker.unblock():
        mine = databases.copy_of(databases.prepared())
        before = databases.point_at(mine)
    yield
    with django_db_blocker.unblock():
        databases.point_at(before)
        databases.drop(mine)
        worlds.drop_all()


@pytest.fixture
def fresh_db(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """A database of this test's own, on which everything commits for real; yields its name.

    For tests with threads, deferred triggers or other processes. Every thread of this process
    sees it. Not together with `db` or `@pytest.mark.django_db`.
    """
    yield from on_copy_of(databases.prepared, django_db_blocker)


def on_copy_of(find: Callable[[], str], django_db_blocker: Any) -> Iterator[str]:
    """Stand on a copy of the database that `find` names, or makes, while the test runs."""
    with django_db_blocker.unblock():
        copy = databases.copy_of(find())
        before = databases.point_at(copy)
        try:
            yield copy
        finally:
            databases.point_at(before)
            databases.drop(copy)


@pytest.fixture
def transactional_db(request: pytest.FixtureRequest) -> None:
    """Refused: see `fresh_db`."""
    pytest.fail(f"{request.node.nodeid} asks for transactional_db: it {USE_FRESH_DB}")


@pytest.fixture
def live_server(request: pytest.FixtureRequest) -> None:
    """Refused: see `running_site`."""
    pytest.fail(f"{request.node.nodeid} asks for live_server: it {USE_FRESH_DB}")


def refuse_flush(item: pytest.Item) -> None:
    """Refuse, at collection, a test that Django would clean up after by a flush."""
    marker = item.get_closest_marker("django_db")
    by_marker = marker and (marker.kwargs.get("transaction") or True in marker.args[:1])
    test_class = getattr(item, "cls", None)
    by_class = (
        test_class
        and issubclass(test_class, TransactionTestCase)
        and not issubclass(test_class, TestCase)
    )
    if by_marker or by_class:
        raise pytest.UsageError(f"{item.nodeid} {USE_FRESH_DB}")
    if marker and "fresh_db" in getattr(item, "fixturenames", ()):
        raise pytest.UsageError(
            f"{item.nodeid} asks for both django_db and fresh_db: fresh_db alone is enough."
        )


def at_the_same_time(*calls: Callable[[], Result]) -> list[Result | BaseException]:
    """Run every call in a thread of its own, all let go together; what each returned or raised.

    Needs `fresh_db`: each thread has a connection of its own, closed at its end.
    """
    ready = threading.Barrier(len(calls))
    results: list[Any] = [None] * len(calls)

    def one(place: int, call: Callable[[], Result]) -> None:
        try:
            ready.wait(30)
            results[place] = call()
        except BaseException as problem:  # noqa: BLE001 - handed to the test, which judges it
            results[place] = problem
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
