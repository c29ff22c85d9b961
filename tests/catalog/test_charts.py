"""A design's chart: in its form, on paper, and for who knits it."""

import pytest

from catalog.charts import chart_of
from coop.kit.knitting.written import UnreadablePattern
from tests.factories import catalog as make

pytestmark = pytest.mark.django_db


def test_a_design_without_a_written_pattern_shows_its_motif_in_its_wool():
    design = make.design(wool={"indigo": 40, "cochineal": 5})

    chart = chart_of(design)

    assert {yarn.name for yarn in chart.yarns} == {"indigo", "cochineal"}
    assert chart.svg.startswith("<svg")


def test_a_written_pattern_is_what_the_chart_shows():
    design = make.design()
    design.pattern = "3 cream\n2 qolle"

    assert chart_of(design).rows == 5


def test_a_design_with_a_pattern_that_cannot_be_knitted_is_not_made():
    with pytest.raises(UnreadablePattern):
        make.design(pattern="2 gold")


def test_the_code_of_a_design_is_only_ever_words():
    design = make.design()
    design.code = "<script>"

    assert "<script>" not in chart_of(design).svg
