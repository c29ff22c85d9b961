"""A pattern is written in plain lines, read back unchanged, and refused kindly."""

import pytest
from django.utils import translation

from coop.demo import read as demo
from coop.kit.knitting import written
from coop.kit.knitting.diagram import SYMBOLS, diagram
from coop.kit.knitting.patterns import figure, pattern_of, rows_of, stripe


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def test_what_is_written_is_read_back_row_by_row():
    for product in demo.products():
        bands = pattern_of(product.slug, tuple(product.variants[0].wool), product.motif)

        again = written.read(written.write(bands))

        assert [row[0] for row in rows_of(again)] == [row[0] for row in rows_of(bands)]
        assert len(rows_of(again)) == len(rows_of(bands))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("2 cochineal\nunicorn: cream, indigo", "Line 2: there is no figure “unicorn”"),
        ("andenes: cream, indigo", "Line 1: “andenes” is knitted in 4 yarns, and 2 are written."),
        ("2 gold", "Line 1: there is no yarn “gold”"),
        ("500 cream", "Line 1: a stripe has 1 to 40 rows."),
        ("cochineal", "Line 1: write “2 cochineal” for a stripe"),
    ],
)
def test_a_line_that_cannot_be_knitted_is_refused_with_its_number(text, says):
    with pytest.raises(written.UnreadablePattern) as refusal:
        written.read(text)

    assert str(refusal.value).startswith(says)


def test_empty_lines_count_for_nothing_but_are_counted():
    assert written.read("\n\n2 cream\n") == [stripe("cream", 2)]
    with pytest.raises(written.UnreadablePattern, match="Line 3"):
        written.read("2 cream\n\nnonsense")


def test_a_chart_has_a_symbol_for_each_yarn_but_its_ground_and_numbers_from_below():
    bands = [stripe("cream", 3), figure("andenes", "cream", "cochineal", "qolle", "indigo")]

    chart = diagram(bands, "Andenes")

    assert [yarn.key for yarn in chart.yarns] == ["cream", "cochineal", "qolle", "indigo"]
    assert [yarn.symbol for yarn in chart.yarns] == list(SYMBOLS[:4])
    assert (chart.columns, chart.rows) == (18, 20)
    assert all(f">{number}</text>" in chart.svg for number in (1, 5, 10, 15, 20))
    assert chart.svg.count("<path") == 4 + 3 + 2
