"""Worlds built once a worker: books, a workshop, a shop, a house, for every test that begins in one.

Each stands in a database of its own. A test finds its world there as it was built, in its own
transaction, and all that it does is rolled back: building it anew took most of the tests' time.
"""

import pickle
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection, transaction
from django.utils import translation

from tests.harness import databases

if TYPE_CHECKING:
    # Not before the models are ready.
    from tests.browser.small_house import SmallHouse
    from tests.factories.ledger import Books
    from tests.factories.production import Workshop
    from tests.factories.shop import Shop

#: What a test may ask for, one at a time.
WORLDS = ("new_books", "new_rated_books", "new_shop", "new_sound_books", "new_workshop")
# By the name of the fixture that a test asks for: the database, and how its people hold it.
SMALL_HOUSE = "small_house"
_built: dict[str, tuple[str, bytes]] = {}


def _build(name: str) -> Any:
    from tests.browser.small_house import build_small_house
    from tests.factories.ledger import Books
    from tests.factories.production import Workshop
    from tests.factories.shop import Shop
    from tests.factories.sound_books import rated_books, sound_books

    builders: dict[str, Callable[[], Any]] = {
        "new_books": Books,
        "new_rated_books": rated_books,
        "new_shop": Shop,
        "new_sound_books": sound_books,
        "new_workshop": Workshop,
        SMALL_HOUSE: build_small_house,
    }
    return builders[name]()


def _world(name: str) -> tuple[str, bytes]:
    """The database in which a world stands, and the world itself; made by the first who asks."""
    if name not in _built:
        place = databases.copy_of(databases.prepared())
        before = databases.point_at(place)
        with transaction.atomic(), translation.override("en"):
            world = pickle.dumps(_build(name))
            # A test hears nothing of what was agreed before it began.
            connection.run_on_commit.clear()
        databases.point_at(before)
        _built[name] = place, world
    return _built[name]


def wanted(fixtures: Sequence[str]) -> str | None:
    """The world that a test with these fixtures begins in, if it begins in one."""
    names = [name for name in WORLDS if name in fixtures]
    if len(names) > 1:
        raise pytest.UsageError(f"A test begins in one world, not in {' and '.join(names)}.")
    return names[0] if names else None


def place_of_small_house() -> str:
    """The database of the house in which one order travels: copied for a house that runs."""
    return _world(SMALL_HOUSE)[0]


def drop_all() -> None:
    """Remove the databases of this worker's worlds."""
    while _built:
        databases.drop(_built.popitem()[1][0])


@pytest.fixture
def world_beneath(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any
) -> Iterator[None]:
    """The database of the test's world stands, before its transaction begins."""
    name = wanted(request.fixturenames)
    if name is None:
        yield
        return
    with django_db_blocker.unblock():
        before = databases.point_at(_world(name)[0])
    yield
    with django_db_blocker.unblock():
        databases.point_at(before)


@pytest.fixture
def _django_db_helper(world_beneath: None, _django_db_helper: None) -> None:
    """Pytest-django's transaction, begun in the right database."""


def _fresh(name: str) -> Any:
    return pickle.loads(_built[name][1])


@pytest.fixture
def new_books(db: None) -> "Books":
    """Empty books with a chart and people, on a database that is rolled back."""
    return _fresh("new_books")


@pytest.fixture
def new_sound_books(db: None) -> "Books":
    """Books with a row in every table, in two blocks and after them."""
    return _fresh("new_sound_books")


@pytest.fixture
def new_rated_books(db: None) -> "Books":
    """Sound books with a rate, and with what an audit kept."""
    return _fresh("new_rated_books")


@pytest.fixture
def new_shop(db: None) -> "Shop":
    """A small shop, on a database that is rolled back."""
    return _fresh("new_shop")


@pytest.fixture
def small_house(request: pytest.FixtureRequest) -> "SmallHouse":
    """Who is in the running house, of a test that says `@pytest.mark.site("small")`."""
    marker = request.node.get_closest_marker("site")
    assert marker, request.node.nodeid
    assert marker.args == ("small",), request.node.nodeid
    return _fresh(SMALL_HOUSE)


@pytest.fixture
def new_workshop(db: None) -> "Workshop":
    """A workshop with wool and a knitter, on a database that is rolled back."""
    return _fresh("new_workshop")
