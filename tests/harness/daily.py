"""What `bin/test` runs every day, so that it ends within ten minutes on two cores.

`bin/test --whole`, which CI runs, leaves nothing out but soaks: each test on both databases, all
journeys in a browser, storms, every kind of page judged by axe, Lighthouse. Every day each test
that touches the database runs on one of the two, by turns, and of the rest those marked `daily`.
"""

from zlib import crc32

import pytest

#: Whoever asks for one of these starts the house's programs, or drives a browser.
_RUNNING = {"card_site", "chromium", "https_site", "running_site", "shared_site"}
_BOUND = {"only_sqlite", "only_postgresql"}


def is_for_every_day(item: pytest.Item, vendor: str) -> bool:
    """Whether `item` belongs into the daily run on this database."""
    if item.get_closest_marker("daily"):
        return True
    if any(map(item.get_closest_marker, ("browser", "lighthouse", "storm", "whole"))):
        return False
    fixtures = set(getattr(item, "fixturenames", ()))
    if _RUNNING & fixtures:
        return False
    return not item.get_closest_marker("database") or has_its_turn(item.nodeid, fixtures, vendor)


def has_its_turn(name: str, fixtures: set[str], vendor: str) -> bool:
    """Half of the tests on each database, for good: what has its turn on neither has it on its own."""
    return bool(_BOUND & fixtures) or crc32(name.encode()) % 2 == (vendor == "postgres")
