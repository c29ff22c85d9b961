"""What runs every day, and that nothing falls between the two databases."""

import pytest

from tests.harness.daily import has_its_turn, is_for_every_day
from tests.harness.run import ROOT

NAMES = [f"tests/ledger/test_posting.py::test_{number}" for number in range(200)]


@pytest.mark.parametrize("name", NAMES[:20])
def test_each_test_has_its_turn_on_one_database(name):
    turns = [has_its_turn(name, set(), vendor) for vendor in ("sqlite", "postgres")]

    assert sorted(turns) == [False, True]


def test_about_half_of_them_on_each():
    here = [name for name in NAMES if has_its_turn(name, set(), "sqlite")]

    assert 70 < len(here) < 130


@pytest.mark.parametrize("vendor", ["sqlite", "postgres"])
def test_what_one_database_alone_has_is_asked_there_whatever_its_turn(vendor):
    assert all(has_its_turn(name, {"only_sqlite"}, vendor) for name in NAMES)


def test_this_one_touches_no_database_and_runs_every_day(request):
    assert is_for_every_day(request.node, "sqlite")


@pytest.mark.whole
def test_this_one_does_not(request):
    assert not is_for_every_day(request.node, "sqlite")


@pytest.mark.whole
@pytest.mark.daily
def test_but_what_is_marked_for_every_day_does(request):
    assert is_for_every_day(request.node, "sqlite")


def test_ci_leaves_nothing_out():
    assert "exec bin/test --whole" in (ROOT / ".ci" / "run").read_text()
