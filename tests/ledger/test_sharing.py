"""Whatever the weights, the parts add up to the céntimo, and nobody is a céntimo away from right."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.sharing import share

weights = st.lists(st.integers(0, 10**9), min_size=1, max_size=60).filter(any)


@given(total=st.integers(0, 10**12), by=weights)
def test_the_parts_add_up_and_each_is_as_near_as_can_be(total: int, by: list[int]):
    parts = share(total, by)
    assert sum(parts) == total
    for part, weight in zip(parts, by, strict=True):
        exact = Fraction(total * weight, sum(by))
        assert abs(part - exact) < 1
        assert weight or part == 0


@given(total=st.integers(0, 10**9), by=weights)
def test_who_weighs_more_never_gets_less(total: int, by: list[int]):
    parts = dict(enumerate(share(total, by)))
    order = sorted(parts, key=lambda place: by[place])
    for lighter, heavier in pairwise(order):
        assert by[lighter] == by[heavier] or parts[lighter] <= parts[heavier]


def test_what_is_left_goes_to_who_was_cut_the_most():
    """10 céntimos among three: 4, 3, 3; by 1, 1 and 2: 2.5, 2.5 and 5 become 3, 2 and 5."""
    assert share(10, [1, 1, 1]) == [4, 3, 3]
    assert share(10, [1, 1, 2]) == [3, 2, 5]
    assert share(7, [0, 3]) == [0, 7]


@pytest.mark.parametrize("by", [[], [0, 0], [1, -1]])
def test_nothing_is_shared_by_nothing(by: list[int]):
    with pytest.raises(ValueError, match="not all zero"):
        share(5, by)
