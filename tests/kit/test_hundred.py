"""A whole is shown as exactly a hundred stitches; exact amounts stand beside them."""

import pytest
from djmoney.money import Money
from hypothesis import given
from hypothesis import strategies as st

from coop.kit import hundred
from coop.kit.hundred import Part, largest_remainder


@given(st.lists(st.integers(0, 10**12), min_size=1, max_size=9))
def test_the_counts_are_a_hundred_and_in_proportion(amounts):
    counts = largest_remainder(amounts)

    everything = sum(amounts)
    assert sum(counts) == (100 if everything else 0)
    for amount, count in zip(amounts, counts, strict=True):
        if everything:
            assert abs(count * everything - amount * 100) < everything


def test_a_part_of_nothing_has_no_stitch():
    assert largest_remainder([0, 5, 0]) == [0, 100, 0]


def test_of_equal_remainders_the_first_gets_the_stitch():
    assert largest_remainder([1, 1, 1]) == [34, 33, 33]


def test_a_part_is_never_negative():
    with pytest.raises(ValueError, match="negative"):
        largest_remainder([5, -1])


def test_every_stitch_carries_its_mark():
    parts = [
        Part(kind, kind, Money(amount, "PEN"))
        for kind, amount in [
            ("maker", 61),
            ("wool", 14),
            ("fund", 12),
            ("shipping", 9),
            ("fees", 4),
        ]
    ]

    svg = hundred.chart(hundred.shares(parts))

    for kind, count in [("maker", 61), ("wool", 14), ("fund", 12), ("shipping", 9), ("fees", 4)]:
        assert svg.count(f'class="stitch--{kind}"') == count
        assert svg.count(f'stitch-mark--{kind}"') == (0 if kind == "maker" else count)
    assert "style" not in svg
