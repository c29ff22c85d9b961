"""Who listens to a page of the office goes by its headings: none may be skipped.

axe sees only the states that the demo has; a page's first heading of its own can stand in a part
that seldom shows.
"""

import itertools
import re
from pathlib import Path

import pytest

from tests.harness.run import ROOT

_HEADING = re.compile(r"<h([1-6])\b")


def _pages() -> list[Path]:
    found = (ROOT / "templates").rglob("office/*.html")
    return sorted(one for one in found if '{% extends "office/page.html" %}' in one.read_text())


def test_there_are_pages():
    assert len(_pages()) > 30


@pytest.mark.parametrize("page", _pages(), ids=lambda one: f"{one.parts[-3]}-{one.stem}")
def test_the_first_heading_of_a_page_follows_its_title(page: Path):
    levels = [int(one) for one in _HEADING.findall(page.read_text())]

    assert not levels or levels[0] == 2
    assert all(later <= earlier + 1 for earlier, later in itertools.pairwise(levels))
