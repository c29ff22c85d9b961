"""What every test may ask for. The fixtures themselves stand in `tests/harness/`."""

import gc
from collections.abc import Callable, Generator

import pytest
from django.urls import get_resolver
from django.utils import translation
from hypothesis import HealthCheck, settings

from tests.harness import daily, run
from tests.harness.browser import chromium, desktop, open_page, page, phone, site, watch
from tests.harness.fixtures import (
    django_db_setup,
    fresh_db,
    live_server,
    refuse_flush,
    transactional_db,
)
from tests.harness.site import card_site, https_site, kept_houses, running_site, shared_site
from tests.harness.worlds import (
    _django_db_helper,
    new_books,
    new_rated_books,
    new_shop,
    new_sound_books,
    new_workshop,
    small_house,
    world_beneath,
)

__all__ = [
    "_django_db_helper",
    "card_site",
    "chromium",
    "desktop",
    "django_db_setup",
    "fresh_db",
    "https_site",
    "kept_houses",
    "live_server",
    "new_books",
    "new_rated_books",
    "new_shop",
    "new_sound_books",
    "new_workshop",
    "open_page",
    "page",
    "phone",
    "running_site",
    "shared_site",
    "site",
    "small_house",
    "transactional_db",
    "watch",
    "world_beneath",
]


@pytest.fixture(autouse=True)
def _own_language() -> None:
    """Each test begins in the house's own language, whatever the one before it spoke."""
    translation.deactivate()


# Nothing that is loaded for the tests is garbage; see pytest_collection_finish.
gc.disable()
_ON_A_DATABASE = {"card_site", "db", "fresh_db", "https_site", "running_site", "shared_site"}

# Examples share one database transaction, which each example must leave as it was.
_COMMON = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
settings.register_profile("ci", _COMMON, derandomize=True, max_examples=20)
settings.register_profile("long", _COMMON, max_examples=1000)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="also run what takes minutes")
    parser.addoption(
        "--daily", action="store_true", help="run each test on one database, and few in a browser"
    )


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("long" if config.getoption("--long") else "ci")


def pytest_collection_finish() -> None:
    """Look for garbage only among what the tests make, and not all the time: a tenth of a run.

    All pages are loaded by now: whoever came first while a test has put another day in place of
    today would keep that one.
    """
    get_resolver().url_patterns  # noqa: B018
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    gc.enable()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what touches the database; refuse what would flush it; leave long tests for --long."""
    for item in items:
        refuse_flush(item)
        if item.get_closest_marker("django_db") or _ON_A_DATABASE & set(
            getattr(item, "fixturenames", ())
        ):
            item.add_marker(pytest.mark.database)
        # A browser on a busy machine may be late for reasons of its own. What fails twice is
        # ours; what passed at the second try is named at the end (-rR).
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))
    if not config.getoption("--long"):
        # Storms take a minute of each database: one is enough.
        left = ["long", "storm"] if run.vendor() == "postgres" else ["long"]
        _keep(config, items, lambda item: not any(map(item.get_closest_marker, left)))
    if config.getoption("--daily"):
        _keep(config, items, lambda item: daily.is_for_every_day(item, run.vendor()))
    # A minute in one piece: whoever began with it last would be waited for.
    items.sort(key=lambda item: item.get_closest_marker("lighthouse") is None)


def _keep(
    config: pytest.Config, items: list[pytest.Item], wanted: Callable[[pytest.Item], bool]
) -> None:
    others = [item for item in items if not wanted(item)]
    items[:] = [item for item in items if wanted(item)]
    config.hook.pytest_deselected(items=others)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Let fixtures see how the test went, to keep a picture of what failed."""
    report = yield
    if report.when == "call":
        item.report_of_call = report
    return report
