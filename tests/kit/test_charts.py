"""Figures as stitches: nothing is drawn larger than it is, and something is never drawn as nothing."""

import pytest

from coop.kit.charts import (
    ROWS,
    STITCH_HIGH,
    STITCH_WIDE,
    Column,
    Columns,
    Row,
    Rows,
    Series,
    rows_of,
)


@pytest.mark.parametrize(
    ("value", "most", "stitches"),
    [
        (0, 100, 0),
        (100, 100, 20),
        (50, 100, 10),
        (1, 1000, 1),
        (-5, 100, 0),
        (5, 0, 0),
        (126, 100, 20),
    ],
)
def test_a_value_in_stitches(value: int, most: int, stitches: int) -> None:
    assert rows_of(value, most, ROWS) == stitches


def columns(*values: tuple[int, ...]) -> Columns:
    names = [Series(f"s{at}", "wool") for at in range(len(values[0]))]
    months = [
        Column(str(at), list(one), [str(each) for each in one]) for at, one in enumerate(values)
    ]
    return Columns("key", "Title", "", names, months)


def test_the_highest_column_fills_the_drawing() -> None:
    blocks = columns((10,), (20,)).blocks

    assert [(one.y, one.height) for one in blocks] == [(80, 80), (0, ROWS * STITCH_HIGH)]


def test_dyes_stand_on_each_other() -> None:
    lower, upper = columns((10, 10)).blocks

    assert upper.y + upper.height == lower.y
    assert lower.y + lower.height == ROWS * STITCH_HIGH


def test_an_empty_chart_says_so() -> None:
    assert columns((0,), (0,)).is_empty
    assert Rows("key", "Title", "", [Row("a", 0, "0")]).is_empty


def test_a_part_of_a_row_is_dyed() -> None:
    ((_row, full, whole),) = Rows("key", "Title", "", [Row("a", 1, "1", of=4)]).drawn

    assert (full, whole) == (10 * STITCH_WIDE, 40 * STITCH_WIDE)
