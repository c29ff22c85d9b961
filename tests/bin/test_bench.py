"""bin/bench: a figure is a line that programs read, and more than 1 is always better."""

import json

import bench
import pytest

from house.console import Failure
from measure import answers, looks, start
from measure.books import rows as books
from measure.row import less_is_better, median, more_is_better


def test_half_the_time_of_the_baseline_is_twice_as_good():
    row = less_is_better("shop.list", 5.0, "ms", ("constant 10 ms", 10.0), 20)

    assert json.loads(row.line()) == {
        "name": "shop.list",
        "value": 5.0,
        "unit": "ms",
        "baseline": "constant 10 ms",
        "ratio": 2.0,
        "n": 20,
    }


def test_a_higher_score_is_better():
    assert more_is_better("look.home", 100, "points", ("wanted 95", 95), 3).ratio > 1


def test_one_slow_run_does_not_count():
    assert median([3, 900, 2]) == 3


def test_a_word_names_its_figures():
    assert bench.chosen(["shop", "look.home"]) == ["look.home", "shop.list", "shop.detail"]
    assert bench.chosen([]) == list(bench.NAMES)


def test_an_unknown_figure_is_refused_by_name():
    with pytest.raises(Failure, match="weather"):
        bench.chosen(["weather"])


def test_every_figure_that_is_named_is_measured():
    measured = {*answers.PAGES, *looks.SPEEDS, *looks.WEIGHTS, start.NAME, *books.NAMES}

    assert measured == set(bench.NAMES)
